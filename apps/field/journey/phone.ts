import { type Browser, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import type { StubServer } from './stub-server.ts'

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** @param film  a file that stands in for the camera, whose use is allowed then without asking */
export const openBrowser = (film?: string): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args:
      film === undefined
        ? args
        : [
            ...args,
            '--use-fake-ui-for-media-stream',
            '--use-fake-device-for-media-stream',
            `--use-file-for-fake-video-capture=${film}`,
          ],
  })

export type PhoneOptions = {
  readonly locale?: 'zh-CN' | 'en-GB'
  readonly colorScheme?: 'light' | 'dark'
  readonly bypassCSP?: boolean
}

/** A phone of 360 × 740 with nothing on it. What the page throws and what its policy forbids are kept in `faults`. */
export const openPhone = async (browser: Browser, options: PhoneOptions = {}) => {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    locale: options.locale ?? 'zh-CN',
    colorScheme: options.colorScheme ?? 'light',
    bypassCSP: options.bypassCSP ?? false,
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text())
  })
  return { context, page, faults }
}

/** Signs in by link and takes a lane, in Chinese. */
export const startShift = async (
  page: Page,
  server: StubServer,
  token = 'token-of-wang-0001',
): Promise<void> => {
  await page.goto(`${server.url}/field/sign-in#token=${token}`)
  await page.getByRole('button', { name: '下栅' }).click()
  await page.getByRole('button', { name: '2 车道' }).click()
  await page.getByRole('group', { name: '车牌键盘' }).waitFor()
}

export const press = async (page: Page, keys: string): Promise<void> => {
  for (const key of keys) await page.getByRole('button', { name: key, exact: true }).click()
}

/** Enters one car up to its temperatures. */
export const enterCar = async (page: Page, plate: string, people = 2): Promise<void> => {
  await press(page, plate)
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('group', { name: '车上几人' }).waitFor()
  await press(page, String(people))
  await page.getByRole('group', { name: '体温键盘' }).waitFor()
}

/** Enters one car in which everybody is well, and finishes it. */
export const recordCar = async (page: Page, plate: string, people = 2): Promise<void> => {
  await enterCar(page, plate, people)
  await page.getByRole('button', { name: '全部低于 37.3 摄氏度' }).click()
  await page.getByRole('button', { name: '完成' }).click()
  await page.getByRole('heading', { name: '通过' }).waitFor()
}

export const nextCar = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '下一辆' }).click()
  await page.getByRole('group', { name: '车牌键盘' }).waitFor()
}

export const chip = (page: Page) => page.getByRole('link', { name: /同步状态/ })

/** Waits until the header says so. */
export const seeChip = async (page: Page, state: string | RegExp): Promise<void> => {
  await chip(page).filter({ hasText: state }).waitFor({ timeout: 60_000 })
}

export const platesOn = (server: StubServer): readonly (string | undefined)[] =>
  server.order.map((id) => server.stored.get(id)?.command.conveyance.plate)

export const expectEachOnce = (server: StubServer): void => {
  for (const { times } of server.stored.values()) expect(times).toBe(1)
}
