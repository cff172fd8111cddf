import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Role } from '@guankou/contract/roles.ts'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLaneHand } from './lane-hand.ts'
import { type RunningSystem, startRunningSystem } from './running-system.ts'

/**
 * Somebody is screened where there is no network, takes a slip along, sees their own page, sees that a clerk looked them
 * up, has their name corrected, and has it printed at a desk.
 */
let system: RunningSystem
let browser: Browser

const passport = 'E87654321'
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
  // A script, for it runs in the page.
  return page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`)
}

/** Nothing scrolls sideways, nothing that axe finds serious. */
const expectGood = async (page: Page, name: string): Promise<void> => {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
  expect(await violations(page), name).toEqual([])
  const wide = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  expect(wide, name).toBe(0)
}

/** Roles that the demo city has nobody for. */
const signIn = async (role: Role): Promise<Page> => {
  const printed = await system.ask('sign-in-link', '--role', role)
  const link = /http:\S+\/console\/sign-in#token=\S+/.exec(printed)?.[0] ?? ''
  expect(link, printed).not.toBe('')
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
  const page = await context.newPage()
  const { hash } = new URL(link)
  await page.goto(`${system.origin}/console/sign-in${hash}`)
  await page.getByRole('navigation', { name: '主导航' }).waitFor()
  return page
}

/** One car with one person who shows a passport, recorded without a network. @returns the code on the slip */
const screenOffline = async (): Promise<string> => {
  const phone = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' })
  const page = await phone.newPage()
  const forbidden: string[] = []
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) forbidden.push(message.text())
  })
  await page.goto(system.fieldLink)
  await page.getByRole('button', { name: /卡口/ }).first().click()
  await page.getByRole('button', { name: '1 车道' }).click()
  await page.getByRole('group', { name: '车牌键盘' }).waitFor()
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
  const hand = createLaneHand(page)
  await phone.setOffline(true)
  await hand.enterPlateAndPeople('A0001', 1)
  await page
    .getByRole('button', { name: /点按填写|详情/ })
    .first()
    .click()
  await page.getByRole('radio', { name: '护照' }).check({ force: true })
  await page.getByLabel('证件号码').fill(passport)
  await page.getByLabel('姓名（可不填）').fill('欧阳修')
  await page.getByRole('button', { name: '返回测温' }).click()
  await page.getByRole('button', { name: '全部低于 37.3 摄氏度' }).click()
  await hand.finish('通过')
  await page.getByRole('button', { name: '凭条' }).click()
  const slip = page.getByRole('dialog')
  await slip.waitFor()
  const code = (await slip.locator('.slip-shown .slip-code').innerText()).trim()
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
  expect(await slip.innerText()).not.toMatch(/欧阳修|A0001|4321/)
  await slip.getByRole('img', { name: /二维码/ }).waitFor()
  await expectGood(page, 'slip-360')
  if (pictures !== undefined)
    await page.pdf({ path: join(pictures, 'slip.pdf'), width: '58mm', height: '160mm' })
  await slip.getByRole('button', { name: '关闭' }).click()
  await phone.setOffline(false)
  await hand.seeState('已同步')
  expect(forbidden).toEqual([])
  await phone.close()
  return code
}

const openOwnPage = async (page: Page, code: string, tail: string): Promise<void> => {
  await page.goto(`${system.origin}/portal/me#code=${code.replaceAll('-', '')}`)
  expect(await page.getByLabel('凭条码').inputValue()).toBe(code)
  expect(page.url()).not.toContain(code.slice(0, 4))
  await page.getByLabel('末四位').fill(tail)
  await page.getByRole('button', { name: '打开' }).click()
}

describe('from a slip to a correction', () => {
  it('shows a person what is held, who looked, and what was corrected, and prints it without a phone', async () => {
    const code = await screenOffline()

    const person = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' })
    const page = await person.newPage()
    await page.goto(`${system.origin}/portal/me`)
    await expectGood(page, 'me-closed-zh-360')
    await openOwnPage(page, code, '0000')
    await page.getByRole('alert').filter({ hasText: '不相符' }).waitFor()
    await openOwnPage(page, code, '4321')
    await page.getByRole('heading', { name: '结果与原因' }).waitFor()
    // Whoever looks over the shoulder sees the mask.
    expect(await page.getByText('欧阳修').count()).toBe(0)
    await page.getByText('欧**').waitFor()
    await page.getByRole('button', { name: '显示 姓名' }).click()
    await page.getByText('欧阳修').waitFor()
    await page.getByText('没有人查阅过。').waitFor()
    await expectGood(page, 'me-open-zh-360')
    expect((await person.cookies()).length).toBe(0)

    const clerk = await signIn('screening-clerk')
    await clerk.goto(`${system.origin}/console/look-up`)
    await clerk.getByLabel('目的').selectOption({ label: '密切接触者追踪' })
    await clerk.getByLabel('事由').fill('核对同车人员名单')
    await clerk.getByLabel('按什么查').selectOption('passport')
    await clerk.getByLabel('号码', { exact: true }).fill(passport)
    await clerk.getByRole('button', { name: '查询', exact: true }).click()
    await clerk.getByRole('article').first().waitFor()

    await page.reload()
    await page.getByText('排查员').waitFor()
    const seen = await page.locator('.person-seen').innerText()
    expect(seen).toContain('密切接触者追踪')
    expect(seen).not.toContain('核对')

    await page.getByLabel('请写明情况').fill('名字最后一个字应为“脩”')
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText(/已收到，请在/).waitFor()
    await page.getByText('已收到，等待办理').waitFor()
    await expectGood(page, 'me-asked-zh-360')

    const officer = await signIn('data-protection-officer')
    await officer.goto(`${system.origin}/console/requests`)
    await officer.getByRole('link', { name: /申请.*待我办理 1 件/ }).waitFor()
    await officer.getByRole('button', { name: /打开: 更正 · 姓名/ }).click()
    await officer.getByText('名字最后一个字应为“脩”').waitFor()
    await expectGood(officer, 'requests-zh-1440')
    await officer.setViewportSize({ width: 360, height: 740 })
    await expectGood(officer, 'requests-zh-360')
    await officer.setViewportSize({ width: 1440, height: 900 })
    await officer.getByLabel('更正为').fill('欧阳脩')
    await officer.getByLabel('答复内容（本人看得到）').fill('已核对护照，予以更正。')
    await officer.getByRole('button', { name: '答复' }).click()
    await officer.getByRole('cell', { name: /已答复: 同意/ }).waitFor()

    await page.reload()
    await page.getByText('已核对护照，予以更正。').waitFor()
    await page
      .getByText(/更正为/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: '显示 姓名' }).nth(1).click()
    await page.getByText('欧阳脩').waitFor()
    await page.getByText('数据保护专员', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'What is held about me' }).waitFor()
    await expectGood(page, 'me-open-en-360')
    await page.setViewportSize({ width: 1440, height: 900 })
    await expectGood(page, 'me-open-en-1440')

    const desk = await signIn('desk-partner')
    await desk.goto(`${system.origin}/console/requests`)
    await desk.getByLabel('凭条码', { exact: true }).fill(code)
    await desk.getByLabel('末四位').fill('4321')
    await desk.getByLabel('怎样核对了本人').fill('出示护照原件，照片相符')
    await desk.getByRole('button', { name: '打开', exact: true }).click()
    await desk.getByRole('button', { name: '打印' }).waitFor()
    // On paper in full, without the console around it.
    await desk.getByText('欧阳修').waitFor()
    await expectGood(desk, 'desk-page-zh-1440')
    await desk.emulateMedia({ media: 'print' })
    expect(await desk.getByRole('navigation', { name: '主导航' }).isVisible()).toBe(false)
    expect(await desk.getByRole('button', { name: '打印' }).isVisible()).toBe(false)
    expect(await desk.getByText('欧阳脩').isVisible()).toBe(true)
    if (pictures !== undefined) await desk.pdf({ path: join(pictures, 'desk-page.pdf'), format: 'A4' })

    await page.reload()
    await page.getByText('Desk partner', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByRole('heading', { name: 'What is held about me' }).waitFor()
    expect(await page.evaluate('sessionStorage.length')).toBe(0)
    await page.reload()
    await page.getByLabel('Code on the slip').waitFor()
  }, 240_000)
})
