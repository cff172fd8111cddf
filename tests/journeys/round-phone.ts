import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import type { RunningSystem } from './running-system.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Where to put a picture of every screen; left out, none is taken. */
export const shots = process.env.GUANKOU_SHOTS

export const launchBrowser = (): Promise<Browser> =>
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
  })

/** Serious and critical findings of axe-core, by rule and place. */
const violations = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe)
  return page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`)
}

export const look = async (page: Page, name: string): Promise<void> => {
  if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })
  expect(await violations(page)).toEqual([])
}

export type RoundPhone = { readonly context: BrowserContext; readonly page: Page }

/** A phone of somebody of a demo team, with the doors of today on it. */
export const openRoundPhone = async (
  system: RunningSystem,
  browser: Browser,
  login: string,
  locale = 'zh-CN',
): Promise<RoundPhone> => {
  const printed = await system.ask('sign-in-link', '--login', login)
  const token = /#token=\S+/.exec(printed)?.[0] ?? ''
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale })
  const page = await context.newPage()
  await page.goto(`${system.origin}/field/sign-in${token}`)
  await page.getByText(/完成 \d+ \/ [1-9]\d* 户|of [1-9]\d* doors complete/).waitFor({ timeout: 60_000 })
  return { context, page }
}
