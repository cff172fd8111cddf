import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it, vi } from 'vitest'
import { check } from '#journey/axe.ts'
import { openBrowser, openPhone, type PhoneOptions, press } from '#journey/phone.ts'
import { type StubServer, startStubServer } from '#journey/stub-server.ts'
import { fieldTextsEn } from '#src/i18n/en.ts'
import { fieldTextsZh } from '#src/i18n/zh.ts'

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
const pin = '135790'

const looks = [
  ['in Chinese by day', { locale: 'zh-CN', colorScheme: 'light' }],
  ['in English by night', { locale: 'en-GB', colorScheme: 'dark' }],
] as const satisfies readonly (readonly [string, PhoneOptions])[]

/** A phone in a language; `at` shifts its clock, as a person who waits would. */
const open = async (options: PhoneOptions) => {
  const phone = await openPhone(browser, { ...options, bypassCSP: true })
  await phone.page.addInitScript(() => {
    const now = Date.now
    Date.now = () => now() + Number(localStorage.getItem('ahead') ?? 0)
  })
  const texts = options.locale === 'en-GB' ? fieldTextsEn : fieldTextsZh
  const { page } = phone
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  return {
    ...phone,
    texts,
    button,
    heading: (name: string) => page.getByRole('heading', { name, exact: true }).waitFor(),
    enter: async (digits: string): Promise<void> => {
      await page.getByRole('group', { name: texts.guard.keys }).waitFor()
      await press(page, digits)
      await button(texts.guard.confirm).click()
    },
    goAhead: (ms: number) => page.evaluate((by) => localStorage.setItem('ahead', String(by)), ms),
    signIn: async (): Promise<void> => {
      await page.goto(`${server.url}/field/sign-in`)
      await page.getByLabel(texts.signIn.token).fill('token-of-wang-0001')
      await button(texts.signIn.submit).click()
    },
    takeLane: async (): Promise<void> => {
      await page.getByRole('button', { name: /下栅|Xiazha/ }).click()
      await page.locator('.lane-grid button').first().click()
      await page.getByRole('group', { name: texts.lane.plateKeys }).waitFor()
    },
    record: async (plate = 'A0001'): Promise<void> => {
      await press(page, plate)
      await button(texts.lane.next).click()
      await press(page, '1')
      await press(page, '365')
      await button(texts.lane.finish).click()
      await page.getByRole('region', { name: texts.outcome.heading }).waitFor()
    },
    next: () => button(texts.outcome.next).click(),
  }
}

const untilChip = (page: Page, text: string): Promise<void> =>
  page.locator('.chip-link').filter({ hasText: text }).waitFor({ timeout: 60_000 })

it.each(looks)('has no serious fault in what guards the phone, %s', async (_, options) => {
  server.policy.pin = 'required'
  server.policy.mostPinTries = 4
  const phone = await open(options)
  const { page, texts, button, heading, enter } = phone
  await page.goto(`${server.url}/field/enrol`)
  await heading(texts.guard.enrolTitle)
  await check(page, 'enrol')
  await page.getByLabel(texts.guard.enrolCode).fill('WRONG')
  await button(texts.guard.enrolSubmit).click()
  await page.getByRole('alert').waitFor()
  await check(page, 'enrol refused')
  await page.getByLabel(texts.guard.enrolCode).fill('K7QM4XTD01')
  await button(texts.guard.enrolSubmit).click()
  await page.getByRole('link', { name: texts.guard.enrolledNext }).waitFor()
  await check(page, 'enrolled')
  await phone.signIn()
  await heading(texts.guard.setTitle)
  await check(page, 'set PIN', lanePx)
  await enter('111111')
  await page.getByRole('alert').waitFor()
  await check(page, 'PIN too simple', lanePx)
  await enter(pin)
  await page.getByText(texts.guard.setAgain).waitFor()
  await enter(pin)
  await phone.takeLane()
  server.mood.refusePush = 'BUSY'
  await phone.record()
  await page.goto(`${server.url}/field/settings`)
  await heading(texts.guard.unlockTitle)
  await check(page, 'locked')
  await enter(pin)
  await heading(texts.guard.pinTitle)
  await check(page, 'settings with PIN')
  await button(texts.settings.signOut).click()
  await button(texts.settings.signOutConfirm).waitFor()
  await check(page, 'change of user')
  await button(texts.settings.signOutConfirm).click()
  await page.getByLabel(texts.signIn.token).waitFor()
  await check(page, 'sign-in with what waits')
  await phone.signIn()
  for (const _ of [1, 2, 3]) await enter('975310')
  await heading(texts.guard.lockedOutTitle)
  await check(page, 'locked out')
  await button(texts.guard.forgot).click()
  await check(page, 'PIN forgotten')
  await phone.goAhead(31_000)
  await heading(texts.guard.unlockTitle)
  await enter('975310')
  await heading(texts.guard.destroyedTitle)
  await check(page, 'key destroyed')
  await button(texts.guard.signInAgain).click()
  await phone.signIn()
  await enter(pin)
  await enter(pin)
  server.mood.refusePush = undefined
  server.mood.device = 'wipe'
  await page.reload()
  await heading(texts.guard.wipedTitle)
  await check(page, 'wiped')
  await phone.context.close()
})

it.each(looks)('has no serious fault in the states that stop a phone, %s', async (_, options) => {
  const phone = await open(options)
  const { page, texts, heading } = phone
  await phone.signIn()
  await phone.takeLane()
  await page.goto(`${server.url}/field/place`)
  await page.getByText(texts.guard.pinNone).waitFor()
  await check(page, 'place without PIN')
  await page.goto(`${server.url}/field/lane`)

  server.mood.refusePush = 'NOT_SIGNED_IN'
  await phone.record()
  await untilChip(page, texts.chip.signIn)
  await phone.next()
  await page.getByText(texts.state.sessionText).waitFor()
  await check(page, 'session over')

  server.mood.refusePush = undefined
  server.mood.aheadMs = 3_600_000
  await phone.signIn()
  await heading(texts.state.clockTitle)
  await check(page, 'clock wrong')

  server.mood.aheadMs = 0
  server.mood.device = 'revoked'
  await page.reload()
  await page.getByRole('group', { name: texts.lane.plateKeys }).waitFor()
  await phone.record('B7788')
  await untilChip(page, texts.chip.revoked)
  await phone.next()
  await heading(texts.state.revokedTitle)
  await check(page, 'revoked')
  await phone.context.close()
})

it.each(looks)('has no serious fault without rules to work by, %s', async (_, options) => {
  server.mood.packLifeMs = 3_600_000
  const phone = await open(options)
  const { page, texts, heading } = phone
  await phone.signIn()
  await phone.takeLane()
  await phone.goAhead(2 * 3_600_000)
  await page.reload()
  await heading(texts.state.packExpiredTitle)
  await check(page, 'pack expired')
  await phone.context.close()

  const fresh = await open(options)
  await fresh.page.route('**/api/sync/pack*', (route) => route.abort())
  await fresh.signIn()
  await fresh.heading(fresh.texts.state.packMissingTitle)
  await check(fresh.page, 'no pack')
  expect(await fresh.page.getByRole('button', { name: fresh.texts.state.packRetry }).count()).toBe(1)
  await fresh.context.close()
})
