/// <reference types="node" />
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { OwnQuarantine } from '@guankou/contract/quarantine/own.ts'
import { type Browser, type BrowserContextOptions, chromium, type Page, type Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { notice, startStubNotice } from '../../tests-support/stub-notice.ts'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const pictures = process.env.KEEP_SCREENSHOTS
const secret = 'AZQc3dS7cbCkEh0Z3h0Zk5mYyI0r7QdJ2sXkq1mZ0aw'
// 09:00 in the demo city, in the morning window.
const nowMs = Date.parse('2020-02-12T01:00:00.000Z')

const own: OwnQuarantine = {
  responseName: { zh: '新冠样呼吸道传染病（演示）', en: 'COVID-19-like respiratory disease (demo)' },
  subject: 'person',
  site: 'home',
  state: 'active',
  timeZone: 'Asia/Shanghai',
  countedFrom: '2020-02-08',
  lastDay: '2020-02-22',
  dayNumber: 4,
  days: 14,
  feverCelsius: 37.3,
  signs: [
    { code: 'cough', name: { zh: '咳嗽', en: 'Cough' } },
    { code: 'breathlessness', name: { zh: '气促', en: 'Short of breath' } },
  ],
  contacts: [
    { from: '2020-02-11T23:00:00.000Z', until: '2020-02-12T02:00:00.000Z', status: 'open' },
    { from: '2020-02-12T08:00:00.000Z', until: '2020-02-12T12:00:00.000Z', status: 'coming' },
  ],
  help: [
    {
      id: '016fd2d1-42d0-7881-8034-84e6d1c4acd0',
      help: 'food',
      askedAt: '2020-02-11T01:00:00.000Z',
      result: 'done',
    },
  ],
  seenBy: [{ at: '2020-02-11T02:00:00.000Z', role: 'community-street', fields: ['address'] }],
  handOver: null,
  legalBasis: { zh: '《传染病防治法》', en: 'Law on Infectious Diseases' },
  asOf: '2020-02-12T01:00:00.000Z',
}

const front = inject('fronts').portal
let browser: Browser
let stub: Awaited<ReturnType<typeof startStubNotice>>
const pages: Page[] = []
let answer: { status: number; json: unknown }
let said: { path: string; body: Record<string, unknown> }[]

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  })
  stub = await startStubNotice(front, { current: notice })
}, 120_000)
afterAll(async () => {
  await browser.close()
  await stub.close()
})
beforeEach(() => {
  answer = { status: 200, json: own }
  said = []
})
afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close()
})

const refusal = (code: string, retry: string) => ({ code, retry, text: { zh: '被拒绝', en: 'Refused' } })

const take = (route: Route): Promise<void> => {
  const path = new URL(route.request().url()).pathname
  const body = route.request().postDataJSON() as Record<string, unknown>
  said.push({ path, body })
  return route.fulfill({ status: 201, json: { id: body.id, recordedAt: own.asOf, duplicate: false } })
}

const open = async (hash = `#${secret}`, options: BrowserContextOptions = {}): Promise<Page> => {
  const context = await browser.newContext({
    locale: 'zh-CN',
    viewport: { width: 360, height: 740 },
    ...options,
  })
  const page = await context.newPage()
  pages.push(page)
  await page.route('**/api/quarantine/own', (route) => route.fulfill(answer))
  await page.route('**/api/quarantine/report', take)
  await page.route('**/api/quarantine/ask', take)
  await page.clock.setFixedTime(nowMs)
  await page.goto(`${stub.address.replace(/\/$/, '')}/report${hash}`)
  return page
}

const expectGood = async (page: Page, name: string): Promise<void> => {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
  await page.evaluate(await readFile(axePath, 'utf8'))
  const found = await page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`)
  expect(found, name).toEqual([])
  const wide = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  expect(wide, name).toBe(0)
}

describe('somebody in quarantine, with the link on their notice', () => {
  it('sees which day it is and what is due, and reports temperature and signs once', async () => {
    const page = await open()
    await page.getByRole('heading', { name: '第 4 天，共 14 天' }).waitFor()
    await page.getByText('07:00–10:00').waitFor()
    await page.getByText('社区小组街道人员：隔离地址').waitFor()
    await expectGood(page, 'report-zh')
    await page.getByRole('button', { name: '提交报告' }).click()
    await page.getByText('请填写 34 到 43 之间的数字').waitFor()
    await page.getByLabel('体温（℃）').fill('37，6')
    await page.getByLabel('咳嗽').check()
    await page.getByRole('button', { name: '提交报告' }).click()
    await vi.waitFor(() => expect(said).toHaveLength(1))
    expect(said[0]).toMatchObject({
      path: '/api/quarantine/report',
      body: { secret, temperatureCelsius: 37.6, signs: ['cough'], occurredAt: '2020-02-12T01:00:00.000Z' },
    })
    const id = String(said[0]?.body.id)
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(nowMs)
    expect(id[14]).toBe('7')
    await page.getByText('都已送达').waitFor()
  })

  it('reports without a thermometer, when they say so', async () => {
    const page = await open()
    await page.getByLabel('气促').check()
    await page.getByRole('button', { name: '提交报告' }).click()
    await page.getByText('请填写 34 到 43 之间的数字').waitFor()
    await page.getByLabel('现在量不了体温').check()
    await page.getByRole('button', { name: '提交报告' }).click()
    await vi.waitFor(() => expect(said).toHaveLength(1))
    expect(said[0]?.body).toMatchObject({ signs: ['breathlessness'] })
    expect(said[0]?.body).not.toHaveProperty('temperatureCelsius')
    expect(await page.getByLabel('现在量不了体温').isChecked()).toBe(false)
  })

  it('writes without a network, closes the page, and what was written is sent later', async () => {
    const page = await open()
    await page.getByLabel('体温（℃）').fill('36.5')
    await page.route('**/api/quarantine/**', (route) => route.abort())
    await page.getByRole('button', { name: '提交报告' }).click()
    await page.getByText('1 条已存在这部手机里').waitFor()
    await page.getByText('以下是上次读到的内容').waitFor()
    await page.getByLabel('需要什么').selectOption('medicine')
    await page.getByLabel('具体说明').fill('降压药')
    await page.getByRole('button', { name: '提交求助' }).click()
    await page.getByText('2 条已存在这部手机里').waitFor()
    await expectGood(page, 'report-offline-zh')
    await page.unroute('**/api/quarantine/**')
    await page.reload()
    await vi.waitFor(() =>
      expect(said.map(({ path }) => path)).toEqual(['/api/quarantine/report', '/api/quarantine/ask']),
    )
    expect(said[1]?.body).toMatchObject({ help: 'medicine', note: '降压药' })
    await page.getByText('都已送达').waitFor()
  })

  it('is told when it is over, and nothing stays on the phone', async () => {
    const page = await open()
    await page.getByText('都已送达').waitFor()
    expect(await page.evaluate('localStorage.length')).toBe(1)
    answer = { status: 409, json: refusal('QUARANTINE_OVER', 'never') }
    await page.reload()
    await page.getByText('隔离已经结束').waitFor()
    expect(await page.evaluate('localStorage.length')).toBe(0)
    await expectGood(page, 'report-over-zh')
  })

  it('is told that the link was replaced, sees nothing else, and what waits is sent by the new link', async () => {
    const page = await open()
    await page.getByLabel('体温（℃）').fill('36.5')
    await page.route('**/api/quarantine/**', (route) => route.abort())
    await page.getByRole('button', { name: '提交报告' }).click()
    await page.getByText('1 条已存在这部手机里').waitFor()
    const replaced = { status: 409, json: refusal('QUARANTINE_LINK_REPLACED', 'never') }
    await page.unroute('**/api/quarantine/**')
    await page.route('**/api/quarantine/**', (route) => route.fulfill(replaced))
    await page.reload()
    await page.getByText('这个链接已经更换').waitFor()
    await page.getByText('还有 1 条没有送达').waitFor()
    await expectGood(page, 'report-replaced-zh')
    expect(await page.evaluate('Object.values(localStorage).join()')).not.toContain('2020-02-22')
    await page.unroute('**/api/quarantine/**')
    await page.route('**/api/quarantine/own', (route) => route.fulfill({ status: 200, json: own }))
    await page.route('**/api/quarantine/report', take)
    const next = `${secret.slice(0, 22)}${'x'.repeat(21)}`
    await page.evaluate(`location.hash = '#${next}'`)
    await vi.waitFor(() => expect(said).toHaveLength(1))
    expect(said[0]?.body).toMatchObject({ secret: next, temperatureCelsius: 36.5 })
    await page.getByText('都已送达').waitFor()
    expect(await page.evaluate('localStorage.length')).toBe(1)
  })

  it('is told of a hand-over, of its being taken back, and of another city that took over', async () => {
    const from = { zh: '香洲区', en: 'Xiangzhou District' }
    const to = { zh: '斗门区', en: 'Doumen District' }
    answer = { status: 200, json: { ...own, state: 'in-transfer', handOver: { from, to, is: 'waiting' } } }
    const page = await open()
    await page.getByText('您将转往斗门区，对方还没有接收；在此之前仍由香洲区负责').waitFor()
    await expectGood(page, 'report-handing-on-zh')
    answer = { status: 200, json: { ...own, handOver: { from, to, is: 'taken-back' } } }
    await page.reload()
    await page.getByText('转往斗门区的手续已经收回，仍由香洲区负责').waitFor()
    answer = { status: 409, json: refusal('QUARANTINE_MOVED', 'never') }
    await page.reload()
    await page.getByText('您已由其他城市接收').waitFor()
    expect(await page.getByText('隔离已经结束').count()).toBe(0)
    expect(await page.evaluate('localStorage.length')).toBe(0)
  })

  it('reads without a network a page that an earlier version kept', async () => {
    const page = await open()
    await page.getByText('都已送达').waitFor()
    await page.evaluate(`for (const key of Object.keys(localStorage)) {
      const kept = JSON.parse(localStorage.getItem(key))
      delete kept.own.handOver
      localStorage.setItem(key, JSON.stringify(kept))
    }`)
    await page.route('**/api/quarantine/**', (route) => route.abort())
    await page.reload()
    await page.getByText('以下是上次读到的内容').waitFor()
  })

  it('is told where a link opens nothing, where none is given, and where there is no network', async () => {
    answer = { status: 404, json: refusal('QUARANTINE_LINK_UNKNOWN', 'never') }
    await (await open()).getByText('这个链接打不开').waitFor()
    await (await open('')).getByText('请用告知书上的二维码').waitFor()
    answer = { status: 503, json: refusal('DATABASE_UNAVAILABLE', 'later') }
    await (await open()).getByText('现在连不上网络').waitFor()
  })

  it('reads the same in English, at night and with large text', async () => {
    const page = await open(`?lang=en#${secret}`, { colorScheme: 'dark' })
    await page.getByRole('heading', { name: 'Day 4 of 14' }).waitFor()
    await page.addStyleTag({ content: 'html { font-size: 200% }' }).catch(() => undefined)
    await expectGood(page, 'report-en-night')
    await page.getByRole('button', { name: '中文' }).click()
    await page.getByRole('heading', { name: '第 4 天，共 14 天' }).waitFor()
    expect(new URL(page.url()).hash).toBe(`#${secret}`)
  })
})
