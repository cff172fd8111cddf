import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Role } from '@guankou/contract/roles.ts'
import { followTheClock } from '@guankou/server/use-cases/quarantine/follow-the-clock.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { textOfPdf } from '../../apps/server/tests-support/pdf-text.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
} from '../../apps/server/tests-support/test-server.ts'

/**
 * A quarantine of thirteen days, from the order to the certificate: the person reports by the link, is missed for a day and found by
 * a visit, spends a night in hospital, and is released when the days are done. The clock is the test's, in the server
 * and in every browser.
 */
const district = 440402
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const pictures = process.env.KEEP_SCREENSHOTS
const [postgres] = inject('databaseServers')

let database: TestDatabase
let server: TestServer
let browser: Browser
let episodeAddress = ''
let link = ''
const troubles: string[] = []

beforeAll(async () => {
  database = await createTestDatabase(postgres?.url ?? '', demoCityTemplate)
  server = await startTestServer({ databaseUrl: database.url })
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  })
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await database?.drop()
})

const local = (time: string): number => Date.parse(`${time}:00.000+08:00`)

/** Moves everybody’s clock, and lets the server do what the clock asks for. */
const moveTo = async (time: string): Promise<void> => {
  server.clock.now = local(time)
  await followTheClock(server.context)
}

const newPage = async (
  [width, height]: readonly [number, number],
  extraHTTPHeaders: Readonly<Record<string, string>> = {},
): Promise<Page> => {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'zh-CN',
    reducedMotion: 'reduce',
    extraHTTPHeaders: { ...extraHTTPHeaders },
  })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  page.on('pageerror', (error) => troubles.push(error.message))
  await page.clock.setFixedTime(server.clock.now)
  return page
}

/**
 * The console of somebody, at the time it is; sessions do not last from one day to the next. They are carried in a header, since
 * a browser drops a cookie that ended in the past of its own clock, which no test moves.
 */
const openConsole = async (role: Role, path: string): Promise<Page> => {
  const { token } = await server.signIn(role, district)
  const page = await newPage([1440, 900], { authorization: `Bearer ${token}` })
  await page.goto(server.address + path)
  await page.getByRole('navigation', { name: '主导航' }).waitFor()
  return page
}

const expectGood = async (page: Page, name: string): Promise<void> => {
  await page.waitForTimeout(200)
  if (pictures !== undefined)
    await page.screenshot({ path: join(pictures, `quarantine-${name}.png`), fullPage: true })
  await page.evaluate(await readFile(axePath, 'utf8'))
  const found = await page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`)
  expect(found, name).toEqual([])
}

/** Does one thing on the page of the episode, and sees it stand in the history. */
const act = async (
  page: Page,
  what: string,
  fill: (page: Page) => Promise<unknown>,
  inHistory: string,
): Promise<void> => {
  await page.getByLabel('事项').selectOption({ label: what })
  await fill(page)
  await page.getByRole('button', { name: '登记' }).click()
  await page.locator('.fact-list li').filter({ hasText: inHistory }).last().waitFor()
}

const reportAs = async (celsius: string): Promise<Page> => {
  const page = await newPage([360, 740])
  await page.goto(link)
  await page.getByLabel('体温（℃）').fill(celsius)
  await page.getByRole('button', { name: '提交报告' }).click()
  await page.locator('.due li[data-status="on-time"]').first().waitFor()
  return page
}

describe('a quarantine from order to release', () => {
  it('is ordered by the health worker, and the person reports by the link on the same afternoon', async () => {
    await moveTo('2020-02-10T12:00')
    const health = await openConsole('community-health', '/console/quarantine')
    await health.getByText('没有符合条件的隔离').waitFor()
    await health.getByRole('button', { name: '下达隔离令' }).click()
    await health.getByLabel('最后暴露日').fill('2020-02-09')
    await health.getByLabel('姓名').fill('欧阳旅程')
    await health.getByLabel('证件号码').fill('44040219900101123X')
    await health.getByLabel('电话').fill('02688990011')
    await health.getByLabel('隔离地址').fill('香洲区吉大街道示例路 3 号 1204')
    await expectGood(health, 'order-zh')
    await health.getByRole('button', { name: '下达', exact: true }).click()
    await health.getByRole('heading', { name: '第 1 天，共 14 天' }).waitFor()
    episodeAddress = new URL(health.url()).pathname + new URL(health.url()).search
    await act(health, '告知书已送达', async () => undefined, '送达告知书')
    const downloading = health.waitForEvent('download')
    await health.getByRole('button', { name: '告知书 PDF' }).click()
    const notice = textOfPdf(await readFile((await (await downloading).path()) ?? ''))
    expect(notice).toContain('欧阳旅程')
    await health.getByRole('button', { name: '显示链接和二维码' }).click()
    link = await health.locator('.report-address').innerText()
    expect(new URL(link).pathname).toBe('/portal/report')
    await moveTo('2020-02-10T16:30')
    const person = await reportAs('36.6')
    await expectGood(person, 'own-zh')
  })

  it('is missed the next morning, climbs the ladder, and ends with the visit that finds the person', async () => {
    await moveTo('2020-02-11T11:30')
    const clerk = await openConsole('screening-clerk', '/console/quarantine?show=overdue')
    await clerk.getByRole('cell', { name: '联系本人：电话' }).waitFor()
    await expectGood(clerk, 'board-overdue-zh')
    await clerk.goto(server.address + episodeAddress)
    await clerk.getByText('自 02-11 10:00 起未联系上').waitFor()
    await act(
      clerk,
      '联系本人（电话、上门）',
      (page) => page.getByLabel('结果').selectOption({ label: '无人应答' }),
      '电话 · 无人应答',
    )
    await clerk.getByText('下一步：联系本人：上门').waitFor()
    await moveTo('2020-02-11T12:00')
    const police = await openConsole('community-police', episodeAddress)
    await act(
      police,
      '联系本人（电话、上门）',
      async (page) => {
        await page.getByLabel('方式').selectOption({ label: '上门' })
        await page.getByLabel('体温（℃）').fill('36.9')
      },
      '上门 · 已联系上 · 36.9 °C',
    )
    await police.getByText('自 02-11 10:00 起未联系上').waitFor({ state: 'detached' })
    await police.locator('.fact-list li').filter({ hasText: '升级联系 上门' }).waitFor()
    await expectGood(police, 'episode-zh')
  })

  it('pauses for a night in hospital, in which nothing is missed', async () => {
    await moveTo('2020-02-12T15:00')
    const street = await openConsole('community-street', episodeAddress)
    await act(
      street,
      '外出就医或检测',
      (page) => page.getByLabel('原因').selectOption({ label: '就医' }),
      '外出 就医',
    )
    await street.getByText('外出就医').first().waitFor()
    await moveTo('2020-02-13T12:00')
    const back = await openConsole('community-street', episodeAddress)
    expect(
      await back.locator('.fact-list li[data-kind="missed"]').filter({ hasText: '2020-02-12 20' }).count(),
    ).toBe(0)
    expect(
      await back.locator('.fact-list li[data-kind="missed"]').filter({ hasText: '2020-02-13' }).count(),
    ).toBe(0)
    await act(back, '已返回', async () => undefined, '返回')
  })

  it('is handed on by mistake and taken back, and the link of a lost phone is replaced', async () => {
    await moveTo('2020-02-13T12:10')
    const health = await openConsole('community-health', episodeAddress)
    await act(
      health,
      '转往其他地区',
      (page) => page.getByLabel('转往本市的区').selectOption({ label: '斗门区' }),
      '转出 斗门区',
    )
    await moveTo('2020-02-13T12:11')
    const sender = await openConsole('community-health', episodeAddress)
    await sender.getByLabel('事项').selectOption({ label: '收回转出' })
    await sender.getByRole('button', { name: '登记' }).click()
    expect(await sender.locator('.fact-list li[data-kind="withdrawal"]').count()).toBe(0)
    await act(sender, '收回转出', (page) => page.getByLabel('确认收回').check(), '要求收回转出')
    await sender.getByText('正在收回转出').waitFor()
    await expectGood(sender, 'taking-back-zh')
    await moveTo('2020-02-13T12:12')
    const street = await openConsole('community-street', episodeAddress)
    await street.locator('.fact-list li').filter({ hasText: '已收回转出' }).waitFor()
    await street.getByText('下一步：等待下次报告').waitFor()
    await street.getByRole('button', { name: '更换链接' }).click()
    await street.getByText('原来的链接和告知书上的二维码立即失效').waitFor()
    await expectGood(street, 'replace-link-zh')
    await street.getByRole('button', { name: '确认更换' }).click()
    const shown = street.locator('.report-address')
    await shown.waitFor()
    const lost = link
    link = await shown.innerText()
    expect(link).not.toBe(lost)
    const finder = await newPage([360, 740])
    await finder.goto(lost)
    await finder.getByText('这个链接已经更换').waitFor()
    const person = await newPage([360, 740])
    await person.goto(link)
    await person.getByText('转往斗门区的手续已经收回，仍由香洲区负责').waitFor()
  })

  it('is due on the day after the last, and released with a certificate; the link ends', async () => {
    await moveTo('2020-02-24T09:00')
    const health = await openConsole('community-health', episodeAddress)
    await act(
      health,
      '解除',
      (page) => page.getByLabel('原因').selectOption({ label: '期满解除' }),
      '解除 期满解除',
    )
    const downloading = health.waitForEvent('download')
    await health.getByRole('button', { name: '解除证明 PDF' }).click()
    const certificate = textOfPdf(await readFile((await (await downloading).path()) ?? ''))
    expect(certificate).toContain('解除隔离医学观察证明')
    expect(certificate).toContain('2020-02-24 09:00')
    await expectGood(health, 'released-zh')
    const person = await newPage([360, 740])
    await person.goto(link)
    await person.getByText('隔离已经结束').waitFor()
    await health.goto(`${server.address}/console/quarantine?show=all`)
    await health.getByText('已结束 1 例').waitFor()
    await health.getByRole('button', { name: 'EN' }).click()
    await health.getByRole('heading', { name: 'Follow-up board' }).waitFor()
    await health.emulateMedia({ colorScheme: 'dark' })
    await expectGood(health, 'board-en-night')
    expect(troubles).toEqual([])
  })
})
