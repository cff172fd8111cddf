import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it, vi } from 'vitest'
import {
  chip,
  enterCar,
  nextCar,
  openBrowser,
  openPhone,
  platesOn,
  press,
  recordCar,
  seeChip,
  startShift,
} from '#journey/phone.ts'
import { type StubServer, startStubServer } from '#journey/stub-server.ts'

vi.setConfig({ testTimeout: 120_000 })

let browser: Browser
let server: StubServer

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
})
beforeEach(async () => {
  server = await startStubServer(inject('fronts').field)
})
afterEach(() => server.close())

it('keeps the form when the storage is full and stores the vehicle once there is room', async () => {
  const { context, page } = await openPhone(browser)
  await page.addInitScript(() => {
    const add = IDBObjectStore.prototype.add
    IDBObjectStore.prototype.add = function full(...given: Parameters<typeof add>) {
      if (localStorage.getItem('full') === '1') throw new DOMException('no room', 'QuotaExceededError')
      return add.apply(this, given)
    }
  })
  await startShift(page, server)
  await enterCar(page, '12345')
  await page.evaluate(() => localStorage.setItem('full', '1'))
  await page.getByRole('button', { name: '全部低于 37.3 摄氏度' }).click()
  await page.getByRole('button', { name: '完成' }).click()
  await page.getByRole('alert').filter({ hasText: '存储已满' }).waitFor()
  await page.getByRole('button', { name: '车牌 粤C·12345，点按修改' }).waitFor()
  await page.evaluate(() => localStorage.removeItem('full'))
  await page.getByRole('button', { name: '清除已上传的旧记录' }).click()
  await page.getByRole('button', { name: '完成' }).click()
  await page.getByRole('heading', { name: '通过' }).waitFor()
  await seeChip(page, '已同步')
  expect(platesOn(server)).toEqual(['粤C12345'])
  await context.close()
})

it('goes on recording when the session has ended and sends after sign-in', async () => {
  const { context, page } = await openPhone(browser)
  await startShift(page, server)
  server.mood.refusePush = 'NOT_SIGNED_IN'
  await recordCar(page, 'S0001')
  await seeChip(page, '需登录')
  await nextCar(page)
  await recordCar(page, 'S0002')
  await nextCar(page)
  await page.getByText('可以继续登记').waitFor()
  server.mood.refusePush = undefined
  await page.getByRole('link', { name: '去登录' }).click()
  await page.getByLabel('登录链接或口令').fill('token-of-wang-0001')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await seeChip(page, '已同步')
  expect(platesOn(server)).toEqual(['粤CS0001', '粤CS0002'])
  await context.close()
})

it('stops for a revoked device with its own screen, the records still on it', async () => {
  const { context, page } = await openPhone(browser)
  await startShift(page, server)
  server.mood.refusePush = 'DEVICE_REVOKED'
  await recordCar(page, 'R0001')
  await seeChip(page, '设备停用')
  await page.getByRole('button', { name: '下一辆' }).click()
  await page.getByRole('heading', { name: '此设备已停用' }).waitFor()
  await page.getByRole('link', { name: '查看本机记录' }).click()
  await page.getByRole('listitem').filter({ hasText: '粤C·R0001' }).waitFor()
  await context.close()
})

it('says when the clock is wrong and goes on once it is right', async () => {
  const { context, page } = await openPhone(browser)
  await startShift(page, server)
  server.mood.aheadMs = 3_600_000
  await recordCar(page, 'C0001')
  await seeChip(page, '时钟不准')
  await page.getByRole('button', { name: '下一辆' }).click()
  await page.getByRole('heading', { name: '手机时钟不准' }).waitFor()
  await page.getByText('本机比服务器慢 60 分钟').waitFor()
  server.mood.aheadMs = 0
  await page.getByRole('button', { name: '已校准，再查一次' }).click()
  await page.getByRole('group', { name: '车牌键盘' }).waitFor()
  await context.close()
})

it('shows an expired pack and lets the post go on with the old rules', async () => {
  const { context, page } = await openPhone(browser)
  await page.addInitScript(() => {
    const now = Date.now
    Date.now = () => now() + Number(localStorage.getItem('hours-later') ?? 0) * 3_600_000
  })
  server.mood.packLifeMs = 3_600_000
  await startShift(page, server)
  await page.evaluate(() => localStorage.setItem('hours-later', '2'))
  await page.reload()
  await page.getByRole('heading', { name: '规则包已过期' }).waitFor()
  await page.getByText('已过期，请核对手机时钟').waitFor()
  await page.getByRole('button', { name: '暂用旧规则' }).click()
  await recordCar(page, 'P0001')
  await context.close()
})

it('refuses a spent link in words and signs in with the next', async () => {
  const { context, page } = await openPhone(browser, { locale: 'en-GB' })
  await page.goto(`${server.url}/field/sign-in#token=token-that-was-spent`)
  await page.getByRole('alert').filter({ hasText: 'was used or has expired' }).waitFor()
  expect(page.url()).not.toContain('token')
  await page.getByLabel('Sign-in link or token').fill('token-of-wang-0001')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { name: 'Choose post and lane' }).waitFor()
  await context.close()
})

it('is worked with a hardware keyboard alone', async () => {
  const { context, page } = await openPhone(browser)
  await startShift(page, server)
  // At the pace of a hand: what comes faster is a reader's.
  await page.keyboard.type('k1234', { delay: 60 })
  await page.keyboard.press('Enter')
  await page.keyboard.type('2', { delay: 60 })
  await page.keyboard.type('364365', { delay: 60 })
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '通过' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('group', { name: '车牌键盘' }).waitFor()
  await seeChip(page, '已同步')
  expect(platesOn(server)).toEqual(['粤CK1234'])
  await context.close()
})

it('switches language at once and keeps what was entered', async () => {
  const { context, page } = await openPhone(browser)
  await startShift(page, server)
  await enterCar(page, 'L0001', 3)
  await page.getByRole('link', { name: '设置' }).click()
  await page.getByRole('radio', { name: 'English' }).check()
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('en-GB')
  await page.getByRole('link', { name: 'Back to the lane' }).click()
  await page.getByRole('button', { name: 'Plate 粤C·L0001, tap to change' }).waitFor()
  await page.getByRole('button', { name: 'People 3' }).waitFor()
  await context.close()
})

it('shows why a feverish traveller from a risk area is referred', async () => {
  const { context, page } = await openPhone(browser)
  await startShift(page, server)
  await enterCar(page, 'F0001', 2)
  await press(page, '364378')
  await page.getByText(/须复测/).waitFor()
  await page.getByRole('button', { name: '症状·详情' }).click()
  await page.getByRole('checkbox', { name: '咳嗽' }).check()
  await page.getByRole('button', { name: '武汉市' }).click()
  await page.getByLabel('离开日期').waitFor()
  await page.getByRole('button', { name: '添加到过的地区' }).click()
  await page.getByRole('button', { name: '返回测温' }).click()
  await press(page, '379')
  await page.getByRole('button', { name: '完成' }).click()
  const outcome = page.getByRole('region', { name: '处置结果' })
  await outcome.getByRole('heading', { name: '转诊' }).waitFor()
  await outcome.getByText('规则 v14 · R3：发热并有曝露，送发热门诊').waitFor()
  await outcome.getByText('今天离开武汉市').waitFor()
  await outcome.getByText('同行：通过 1 人').waitFor()
  await expect
    .poll(() => page.getByRole('status').filter({ hasText: '转诊。粤C·F0001，2 人' }).count())
    .toBe(1)
  await seeChip(page, '已同步')
  await chip(page).waitFor()
  await context.close()
})
