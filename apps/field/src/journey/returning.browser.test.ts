import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it, vi } from 'vitest'
import { check } from '#journey/axe.ts'
import {
  chip,
  enterCar,
  nextCar,
  openBrowser,
  openPhone,
  press,
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

const lanePx = 64
const commands = (): RecordScreening[] => server.order.flatMap((id) => server.stored.get(id)?.command ?? [])

/** A car of three, of whom the driver gives name and document, recorded to its end. */
const recordNamedCar = async (page: Page): Promise<void> => {
  await enterCar(page, '12345', 3)
  await page.getByRole('button', { name: '症状·详情' }).click()
  await page.getByLabel('护照').check()
  await page.getByLabel('证件号码').fill('E12345678')
  await page.getByLabel('姓名（可不填）').fill('王小明')
  await page.getByRole('button', { name: '返回测温' }).click()
  await page.getByRole('button', { name: '全部低于 37.3 摄氏度' }).click()
  await page.getByRole('button', { name: '完成' }).click()
  await page.getByRole('heading', { name: '通过' }).waitFor()
  await nextCar(page)
}

it('lets a car of three pass again without a network: three characters and one tap', async () => {
  const { context, page, faults } = await openPhone(browser, { bypassCSP: true })
  await startShift(page, server)
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  server.mood.down = true
  await context.setOffline(true)
  await recordNamedCar(page)
  await press(page, '345')
  await page.getByRole('list', { name: '来过的车辆' }).waitFor()
  await check(page, 'matches', lanePx)
  await page.getByRole('button', { name: /同样 3 人 <37.3 放行 粤C·12345/ }).click()
  await page.getByRole('region', { name: '处置结果' }).getByText('通过').waitFor()
  await page.getByText('粤C·12345 · 3 人均低于 37.3 ℃').waitFor()
  await check(page, 'passed', lanePx)
  await press(page, '9')
  await page.getByRole('button', { name: '车牌 粤C·9，点按修改' }).waitFor()
  server.mood.down = false
  await context.setOffline(false)
  await expect.poll(() => commands().length, { timeout: 60_000 }).toBe(2)
  const [first, again] = commands()
  expect(again?.conveyance).toEqual({ kind: 'car', plate: '粤C12345' })
  // The first one still waited on the phone: the identity went along from there, and nothing depends on it.
  expect(again?.travellers.map(({ name, document, sameAs }) => [name, document.number, sameAs])).toEqual([
    ['王小明', 'E12345678', undefined],
    [undefined, undefined, undefined],
    [undefined, undefined, undefined],
  ])
  expect(
    again?.travellers.map(({ readings }) => readings.map(({ underThreshold }) => underThreshold)),
  ).toEqual([[true], [true], [true]])
  expect(JSON.stringify(again)).not.toContain('temperatureCelsius')
  expect(first?.travellers[0]?.name).toBe('王小明')
  expect(faults).toEqual([])
  await context.close()
})

it('names whom it confirms instead of an identity once the server has it, through a reload', async () => {
  const { context, page } = await openPhone(browser, { bypassCSP: true })
  await startShift(page, server)
  await recordNamedCar(page)
  await seeChip(page, '已同步')
  await page.reload()
  await page.getByRole('group', { name: '车牌键盘' }).waitFor()
  await press(page, '12345')
  await page.getByRole('button', { name: '下一步' }).click()
  const driver = page.getByRole('button', { name: /^王\*\* \*{4}5678/ })
  await driver.waitFor()
  await check(page, 'returning', lanePx)
  await page.getByRole('button', { name: /第 3 人/ }).click()
  await page.getByRole('button', { name: '加一人' }).click()
  await page.getByRole('button', { name: '就这些人，去测温' }).click()
  await page.getByRole('button', { name: '驾驶 · 王**，体温 未测，点按测量' }).waitFor()
  await press(page, '364365366')
  await page.getByRole('button', { name: '完成' }).click()
  await page.getByRole('heading', { name: '通过' }).waitFor()
  await expect.poll(() => commands().length, { timeout: 60_000 }).toBe(2)
  const [first, again] = commands()
  expect(again?.travellers.map(({ sameAs }) => sameAs)).toEqual([
    { screeningId: first?.id, seat: 1 },
    { screeningId: first?.id, seat: 2 },
    undefined,
  ])
  expect(JSON.stringify(again)).not.toContain('E12345678')
  expect(JSON.stringify(again)).not.toContain('小明')
  await context.close()
})

it('offers what the server knows of the plate, asks it only once the plate is whole, and flags who was lost', async () => {
  const { context, page } = await openPhone(browser, { bypassCSP: true })
  await startShift(page, server)
  const screeningId = '016fd2d1-42d0-7881-8034-84e6d1c4acd0'
  const occurredAt = new Date(Date.now() - 3_600_000).toISOString()
  const person = {
    screeningId,
    occurredAt,
    lastAboard: true,
    originCode: 442000,
    documentKind: 'resident-id',
  }
  server.passages.set('粤C77777', {
    passages: [{ screeningId, occurredAt, postId: 2, conveyanceKind: 'car', people: 2 }],
    occupants: [
      { ...person, seat: 1, fields: [{ field: 'name', masked: '陈*' }] },
      { ...person, seat: 2, fields: [{ field: 'document', masked: '****123X' }] },
    ] as never,
  })
  server.mood.withoutIdentity = [2]
  await press(page, '7777')
  await page.waitForTimeout(2_000)
  expect(server.plateAsked).toEqual([])
  await press(page, '7')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: /^同样 2 人/ }).waitFor()
  expect(server.plateAsked).toEqual(['粤C77777'])
  await page.getByRole('button', { name: /查看同车人员/ }).click()
  await page.getByRole('button', { name: /\*{4}123X/ }).waitFor()
  await page.getByText('珠海站').waitFor()
  await page.getByRole('button', { name: '2 人全部低于 37.3，放行' }).click()
  await page.getByText('粤C·77777 · 2 人均低于 37.3 ℃').waitFor()
  await expect.poll(() => commands().length, { timeout: 60_000 }).toBe(1)
  expect(commands()[0]?.travellers.map(({ sameAs }) => sameAs)).toEqual([
    { screeningId, seat: 1 },
    { screeningId, seat: 2 },
  ])
  await page.getByText('1 辆车有人的身份没有带入').waitFor()
  await chip(page).click()
  await page.getByText('2 号的身份没有带入').waitFor()
  await check(page, 'somebody to be asked again')
  await context.close()
})

it('asks of a whole plate by itself, and shows who it was beside the one tap that lets them pass', async () => {
  const { context, page } = await openPhone(browser, { bypassCSP: true })
  await startShift(page, server)
  const screeningId = '016fd2d1-42d0-7881-8034-84e6d1c4acd0'
  const occurredAt = new Date(Date.now() - 3_600_000).toISOString()
  const person = {
    screeningId,
    occurredAt,
    lastAboard: true,
    originCode: 442000,
    documentKind: 'resident-id',
  }
  server.passages.set('粤CD88888', {
    passages: [{ screeningId, occurredAt, postId: 2, conveyanceKind: 'car', people: 1 }],
    occupants: [{ ...person, seat: 1, fields: [{ field: 'name', masked: '陈*' }] }] as never,
  })
  await press(page, 'D88888')
  const match = page.getByRole('list', { name: '来过的车辆' })
  await match.getByText(/· 陈\*/).waitFor()
  await check(page, 'a vehicle that the server knows', lanePx)
  // 粤CD8888 is a plate too: nobody is asked about it while a key may follow.
  expect(server.plateAsked).toEqual(['粤CD88888'])
  await match.getByRole('button', { name: /^同样 1 人/ }).click()
  await page.getByText('粤C·D88888 · 1 人均低于 37.3 ℃').waitFor()
  await expect.poll(() => commands().length, { timeout: 60_000 }).toBe(1)
  expect(commands()[0]?.travellers.map(({ sameAs }) => sameAs)).toEqual([{ screeningId, seat: 1 }])
  await context.close()
})

it('never lets “the same people” take the place of a fever that was measured before the plate', async () => {
  const { context, page } = await openPhone(browser)
  await startShift(page, server)
  await recordNamedCar(page)
  await enterCar(page, '99999', 1)
  await press(page, '381')
  await page.getByRole('button', { name: /^车牌 粤C·99999/ }).click()
  for (let at = 0; at < 5; at += 1) await page.getByRole('button', { name: '删除' }).click()
  await press(page, '12345')
  await page.getByRole('list', { name: '来过的车辆' }).waitFor()
  await expect.poll(() => page.locator('.match-go').count()).toBe(0)
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('group', { name: '车上几人' }).waitFor()
  await page.getByText('已登记内容的人保留').waitFor()
  await press(page, '1')
  await page.getByRole('button', { name: /体温 38.1/ }).waitFor()
  await context.close()
})

it('brings back an entry that was cleared by mistake, whole', async () => {
  const { context, page } = await openPhone(browser)
  await startShift(page, server)
  await enterCar(page, '12345', 2)
  await press(page, '364')
  await page.getByRole('button', { name: /^人数/ }).click()
  await page.getByRole('button', { name: '清空本车' }).click()
  await page.getByRole('button', { name: /^撤销清空/ }).click()
  await page.getByRole('button', { name: /^车牌 粤C·12345/ }).waitFor()
  await page.getByRole('button', { name: /体温 36.4/ }).waitFor()
  await page.reload()
  await page.getByRole('button', { name: /体温 36.4/ }).waitFor()
  await context.close()
})

it('takes a car that passed again back while nothing of it has left the phone', async () => {
  const { context, page } = await openPhone(browser)
  await startShift(page, server)
  await recordNamedCar(page)
  await seeChip(page, '已同步')
  await context.setOffline(true)
  await press(page, '345')
  await page.getByRole('button', { name: /同样 3 人 <37.3 放行/ }).click()
  await page.getByRole('button', { name: /^撤销上一辆/ }).click()
  await context.setOffline(false)
  await page.getByRole('button', { name: '驾驶 · 王**，体温 <37.3，点按测量' }).waitFor()
  await page.getByRole('button', { name: '症状·详情' }).click()
  await page.getByText('即上次登记的王** ****5678').waitFor()
  await page.getByRole('button', { name: '不是此人' }).click()
  await page.getByRole('button', { name: '返回测温' }).click()
  await page.getByRole('button', { name: '完成' }).click()
  await page.getByRole('heading', { name: '通过' }).waitFor()
  await expect.poll(() => commands().length, { timeout: 60_000 }).toBe(2)
  expect(commands()[1]?.travellers.map(({ sameAs }) => sameAs?.seat)).toEqual([undefined, 2, 3])
  expect(commands()).toHaveLength(2)
  await context.close()
})
