import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it, vi } from 'vitest'
import { check } from '#journey/axe.ts'
import { chip, openBrowser, openPhone, platesOn, recordCar, seeChip, startShift } from '#journey/phone.ts'
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

it('puts a refused record right and sends it as a new one that names it, and keeps the refused one in sight', async () => {
  const { context, page } = await openPhone(browser, { bypassCSP: true })
  server.mood.rejectPlates.set('粤CB0001', 'PLATE_REQUIRED')
  await startShift(page, server)
  await recordCar(page, 'B0001')
  await seeChip(page, /被拒/)
  await chip(page).click()
  const refused = page.getByRole('listitem').filter({ hasText: '粤C·B0001' })
  await refused.getByRole('link', { name: '改正后重发' }).click()
  const plate = page.getByLabel('车牌（没有就留空）')
  expect(await plate.inputValue()).toBe('粤CB0001')
  await page.getByText('下栅 · 2 车道').waitFor()
  if (process.env.KEEP_SCREENSHOTS !== undefined)
    await page.screenshot({ path: `${process.env.KEEP_SCREENSHOTS}/correct-refused-zh.png` })
  await check(page, 'putting a refused record right')
  await plate.fill('粤CB0008')
  await page.getByRole('button', { name: '改正并发送' }).click()
  await page.getByRole('heading', { name: '已改正，正在发送' }).waitFor()
  await expect.poll(() => platesOn(server)).toEqual(['粤CB0008'])
  const [stored] = [...server.stored.values()]
  expect(stored?.command.corrects).toMatch(/^[0-9a-f-]{36}$/)
  expect(stored?.command.corrects).not.toBe(stored?.command.id)
  expect(Date.parse(stored?.command.occurredAt ?? '')).toBeLessThanOrEqual(Date.now())
  await page.getByRole('link', { name: '记录', exact: true }).click()
  await refused.getByText('已改正并重发').waitFor()
  await page.getByRole('radio', { name: '已接收' }).check({ force: true })
  await page.getByRole('listitem').filter({ hasText: '粤C·B0008' }).waitFor()
  await context.close()
})
