import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { check } from '../../journey/axe.ts'
import { enterCar, openBrowser, openPhone, startShift } from '../../journey/phone.ts'
import { type StubServer, startStubServer } from '../../journey/stub-server.ts'

let browser: Browser
let server: StubServer
beforeAll(async () => {
  const opened = await openBrowser()
  browser = opened
  server = await startStubServer(inject('fronts').field)
}, 300_000)
afterAll(async () => {
  await browser.close()
  await server.close()
})

type Measuring = { readonly measure: (...bytes: readonly number[]) => void }

/** A thermometer in the place of the browser's Bluetooth: this machine has no radio. */
const giveThermometer = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const characteristic = Object.assign(new EventTarget(), {
      value: undefined as DataView | undefined,
      startNotifications: async () => undefined,
    })
    const gatt = {
      connected: true,
      connect: async () => gatt,
      disconnect: () => undefined,
      getPrimaryService: async () => ({ getCharacteristic: async () => characteristic }),
    }
    const device = Object.assign(new EventTarget(), { name: 'T-1', gatt })
    Object.defineProperty(navigator, 'bluetooth', {
      value: { getAvailability: async () => true, requestDevice: async () => device },
    })
    const measure = (...bytes: readonly number[]): void => {
      characteristic.value = new DataView(Uint8Array.from(bytes).buffer)
      characteristic.dispatchEvent(new Event('characteristicvaluechanged'))
    }
    Object.assign(window, { measure })
  })

const measure = (page: Page, bytes: readonly number[]): Promise<void> =>
  page.evaluate((sent) => (window as unknown as Measuring).measure(...sent), bytes)

/** IEEE 11073: “not a number”, and 36.4. */
const [noNumber, wellAndGood] = [
  [0, 0xff, 0xff, 0x7f, 0],
  [0, 0x6c, 0x01, 0, 0xff],
]

it('says when a thermometer sent no temperature, enters nothing then, and goes on with the next measurement', async () => {
  const { context, page, faults } = await openPhone(browser, { bypassCSP: true })
  await giveThermometer(page)
  await startShift(page, server)
  await page.getByRole('link', { name: '设置' }).click()
  await page.getByRole('button', { name: '连接蓝牙体温计' }).click()
  await page.getByText('已连接 T-1').waitFor()
  await page.getByRole('link', { name: '返回查验' }).click()
  await enterCar(page, 'T0001', 1)
  await measure(page, noNumber ?? [])
  const doubt = page.getByText('体温计传来的数值不是体温，请重测。')
  await doubt.waitFor()
  await check(page, 'a thermometer in doubt')
  expect(await page.getByText('36.4').count()).toBe(0)
  await measure(page, wellAndGood ?? [])
  await doubt.waitFor({ state: 'detached' })
  await page.getByText('36.4').first().waitFor()
  await page.getByRole('button', { name: '完成' }).click()
  await page.getByRole('heading', { name: '通过' }).waitFor()
  await expect.poll(() => server.stored.size, { timeout: 60_000 }).toBe(1)
  const [sent] = [...server.stored.values()]
  expect(sent?.command.travellers[0]?.readings.map((each) => each.temperatureCelsius)).toEqual([36.4])
  expect(faults).toEqual([])
  await context.close()
}, 120_000)
