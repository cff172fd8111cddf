import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Role } from '@guankou/contract/roles.ts'
import { aReading, aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningSystem, startRunningSystem } from './running-system.ts'

/**
 * A commander counts whom an area at risk would reach and proposes it; a planner agrees; the lists fill while both look on,
 * and a clerk is given a call with its deadline. At night an area is ended by one person alone, and the auditor reads why.
 */
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const pictures = process.env.KEEP_SCREENSHOTS

let system: RunningSystem
let browser: Browser
let commander: Page
let planner: Page

const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)

const openConsole = async (role: Role, path: string): Promise<Page> => {
  const printed = await system.ask('sign-in-link', '--role', role)
  const hash = /#token=\S+/.exec(printed)?.[0] ?? ''
  expect(hash, printed).not.toBe('')
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'zh-CN',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(`${system.origin}/console/sign-in${hash}`)
  await page.getByRole('navigation', { name: '主导航' }).waitFor()
  await page.goto(`${system.origin}/console${path}`)
  return page
}

/** Twelve people of a coach who stayed in Changsha until today. */
const recordCoach = async (page: Page): Promise<void> => {
  const occurredAt = new Date(Date.now() - 60_000).toISOString()
  const { queueVehicles: _, ...usual } = aScreening({ occurredAt }, 7)
  const travellers = Array.from({ length: 12 }, (__, index) =>
    aTraveller({
      seat: index + 1,
      name: `旅客${index + 1}`,
      phone: `026${String(20_000_000 + index)}`,
      document: { kind: 'passport', number: `E9000${String(index).padStart(4, '0')}` },
      origin: { code: 430100, evidence: 'ticket' },
      readings: [aReading({ at: occurredAt })],
      exposures: [{ areaCode: 430100, leftOn: today(), evidence: 'declared' }],
    }),
  )
  const answer = await page.evaluate(
    async ([body]) => {
      const headers = { 'content-type': 'application/json', 'x-guankou-client': 'console' }
      const session = (await (await fetch('/api/access/session', { headers })).json()) as { areaCode: number }
      const { posts } = (await (await fetch('/api/places', { headers })).json()) as {
        posts: { id: number; jurisdiction: number }[]
      }
      const post = posts.find(({ jurisdiction }) => jurisdiction === session.areaCode)
      const command = { ...JSON.parse(body ?? ''), jurisdiction: session.areaCode, postId: post?.id }
      return (
        await fetch('/api/screenings', { method: 'POST', headers, body: JSON.stringify(command) })
      ).text()
    },
    [JSON.stringify({ ...usual, rulesVersion: 4, travellers })],
  )
  expect(answer).toContain(usual.id)
}

beforeAll(async () => {
  ;[system, browser] = await Promise.all([
    startRunningSystem(),
    chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    }),
  ])
  const phone = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await phone.goto(system.fieldLink.replace('/field/', '/console/'))
  await phone.waitForURL((address) => !address.pathname.endsWith('/sign-in'), { timeout: 60_000 })
  await recordCoach(phone)
  await phone.context().close()
  commander = await openConsole('commander', '/origins')
  planner = await openConsole('duty-planner', '/origins')
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await system?.stop()
}, 240_000)

const expectGood = async (page: Page, name: string): Promise<void> => {
  await page.waitForTimeout(300)
  if (pictures !== undefined)
    await page.screenshot({ path: join(pictures, `rescreen-${name}.png`), fullPage: true })
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

/** The same page in English, at night, and as wide as a phone. */
const expectGoodEverywhere = async (page: Page, name: string, waitFor: RegExp): Promise<void> => {
  await expectGood(page, `${name}-zh`)
  await page.setViewportSize({ width: 360, height: 740 })
  await expectGood(page, `${name}-360-zh`)
  await page.evaluate(() => {
    localStorage.setItem('guankou.console.locale', 'en')
    localStorage.setItem('guankou.console.theme', 'night')
  })
  await page.reload()
  await page.getByText(waitFor).first().waitFor()
  await expectGood(page, `${name}-360-en-night`)
  await page.setViewportSize({ width: 1440, height: 900 })
  await expectGood(page, `${name}-en-night`)
  await page.evaluate(() => {
    localStorage.removeItem('guankou.console.locale')
    localStorage.removeItem('guankou.console.theme')
  })
  await page.reload()
}

const waitingOn = (page: Page) => page.getByRole('region', { name: '等待第二人同意' })
const runOn = (page: Page) => page.getByRole('region', { name: /第 \d+ 版对比第 \d+ 版/ }).first()

/** The one district of the run. */
const rowOn = (page: Page) => runOn(page).getByRole('row').nth(1)

describe('areas at risk that are put into force', () => {
  it('are counted and proposed by the commander, and hold nowhere yet', async () => {
    await commander.getByLabel('地区（名称、拼音或代码）').fill('changsha')
    await commander.getByText('将添加：长沙市 430100').waitFor()
    await commander.getByLabel('等级').selectOption('high')
    await commander.getByRole('button', { name: '添加' }).click()
    await commander.getByRole('button', { name: '计算', exact: true }).click()
    await commander.getByRole('button', { name: '使这些地区生效…' }).click()
    await commander.getByRole('region', { name: '将生效的变更' }).waitFor()
    await commander.getByText('情况紧急，一人决定…').click()
    await expectGood(commander, 'confirm-zh')
    await commander.setViewportSize({ width: 360, height: 740 })
    await expectGood(commander, 'confirm-360-zh')
    await commander.setViewportSize({ width: 1440, height: 900 })
    await commander.getByRole('button', { name: '提请第二人同意' }).click()
    await waitingOn(commander).getByText('您提出的，须由另一人决定。').waitFor()
    await waitingOn(commander).getByRole('button', { name: '撤回' }).waitFor()
    expect(await waitingOn(commander).getByRole('button', { name: '同意，立即生效' }).count()).toBe(0)
  })

  it('are shown to whoever may agree, who does, and the lists fill while both look on', async () => {
    await waitingOn(planner)
      .getByText(/长沙.* · 高风险/)
      .waitFor()
    await waitingOn(planner).getByRole('button', { name: '不同意…' }).click()
    await expectGoodEverywhere(planner, 'waiting', /Waiting for a second person/)
    await waitingOn(planner).getByRole('button', { name: '同意，立即生效' }).click()
    for (const page of [planner, commander]) {
      await runOn(page).getByText('名单已完成').waitFor()
      await rowOn(page).waitFor()
      expect(await rowOn(page).innerText()).toMatch(/12/)
    }
    await commander.getByText('规则各版本').click()
    await commander
      .getByText(/由.+提出/)
      .first()
      .waitFor()
    await expectGoodEverywhere(commander, 'run', /Version \d+ against \d+/)
  })

  it('reach a clerk as a call with its deadline, which the commander sees at once', async () => {
    const clerk = await openConsole('screening-clerk', '/calls')
    await clerk.getByRole('heading', { name: '下一通' }).waitFor()
    await clerk.getByRole('heading', { name: '电话回访' }).click()
    await clerk.keyboard.press('Enter')
    await clerk
      .getByText(/旅客\d+/)
      .first()
      .waitFor()
    await clerk.getByText('时限').first().waitFor()
    await expectGood(clerk, 'call-zh')
    await clerk.keyboard.press('1')
    await clerk.getByText(/已记录：/).waitFor()
    await expect.poll(() => rowOn(commander).innerText(), { timeout: 30_000 }).toMatch(/12\s+12\s+0\s+0\s+1/)
  })

  it('end at night by one person alone, with a reason that the auditor reads', async () => {
    await commander.getByText('规则各版本').click()
    await commander.getByRole('button', { name: '结束风险地区…' }).click()
    await commander.getByRole('checkbox', { name: /长沙/ }).check()
    await commander.getByText('情况紧急，一人决定…').click()
    await commander.getByLabel(/为何不能等第二人/).fill('误列长沙全市，大量车辆滞留，第二人联系不上')
    await commander.getByRole('button', { name: '一人决定，立即生效' }).click()
    await commander.getByText('规则各版本').waitFor()
    await commander.getByText('一人决定', { exact: true }).first().waitFor()
    const auditor = await openConsole('auditor', '/audit')
    await auditor.getByText('误列长沙全市，大量车辆滞留，第二人联系不上').waitFor()
    await expectGoodEverywhere(auditor, 'alone', /Rules put into force alone/)
    await auditor.getByRole('button', { name: '已查看' }).click()
    await auditor.getByText(/已于 .+ 查看/).waitFor()
  })
})
