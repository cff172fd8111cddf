import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Role } from '@guankou/contract/roles.ts'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLaneHand } from './lane-hand.ts'
import { type RunningSystem, startRunningSystem } from './running-system.ts'

/**
 * A car is sent to a second check; a lead decides otherwise on a phone without a network; a commander goes below what one
 * lead may give, and the lead agrees; a clerk puts a plate right; a list leaves with all of it.
 */
let system: RunningSystem
let browser: Browser

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const pictures = process.env.KEEP_SCREENSHOTS

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

const violations = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(await readFile(axePath, 'utf8'))
  return page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`)
}

const expectGood = async (page: Page, name: string): Promise<void> => {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) })
  expect(await violations(page), name).toEqual([])
  const wide = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  expect(wide, name).toBe(0)
}

const tokenOf = async (role: Role): Promise<string> => {
  const printed = await system.ask('sign-in-link', '--role', role)
  const hash = /#token=\S+/.exec(printed)?.[0] ?? ''
  expect(hash, printed).not.toBe('')
  return hash
}

const openConsole = async (role: Role): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(`${system.origin}/console/sign-in${await tokenOf(role)}`)
  await page.getByRole('navigation', { name: '主导航' }).waitFor()
  return page
}

const openPhone = async (link: string): Promise<{ context: BrowserContext; page: Page }> => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(link)
  await page.getByRole('button', { name: /卡口/ }).first().click()
  await page.getByRole('button', { name: '1 车道' }).click()
  await page.getByRole('group', { name: '车牌键盘' }).waitFor()
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
  return { context, page }
}

/** One car with one person at 37.9 °C. @returns the code on the slip */
const screenFebrile = async (): Promise<string> => {
  const { context, page } = await openPhone(system.fieldLink)
  const hand = createLaneHand(page)
  await hand.enterPlateAndPeople('A0001', 1)
  await hand.press('379')
  await hand.finish('复测')
  await page.getByRole('button', { name: '凭条' }).click()
  const code = (await page.getByRole('dialog').locator('.slip-shown .slip-code').innerText()).trim()
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
  await hand.seeState('已同步')
  await context.close()
  return code
}

/** The lead’s own phone, without a network: by the slip, to referral. */
const overrideOffline = async (code: string): Promise<void> => {
  const { context, page } = await openPhone(`${system.origin}/field/sign-in${await tokenOf('post-lead')}`)
  const hand = createLaneHand(page)
  await context.setOffline(true)
  await hand.seeState('离线')
  await page.getByRole('link', { name: /同步状态/ }).click()
  await page.getByRole('link', { name: '更改处置' }).click()
  await page.getByLabel('凭条码').fill(code.replace(/.$/, 'X'))
  await page.getByText('凭条码不对').waitFor()
  await page.getByLabel('凭条码').fill(code.toLowerCase())
  await page.getByText('不是本机查验的').waitFor()
  await expectGood(page, 'override-phone-zh')
  await page.getByRole('radio', { name: '转诊' }).check({ force: true })
  await page.getByRole('radio', { name: '重新测量结果不同' }).check({ force: true })
  await page.getByRole('button', { name: '记录更改' }).click()
  await page.getByRole('heading', { name: '已记录：转诊' }).waitFor()
  await expectGood(page, 'override-phone-done-zh')
  await context.setOffline(false)
  await hand.seeState('已同步')
  await page.close()
  await context.close()
}

describe('from a disposition to another, its second person, a correction and a list', () => {
  it('keeps both decisions in sight, counts exactly, and lets a list leave with all of it', async () => {
    const code = await screenFebrile()
    await overrideOffline(code)
    expect(await system.run('rollups', 'verify')).toBe(0)
    expect(await system.run('screening', 'replay')).toBe(0)

    const commander = await openConsole('commander')
    await commander.goto(`${system.origin}/console/decisions`)
    const row = commander.getByRole('row').filter({ hasText: '复测' }).filter({ hasText: '转诊' })
    await row.filter({ hasText: '已生效' }).waitFor()
    await expectGood(commander, 'decisions-zh')
    await row.getByRole('button', { name: /^查看原因/ }).click()
    const why = commander.getByRole('dialog', { name: '处置原因' })
    await why.getByText('一次测温达到发热标准').waitFor()
    await why.getByText('按当时规则重新判定，与记录一致').waitFor()
    await why.getByText('更改处置').click()
    const form = why.getByRole('form', { name: '更改第 1 人的处置' })
    await form.getByLabel('改为').selectOption({ label: '通过' })
    await form.getByLabel('理由').selectOption({ label: '出示了证明材料' })
    await expectGood(commander, 'decision-why-zh')
    await form.getByRole('button', { name: '记录更改' }).click()
    await why.getByText('待第二人确认').first().waitFor()
    await commander.keyboard.press('Escape')
    await commander.getByRole('button', { name: '重新判定当日' }).click()
    await commander.getByText('1 次查验、1 人，与记录一致').waitFor()

    const lead = await openConsole('post-lead')
    await lead.goto(`${system.origin}/console/decisions`)
    const waiting = lead.getByRole('listitem').filter({ hasText: '转诊 → 通过' })
    await waiting.getByRole('button', { name: '同意', exact: true }).click()
    await lead.getByText('没有待确认的更改').waitFor()
    const passed = lead.getByRole('row').filter({ hasText: '通过' }).filter({ hasText: '已生效' })
    await passed.waitFor()
    expect(await system.run('rollups', 'verify')).toBe(0)

    const clerk = await openConsole('screening-clerk')
    await clerk.goto(`${system.origin}/console/look-up?kind=plate`)
    const find = async (plate: string): Promise<void> => {
      await clerk.getByLabel('号码', { exact: true }).fill(plate)
      await clerk.getByLabel('目的').selectOption({ label: '随访' })
      await clerk.getByLabel('事由').fill('核对登记的车牌是否准确')
      await clerk.keyboard.press('Tab')
      await clerk.getByRole('button', { name: '查询', exact: true }).click()
    }
    await find('粤CA0001')
    const match = clerk.getByRole('article').first()
    await match.getByText('带班领导已更改').waitFor()
    await match.getByRole('button', { name: '更正车牌' }).click()
    await match.getByLabel('应为').fill('粤CA0007')
    await match.getByLabel('依据').selectOption({ label: '识读有误' })
    await expectGood(clerk, 'look-up-correct-zh')
    await match.getByRole('button', { name: '记录更正' }).click()
    await match.getByText('已更正，原登记保留').waitFor()
    await find('粤CA0007')
    await clerk
      .getByRole('article')
      .first()
      .getByText(/更正为 粤C.*（识读有误）/)
      .waitFor()
    expect(clerk.url()).not.toContain('A000')

    await clerk.goto(`${system.origin}/console/exports`)
    await clerk.getByLabel('目的').selectOption({ label: '密切接触者追踪' })
    await clerk.getByLabel('事由').fill('追踪当日同车人员')
    await clerk.getByLabel('使用单位').fill('香洲区疾控中心')
    for (const column of ['车牌', '更正'])
      await clerk.getByRole('checkbox', { name: column, exact: true }).check()
    await clerk.getByRole('button', { name: '提交申请' }).click()
    await clerk.getByText('已提交，共 1 人，等待他人审批').waitFor()
    await commander.goto(`${system.origin}/console/exports`)
    await commander.getByRole('button', { name: '同意', exact: true }).click()
    await clerk.getByRole('row').filter({ hasText: '可下载' }).waitFor({ timeout: 60_000 })
    const [file] = await Promise.all([
      clerk.waitForEvent('download'),
      clerk.getByRole('button', { name: /下载 CSV/i }).click(),
    ])
    const text = await readFile(await file.path(), 'utf8')
    expect(text).toContain('粤CA0001')
    expect(text).toContain('粤CA0007')
    await expectGood(clerk, 'exports-zh')
  }, 300_000)

  it('reads as well in English, by day and by night', async () => {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'en-GB',
      colorScheme: 'dark',
    })
    const page = await context.newPage()
    await page.goto(`${system.origin}/console/sign-in${await tokenOf('commander')}`)
    await page.getByRole('navigation').waitFor()
    await page.goto(`${system.origin}/console/decisions`)
    await page
      .getByRole('button', { name: /^Why: / })
      .first()
      .click()
    const why = page.getByRole('dialog', { name: 'Why it ended so' })
    await why.getByText('Decided again by the rules of that hour: no difference').waitFor()
    await expectGood(page, 'decision-why-en-night')
    await page.goto(`${system.origin}/console/look-up`)
    await page.getByLabel('From day').fill('2020-01-23')
    await expect.poll(() => page.url()).toContain('from=')
    await expectGood(page, 'look-up-en-night')
    await context.close()

    const small = { width: 360, height: 740 }
    const phone = await browser.newContext({ viewport: small, locale: 'en-GB', colorScheme: 'dark' })
    const lead = await phone.newPage()
    await lead.goto(`${system.origin}/field/sign-in${await tokenOf('post-lead')}`)
    await lead
      .getByRole('button', { name: /\d lanes?/ })
      .first()
      .click()
    await lead.getByRole('button', { name: 'Lane 1', exact: true }).click()
    await lead.getByRole('link', { name: /^Sync: / }).click()
    await lead.getByRole('link', { name: 'Decide otherwise' }).click()
    await lead.getByRole('radio', { name: 'Another ground' }).check({ force: true })
    await lead.getByLabel('In your words').waitFor()
    await expectGood(lead, 'override-phone-en-night')
    await phone.close()
  }, 120_000)
})
