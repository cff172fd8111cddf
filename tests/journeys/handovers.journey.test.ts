import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLaneHand } from './lane-hand.ts'
import { type RunningSystem, startRunningSystem } from './running-system.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Where pictures of the pages go, for somebody to look at; nowhere unless asked for. */
const pictures = process.env.GUANKOU_PICTURES

let system: RunningSystem
let browser: Browser

beforeAll(async () => {
  ;[system, browser] = await Promise.all([
    startRunningSystem(),
    chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-sync',
      ],
    }),
  ])
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await system?.stop()
}, 240_000)

/** Serious and critical findings of axe-core, by rule and place. */
const violations = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe)
  return page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`)
}

/** Nothing on the page stands out of it, and axe has nothing serious to say. */
const look = async (page: Page, name: string): Promise<void> => {
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
  expect(
    await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'),
    `${name} is as wide as its screen`,
  ).toBe(true)
  expect(await violations(page), name).toEqual([])
}

type Phone = { readonly context: BrowserContext; readonly page: Page }

const openPhone = async (link: string): Promise<Phone> => {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    locale: 'zh-CN',
    bypassCSP: true,
  })
  const page = await context.newPage()
  await page.goto(link)
  return { context, page }
}

const linkFor = async (role: string): Promise<string> => {
  const printed = await system.ask('sign-in-link', '--role', role)
  const token = /#token=\S+/.exec(printed)?.[0] ?? ''
  return `${system.origin}/field/sign-in${token}`
}

const openTaker = async (role: string): Promise<Phone> => {
  const phone = await openPhone(await linkFor(role))
  await phone.page.getByLabel('扫到的内容或交接码').waitFor({ timeout: 60_000 })
  await phone.page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
  return phone
}

/** A car of three whose driver was with a case and coughs: they are referred. */
const referDriver = async ({ page }: Phone): Promise<void> => {
  const hand = createLaneHand(page)
  await hand.enterPlateAndPeople('A1234', 3)
  await page.getByRole('button', { name: '症状·详情' }).click()
  await page.getByLabel('接触过病例').check()
  await page.getByLabel('咳嗽', { exact: true }).check()
  await page.getByRole('button', { name: '返回测温' }).click()
  await page.getByRole('button', { name: '全部低于 37.3 摄氏度' }).click()
  await hand.finish('转诊')
}

const takeBy = async ({ page }: Phone, code: string): Promise<void> => {
  await page.getByLabel('扫到的内容或交接码').fill(code)
  await page.getByRole('button', { name: '打开' }).click()
}

const sign = async ({ page }: Phone, side: string): Promise<void> => {
  await page.getByRole('button', { name: `签收：${side}` }).click()
  await page.getByRole('listitem').filter({ hasText: side }).filter({ hasText: '本人' }).waitFor()
}

describe('from a fever at the barrier to the clinic', () => {
  it('signs on three phones without a network, and the centre sees one chain that holds', async () => {
    const post = await openPhone(system.fieldLink)
    await post.page.getByRole('button', { name: /卡口/ }).first().click()
    await post.page.getByRole('button', { name: '1 车道' }).click()
    await post.page.getByRole('group', { name: '车牌键盘' }).waitFor()
    await post.page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
    const [transport, clinic] = [await openTaker('transport-crew'), await openTaker('clinic-staff')]
    await look(transport.page, 'transport-empty-zh-day')
    for (const { context } of [post, transport, clinic]) await context.setOffline(true)

    await referDriver(post)
    await look(post.page, 'post-outcome-zh-day')
    // One tap: the driver and both companions are being handed over.
    await post.page.getByRole('button', { name: '移交 3 人' }).click()
    await post.page.getByText('在卡口待接').waitFor()
    await post.page.getByRole('img', { name: '交接二维码' }).waitFor()
    await sign(post, '卡口交出')
    await look(post.page, 'post-handover-zh-day')
    const code = (await post.page.locator('.handover-letters').textContent()) ?? ''
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)

    await takeBy(transport, 'ABCD-EFGH-JKMN')
    await transport.page.getByText('不是交接码').waitFor()
    await takeBy(transport, code.toLowerCase().replaceAll('-', ' '))
    await transport.page.getByText('本机只有交接码').waitFor()
    await sign(transport, '转运接收')
    await transport.page.getByText('转运途中').waitFor()
    // What was signed survives the reload of a page that has no network.
    await transport.page.reload()
    await transport.page.getByText('转运途中').waitFor()
    await sign(transport, '转运交出')
    await look(transport.page, 'transport-offline-zh-day')
    await takeBy(clinic, code)
    await sign(clinic, '发热门诊接收')
    await clinic.page.getByText('门诊已接收').waitFor()

    // The clinic is heard first and the post last: the opposite of what happened.
    await clinic.context.setOffline(false)
    const facts = async (): Promise<readonly string[]> => {
      const { rows } = await system.db.pool.query<{ side: string }>(
        "select side from handover_facts where kind = 'signed' order by at",
      )
      return rows.map(({ side }) => side)
    }
    await expect.poll(facts).toEqual(['clinic-takes'])
    await transport.context.setOffline(false)
    await expect.poll(async () => (await facts()).length).toBe(3)
    await post.context.setOffline(false)
    await expect.poll(facts).toEqual(['post-gives', 'transport-takes', 'transport-gives', 'clinic-takes'])

    await clinic.page.getByText('1 号 · 当事人').waitFor({ timeout: 60_000 })
    await clinic.page.getByText('接触史').first().waitFor({ timeout: 60_000 })
    await clinic.page.getByRole('button', { name: '核对姓名（遮盖）' }).click()
    await clinic.page.getByText('无姓名').first().waitFor()
    await look(clinic.page, 'clinic-handover-zh-day')
    await clinic.page.getByText('备注、办结或取消').click()
    await clinic.page.getByLabel('留院诊治').check()
    await clinic.page.getByRole('button', { name: '办结', exact: true }).click()
    await clinic.page.getByText('已办结').first().waitFor()
    const ended = async () =>
      (await system.db.pool.query("select from handover_facts where kind = 'closed'")).rowCount
    await expect.poll(ended).toBe(1)

    for (const [locale, colorScheme, name] of [
      ['zh-CN', 'light', 'zh-day'],
      ['en-GB', 'dark', 'en-night'],
    ] as const) {
      const printed = await system.ask('sign-in-link', '--role', 'commander')
      const token = /#token=\S+/.exec(printed)?.[0] ?? ''
      const desk = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        locale,
        colorScheme,
        bypassCSP: true,
      })
      const page = await desk.newPage()
      await page.goto(`${system.origin}/console/sign-in${token}`)
      await page.getByRole('navigation').waitFor()
      await page.goto(`${system.origin}/console/hand-overs?show=all`)
      await page.getByRole('button', { name: code }).click()
      const paper = page.getByRole('article')
      await paper.getByRole('rowheader', { name: /卡口交出|Post gives/ }).waitFor()
      expect(await paper.getByText(/签名有效|Signature holds/).count()).toBe(4)
      expect(await paper.getByText(/已办结|Closed/).count()).toBeGreaterThan(0)
      await look(page, `console-handovers-${name}`)
      if (pictures !== undefined) {
        await page.emulateMedia({ media: 'print' })
        await page.screenshot({ path: `${pictures}/console-print-${name}.png`, fullPage: true })
      }
      await desk.close()
    }
  }, 300_000)

  it('shows what is overdue on top, to phone and console, and whom it went to', async () => {
    const { pool } = system.db
    const transport = await openPhone(await linkFor('transport-crew'))
    await transport.page.getByLabel('扫到的内容或交接码').waitFor({ timeout: 60_000 })
    const openedMs = Date.now() - 45 * 60_000
    const hex = openedMs.toString(16).padStart(12, '0')
    const id = `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000123`
    const { rows } = await pool.query<{ id: number; jurisdiction: number; account: string }>(
      'select p.id, p.jurisdiction, a.id as account from posts p, accounts a limit 1',
    )
    const [post] = rows
    if (post === undefined) throw new Error('there is no post')
    const key = [post.jurisdiction, new Date(openedMs), id]
    await pool.query(
      `insert into handovers (jurisdiction, occurred_at, id, recorded_at, day, post_id, response_id, screening_id, account_id, content_digest)
       values ($1, $2, $3, now(), current_date, $4, 'covid-19-like', $3, $5, '')`,
      [...key, post.id, post.account],
    )
    await pool.query('insert into handover_people values ($1, $2, $3, 1, $4)', [...key, 'index'])
    // The clock of the server hands it up within its round of 15 seconds.
    const roles = async () =>
      (await pool.query<{ to_role: string }>("select to_role from handover_facts where kind = 'escalated'"))
        .rows
    await expect.poll(roles).toEqual([{ to_role: 'post-lead' }])
    await transport.page.getByText(/已超时/).waitFor({ timeout: 60_000 })
    await look(transport.page, 'transport-list-zh-day')
    await transport.page.emulateMedia({ colorScheme: 'dark' })
    await transport.page.reload()
    await transport.page.getByText(/已超时/).waitFor({ timeout: 60_000 })
    await look(transport.page, 'transport-list-zh-night')
    await transport.page.getByText(/已超时/).click()
    await transport.page.getByText('已上报带班领导').waitFor()
    await look(transport.page, 'transport-overdue-zh-night')

    const printed = await system.ask('sign-in-link', '--role', 'commander')
    const token = /#token=\S+/.exec(printed)?.[0] ?? ''
    const desk = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
    const page = await desk.newPage()
    await page.goto(`${system.origin}/console/sign-in${token}`)
    await page.getByRole('link', { name: /移交 \d+，超时 1/ }).click()
    await page.getByRole('row').filter({ hasText: '带班领导' }).waitFor()
    await page
      .getByRole('button', { name: /查看移交/ })
      .first()
      .click()
    await page.getByLabel('结束方式').selectOption({ label: '取消：误开' })
    await page.getByRole('button', { name: '结束移交' }).click()
    await page.getByText('没有未办结的移交').waitFor({ timeout: 60_000 })
    await desk.close()
  })
})
