import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, inject, it, vi } from 'vitest'
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

/** Gloves: everything in the lane is at least this high. */
const lanePx = 64

const walk = async (options: PhoneOptions, theme?: 'sunlight'): Promise<void> => {
  const texts = options.locale === 'en-GB' ? fieldTextsEn : fieldTextsZh
  const post = options.locale === 'en-GB' ? 'Xiazha' : '下栅'
  const { context, page } = await openPhone(browser, { ...options, bypassCSP: true })
  const button = (name: string | RegExp) => page.getByRole('button', { name })
  if (theme !== undefined)
    await page.addInitScript(
      (chosen) => localStorage.setItem('guankou-field-settings', JSON.stringify(chosen)),
      { theme, locale: options.locale === 'en-GB' ? 'en' : 'zh' },
    )
  await page.goto(`${server.url}/field/sign-in`)
  await page.getByLabel(texts.signIn.token).waitFor()
  await check(page, 'sign-in')
  await page.getByLabel(texts.signIn.token).fill('token-that-was-spent')
  await button(texts.signIn.submit).click()
  await page.getByRole('alert').waitFor()
  await check(page, 'sign-in refused')
  await page.getByLabel(texts.signIn.token).fill('token-of-wang-0001')
  await button(texts.signIn.submit).click()
  await button(post).waitFor()
  await check(page, 'place')
  await button(post).click()
  await check(page, 'lanes')
  await page.locator('.lane-grid button').first().click()
  await page.getByRole('group', { name: texts.lane.plateKeys }).waitFor()
  await check(page, 'plate', lanePx)
  await button(texts.lane.province).click()
  await check(page, 'province', lanePx)
  await press(page, '粤')
  await button(texts.lane.suffixLabel).click()
  await check(page, 'suffix', lanePx)
  await button(/^(车种|Type)/).click()
  await check(page, 'kind', lanePx)
  await button(/^(排队|Queue)/).click()
  await check(page, 'queue', lanePx)
  await button(/^(人数|People)/).click()
  await check(page, 'count', lanePx)
  await press(page, '2')
  await press(page, '364378')
  await check(page, 'temperature', lanePx)
  await button(texts.lane.details).click()
  await page.locator('.adder .choice-button').first().click()
  await check(page, 'person', lanePx)
  await button(texts.person.exposureAdd).click()
  await button(texts.person.done).click()
  await press(page, '379')
  await button(/^(车牌|Plate) /).click()
  await press(page, '12345')
  await button(texts.lane.next).click()
  await press(page, '2')
  await button(texts.lane.finish).click()
  await page.getByRole('region', { name: texts.outcome.heading }).waitFor()
  await check(page, 'outcome')
  await page.locator('.chip-link').click()
  await page.getByRole('heading', { name: texts.records.title }).waitFor()
  await page.getByRole('listitem').first().waitFor()
  await check(page, 'records')
  await page.goto(`${server.url}/field/settings`)
  await page.getByRole('heading', { name: texts.settings.about }).waitFor()
  await check(page, 'settings')
  await context.close()
}

it('has no serious fault in Chinese by day', () => walk({ locale: 'zh-CN', colorScheme: 'light' }))
it('has no serious fault in English by night', () => walk({ locale: 'en-GB', colorScheme: 'dark' }))
it('has no serious fault in Chinese by night', () => walk({ locale: 'zh-CN', colorScheme: 'dark' }))
it('has no serious fault in English in the sun', () => walk({ locale: 'en-GB' }, 'sunlight'))
