import { rm } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { check } from '#journey/axe.ts'
import { buildApp } from '#journey/build-app.ts'
import { enterCar, nextCar, openBrowser, openPhone, press, recordCar, startShift } from '#journey/phone.ts'
import { type StubServer, startStubServer } from '#journey/stub-server.ts'

vi.setConfig({ testTimeout: 120_000 })

let dist: string
let browser: Browser
let server: StubServer

beforeAll(async () => {
  dist = await buildApp()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await rm(dist, { recursive: true })
})
beforeEach(async () => {
  server = await startStubServer(dist)
})
afterEach(() => server.close())

const lanePx = 64
const commands = () => server.order.flatMap((id) => server.stored.get(id)?.command ?? [])
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

it('puts a hot car aside without a network, goes on, and measures again by another method after the wait', async () => {
  const { context, page, faults } = await openPhone(browser, { bypassCSP: true })
  await page.clock.install()
  await startShift(page, server)
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  server.mood.down = true
  await context.setOffline(true)
  await enterCar(page, 'H0001', 2)
  await press(page, '379')
  await page.getByText('须复测：静候').waitFor()
  const chosen = page.getByRole('button', { name: '耳温' })
  expect(await chosen.getAttribute('aria-pressed')).toBe('true')
  expect(await page.getByRole('button', { name: '额温', exact: true }).count()).toBe(0)
  await check(page, 'second reading', lanePx)
  await button(page, /^先放一边/).click()
  await recordCar(page, 'W0002', 1)
  await nextCar(page)
  await page.reload()
  const aside = button(page, /^候测 1 辆/)
  await aside.click()
  await page.getByText(/还要等 \d:\d\d/).waitFor()
  await check(page, 'parked', lanePx)
  await page.clock.fastForward('08:30')
  await page.getByText('可以复测了').waitFor()
  await button(page, /粤C·H0001 · 2 人/).click()
  await page.getByText('须复测：现在可以测第二次').waitFor()
  await press(page, '368')
  await press(page, '365')
  await button(page, '完成').click()
  await page.getByRole('heading', { name: '复测' }).waitFor()
  await page.getByText('两次测量间隔').waitFor()
  expect(await page.getByText('同一种方式').count()).toBe(0)
  // The server's clock went on as well.
  server.mood.aheadMs = 8.5 * 60_000
  server.mood.down = false
  await context.setOffline(false)
  await expect.poll(() => commands().length, { timeout: 60_000 }).toBe(2)
  const hot = commands().find(({ conveyance }) => conveyance.plate === '粤CH0001')
  const [first, second] = hot?.travellers[0]?.readings ?? []
  expect([first?.method, first?.temperatureCelsius]).toEqual(['forehead', 37.9])
  expect([second?.method, second?.temperatureCelsius]).toEqual(['ear', 36.8])
  expect(Date.parse(second?.at ?? '') - Date.parse(first?.at ?? '')).toBeGreaterThan(8 * 60_000)
  expect(commands()).toHaveLength(2)
  expect(faults).toEqual([])
  await context.close()
})

it('takes the other vehicle in exchange, so that none is lost', async () => {
  const { context, page } = await openPhone(browser)
  await startShift(page, server)
  await enterCar(page, 'H0001', 1)
  await press(page, '379')
  await button(page, /^先放一边/).click()
  await enterCar(page, 'W0002', 2)
  await button(page, /^候测 1 辆/).click()
  await button(page, /粤C·H0001/).click()
  await button(page, '车牌 粤C·H0001，点按修改').waitFor()
  await button(page, /^候测 1 辆/).click()
  await button(page, /粤C·W0002 · 2 人/).waitFor()
  await context.close()
})

it('questions a number no body has, and takes it as it is from whoever looked twice', async () => {
  const { context, page } = await openPhone(browser, { bypassCSP: true })
  await startShift(page, server)
  await enterCar(page, 'C0001', 1)
  await press(page, '332')
  await page.getByText('33.2 ℃ 不像是人的体温').waitFor()
  await button(page, '完成').click({ force: true })
  expect(await page.getByRole('heading', { name: '通过' }).count()).toBe(0)
  await check(page, 'implausible', lanePx)
  await button(page, '重测').click()
  await press(page, '334')
  await button(page, '核对过，就是 33.4').click()
  await button(page, '症状·详情').click()
  await page.getByLabel('寒冷').check()
  await page.getByLabel('体温计（编号或名称，可不填）').fill('3 号枪')
  await button(page, '返回测温').click()
  await button(page, '完成').click()
  await page.getByRole('heading', { name: '通过' }).waitFor()
  await nextCar(page)
  await enterCar(page, 'C0002', 1)
  await press(page, '365')
  await button(page, '完成').click()
  await expect.poll(() => commands().length, { timeout: 60_000 }).toBe(2)
  expect(commands().map(({ travellers }) => travellers[0]?.readings[0])).toMatchObject([
    { temperatureCelsius: 33.4 },
    { temperatureCelsius: 36.5, ambient: 'cold', device: '3 号枪' },
  ])
  await context.close()
})

it('knows every plate by its ground, and offers what a slip may have meant', async () => {
  const { context, page } = await openPhone(browser, { bypassCSP: true })
  await startShift(page, server)
  const sign = page.locator('.plate')
  await press(page, '12345')
  await page.getByText('普通号牌').waitFor()
  expect(await sign.getAttribute('class')).toContain('plate-blue')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('o')
  await page.getByRole('list', { name: '是不是' }).waitFor()
  await check(page, 'plate repairs', lanePx)
  await button(page, '车牌 粤C·1234O，点按修改').waitFor()
  await button(page, /粤C·12340/).click()
  await button(page, '车牌 粤C·12340，点按修改').waitFor()
  await page.keyboard.press('Backspace')
  await button(page, /^后缀字/).click()
  await check(page, 'suffix', lanePx)
  await press(page, ['警'].join(''))
  await page.getByText('警车').waitFor()
  expect(await sign.getAttribute('class')).toContain('plate-white')
  await button(page, /^后缀字/).click()
  await button(page, '境外车牌').click()
  await press(page, 'AB1234')
  await page.getByText('境外或其他').waitFor()
  await context.close()
})

it('checks a document while it is typed, offers slips and kinds, and changes nothing by itself', async () => {
  const { context, page } = await openPhone(browser, { bypassCSP: true })
  await startShift(page, server)
  await enterCar(page, 'D0001', 2)
  await button(page, '症状·详情').click()
  const number = page.getByLabel('证件号码')
  await number.fill('11010519491231002X')
  await button(page, '看起来是身份证').click()
  expect(await page.getByLabel('身份证', { exact: true }).isChecked()).toBe(true)
  await number.fill('110105194912')
  await page.getByText('身份证号码 18 位，末位可为 X；老证 15 位。现在 12 位').first().waitFor()
  await check(page, 'a number that lacks something', lanePx)
  await number.fill('1101O519491231002X')
  await button(page, /是不是 11010519491231002X/).waitFor()
  expect(await number.inputValue()).toBe('1101O519491231002X')
  await check(page, 'document check', lanePx)
  await button(page, /是不是 11010519491231002X/).click()
  expect(await number.inputValue()).toBe('11010519491231002X')
  await page.getByLabel('电话（可不填）').fill('66123456')
  await button(page, '这是 +85366123456 吗').click()
  await button(page, '返回测温').click()
  await button(page, '全部低于 37.3 摄氏度').click()
  await button(page, '完成').click()
  await page.getByRole('heading', { name: '通过' }).waitFor()
  await expect.poll(() => commands().length, { timeout: 60_000 }).toBe(1)
  const [driver, child] = commands()[0]?.travellers ?? []
  expect(driver?.document).toEqual({ kind: 'resident-id', number: '11010519491231002X' })
  expect(driver?.phone).toBe('+85366123456')
  expect(child?.document).toEqual({ kind: 'none' })
  await context.close()
})

it('says of a number whose kind nobody chose what is wrong, and records it by the kind that it can only be of', async () => {
  const { context, page } = await openPhone(browser)
  await startShift(page, server)
  await enterCar(page, 'D0002', 2)
  await button(page, '症状·详情').click()
  const number = page.getByLabel('证件号码')
  await number.fill('11010519491213002X')
  await page.getByText('校验位不符，请再核对一遍').last().waitFor()
  await button(page, '看起来是身份证').waitFor()
  await button(page, /是不是 11010519491231002X/).click()
  await button(page, '返回测温').click()
  await button(page, '全部低于 37.3 摄氏度').click()
  await button(page, '完成').click()
  await expect.poll(() => commands().length, { timeout: 60_000 }).toBe(1)
  expect(commands()[0]?.travellers[0]?.document).toEqual({
    kind: 'resident-id',
    number: '11010519491231002X',
  })
  await context.close()
})

it('takes somebody out who is not aboard after all, once it was asked twice', async () => {
  const { context, page } = await openPhone(browser, { bypassCSP: true })
  await startShift(page, server)
  await enterCar(page, 'D0003', 3)
  await press(page, '364')
  await press(page, '365')
  await button(page, /^驾驶/).first().click()
  await button(page, '去掉此人').click()
  await check(page, 'taking somebody out', lanePx)
  await button(page, '再按一次，去掉此人和已填内容').click()
  await page.getByRole('group', { name: '体温键盘' }).waitFor()
  await button(page, '驾驶，体温 36.5，点按测量').waitFor()
  await button(page, /^人数 2 人/).waitFor()
  await context.close()
})
