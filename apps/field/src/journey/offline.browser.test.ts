import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it, vi } from 'vitest'
import {
  chip,
  enterCar,
  expectEachOnce,
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

it('records without a network, through a reload, and sends each vehicle once and in order', async () => {
  const { context, page, faults } = await openPhone(browser)
  await startShift(page, server)
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  server.mood.down = true
  await context.setOffline(true)
  await seeChip(page, '离线')
  const plates = ['A11111', 'B22222', 'D33333']
  for (const plate of plates) {
    await recordCar(page, plate)
    await nextCar(page)
  }
  await enterCar(page, 'E44444', 3)
  await press(page, '364')
  await page.reload()
  await page.getByRole('button', { name: '车牌 粤C·E44444，点按修改' }).waitFor()
  await page.getByRole('button', { name: '驾驶，体温 36.4，点按测量' }).waitFor()
  await seeChip(page, '离线 · 待传 3')
  await press(page, '365366')
  await page.getByRole('button', { name: '完成' }).click()
  await page.getByText('3 人体温 36.4–36.6 ℃').waitFor()
  expect(server.stored.size).toBe(0)
  server.mood.down = false
  await context.setOffline(false)
  await seeChip(page, '已同步')
  expect(platesOn(server)).toEqual([...plates, 'E44444'].map((plate) => `粤C${plate}`))
  expectEachOnce(server)
  const [first] = server.stored.values()
  expect(first?.command).toMatchObject({ postId: 1, lane: 2, jurisdiction: 440402, rulesVersion: 14 })
  expect(faults).toEqual([])
  await context.close()
})

it('takes the last vehicle back before it leaves the phone, and keeps what was withdrawn in sight', async () => {
  const { context, page } = await openPhone(browser)
  await startShift(page, server)
  await recordCar(page, '12345')
  await nextCar(page)
  await page.getByRole('button', { name: /^撤销上一辆/ }).click()
  await page.getByRole('button', { name: '车牌 粤C·12345，点按修改' }).click()
  await page.getByRole('button', { name: '删除' }).click()
  await press(page, '6')
  await page.getByRole('button', { name: '下一步' }).click()
  await press(page, '2')
  await page.getByRole('button', { name: '完成' }).click()
  await page.getByRole('heading', { name: '通过' }).waitFor()
  await seeChip(page, '已同步')
  await expect.poll(() => platesOn(server)).toEqual(['粤C12346'])
  await chip(page).click()
  await page.getByRole('radio', { name: '已撤回' }).check()
  await page.getByRole('listitem').filter({ hasText: '粤C·12345' }).waitFor()
  await context.close()
})

it('shows a rejected vehicle with its reason, lets its neighbours pass, and sends it again when asked', async () => {
  const { context, page } = await openPhone(browser)
  await startShift(page, server)
  server.mood.rejectPlates.set('粤CBAD11', 'UNKNOWN_LANE')
  await recordCar(page, 'BAD11')
  await nextCar(page)
  await recordCar(page, 'G0022')
  await seeChip(page, '被拒 1')
  await expect.poll(() => platesOn(server)).toEqual(['粤CG0022'])
  await chip(page).click()
  const row = page.getByRole('listitem').filter({ hasText: '粤C·BAD11' })
  await row.getByText('该点位没有这条车道。').waitFor()
  await row.getByText('怎么办').waitFor()
  server.mood.rejectPlates.clear()
  await row.getByRole('button', { name: '再次上传' }).click()
  await seeChip(page, '已同步')
  expect(platesOn(server)).toEqual(['粤CG0022', '粤CBAD11'])
  await context.close()
})

it('sends what could not be sealed only under its own session, and keeps it safe meanwhile', async () => {
  const { context, page } = await openPhone(browser)
  server.mood.bind = false
  await startShift(page, server)
  server.mood.down = true
  await context.setOffline(true)
  await recordCar(page, 'W0001')
  await page.getByRole('link', { name: '设置' }).click()
  await page.getByRole('button', { name: '换人或退出登录' }).click()
  await page.getByText('您还有 1 条记录没有上传').waitFor()
  await page.getByRole('button', { name: '仍要退出' }).click()
  await page.getByText('本机还有 1 条他人的记录').waitFor()
  server.mood.down = false
  await context.setOffline(false)
  const link = page.getByLabel('登录链接或口令')
  const signIn = async (token: string): Promise<void> => {
    await link.fill(`${server.url}/field/sign-in#token=${token}`)
    await page.getByRole('button', { name: '登录', exact: true }).click()
  }
  await signIn('token-of-chen-0002')
  await page
    .getByRole('group', { name: '车牌键盘' })
    .or(page.getByRole('button', { name: '下一辆' }))
    .waitFor()
  await chip(page).click()
  await page.getByText('等待 王警官 登录后上传').waitFor()
  expect(server.stored.size).toBe(0)
  await page.goto(`${server.url}/field/sign-in`)
  await signIn('token-of-wang-0001')
  await expect.poll(() => [...server.stored.values()].map((each) => each.accountId)).toEqual(['acc-wang'])
  await context.close()
})

it('follows a session that another page of the phone changed', async () => {
  const { context, page } = await openPhone(browser)
  await startShift(page, server)
  const other = await context.newPage()
  await other.goto(`${server.url}/field/sign-in#token=token-of-chen-0002`)
  await other.getByRole('group', { name: '车牌键盘' }).waitFor()
  await page.getByRole('group', { name: '车牌键盘' }).waitFor()
  await recordCar(page, 'T0001')
  await expect.poll(() => [...server.stored.values()].map((each) => each.accountId)).toEqual(['acc-chen'])
  await context.close()
})
