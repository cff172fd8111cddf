import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aReading, aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningSystem, startRunningSystem } from './running-system.ts'

/**
 * A commander looks where arrivals come from: the table, the map, one origin down to counts by post, whom a change of risk
 * areas would reach, and a file of reported cases of which one row comes back.
 */
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const pictures = process.env.GUANKOU_PICTURES

let system: RunningSystem
let browser: Browser
let page: Page
const troubles: string[] = []

const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)

type Group = { readonly code: number; readonly count: number; readonly stay?: number }

type Place = { readonly jurisdiction: number; readonly postId: number }

/** A post of the district that the page is signed in for. */
const placeOf = (phone: Page): Promise<Place> =>
  phone.evaluate(async () => {
    const headers = { 'x-guankou-client': 'console' }
    const session = (await (await fetch('/api/access/session', { headers })).json()) as { areaCode: number }
    const { posts } = (await (await fetch('/api/places', { headers })).json()) as {
      posts: { id: number; jurisdiction: number }[]
    }
    const post = posts.find(({ jurisdiction }) => jurisdiction === session.areaCode)
    return { jurisdiction: session.areaCode, postId: post?.id ?? 0 }
  })

/** Records a coach with an inspector’s session. */
const record = async (phone: Page, groups: readonly Group[], serial: number): Promise<void> => {
  const occurredAt = new Date(Date.now() - 60_000).toISOString()
  const people = groups.flatMap(({ code, count, stay }) =>
    Array.from({ length: count }, () => ({ code, stay })),
  )
  const { queueVehicles: _, ...usual } = aScreening({ occurredAt }, serial)
  const command = {
    ...usual,
    ...(await placeOf(phone)),
    rulesVersion: 4,
    travellers: people.map(({ code, stay }, index) =>
      aTraveller({
        seat: index + 1,
        origin: { code, evidence: 'ticket' },
        readings: [aReading({ at: occurredAt })],
        exposures: stay === undefined ? [] : [{ areaCode: stay, leftOn: today(), evidence: 'declared' }],
      }),
    ),
  }
  const answer = await phone.evaluate(
    async (body) =>
      (
        await fetch('/api/screenings', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-guankou-client': 'console' },
          body,
        })
      ).text(),
    JSON.stringify(command),
  )
  expect(answer).toContain(command.id)
}

beforeAll(async () => {
  ;[system, browser] = await Promise.all([
    startRunningSystem({ runsModels: true }),
    chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    }),
  ])
  const phone = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await phone.goto(system.fieldLink.replace('/field/', '/console/'))
  await phone.waitForURL((address) => !address.pathname.endsWith('/sign-in'), { timeout: 60_000 })
  await record(
    phone,
    [
      { code: 442000, count: 60 },
      { code: 440100, count: 20 },
      { code: 421100, count: 12 },
    ],
    1,
  )
  await record(
    phone,
    [
      { code: 440100, count: 25, stay: 420100 },
      { code: 430100, count: 30, stay: 430100 },
    ],
    2,
  )
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  })
  await context.addInitScript(() => localStorage.setItem('guankou.console.locale', 'en'))
  page = await context.newPage()
  page.setDefaultTimeout(60_000)
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text())
  })
  await page.goto(system.consoleLink)
  await page.getByRole('heading', { name: /Situation/ }).waitFor()
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await system?.stop()
}, 240_000)

const expectAccessible = async (name: string): Promise<void> => {
  await page.waitForTimeout(300)
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `origins-${name}.png`) })
  await page.evaluate(await readFile(axePath, 'utf8'))
  const found = await page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`)
  expect(found).toEqual([])
  expect(
    await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'),
  ).toBe(true)
}

describe('a commander who looks where arrivals come from', () => {
  it('brings a file of which the row that does not fit comes back with its reason', async () => {
    await page.getByRole('link', { name: 'Origins' }).click()
    const file = join(tmpdir(), `cases-${Date.now()}.csv`)
    const header = 'date,origin_code,confirmed_cum,published_on'
    await writeFile(file, `${header}\n${today()},430100,12,${today()}\n${today()},430000,900,${today()}\n`)
    await page.getByLabel('CSV file').setInputFiles(file)
    await page.getByLabel('Source').fill('Bulletin of the commission')
    await page.getByLabel('Licence').fill('none stated')
    await page.getByRole('button', { name: 'Take in' }).click()
    await page.getByText('1 new, 0 known already, 1 refused').first().waitFor()
    await page.getByText(/Row 3 origin_code/).waitFor()
    await page.getByText('Bulletin of the commission').first().waitFor()
  })

  it('sees arrivals, risk with intervals and their stamp, by keyboard as well', async () => {
    const row = page.getByRole('row', { name: /Guangzhou/ }).first()
    await row.waitFor()
    expect(await row.textContent()).toContain('45')
    const figure = page.getByRole('button', { name: /Cases to expect, Wuhan/ })
    await figure.waitFor({ timeout: 240_000 })
    expect(await figure.getAttribute('title')).toMatch(/90 %[\s\S]*origins/i)
    await figure.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Imported cases to expect' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /Chance of one or more, Wuhan/ }).waitFor()
    await expectAccessible('table')
  }, 300_000)

  it('can compare the bars, for all begin and end at the same place', async () => {
    const bars = await page
      .locator('.interval-cell svg')
      .evaluateAll((all) => all.map((bar) => [bar.getBoundingClientRect().x, bar.clientWidth].join(' ')))
    expect(bars.length).toBeGreaterThan(1)
    expect(new Set(bars).size).toBe(1)
  })

  it('reads by keyboard what the counts say of a rule about an origin, and since when', async () => {
    const figure = page.getByRole('button', { name: /Findings per screened, / }).first()
    await figure.focus()
    await page.keyboard.press('Enter')
    const note = page.getByRole('dialog', { name: 'Fairness of rules about origins' })
    await note.getByText(/Rules v\d+/).waitFor()
    await note.getByText(/Recorded until/).waitFor()
    await page.keyboard.press('Escape')
    await note.waitFor({ state: 'detached' })
  })

  it('sees the same on the map, and that exposure is not where the last leg began', async () => {
    await page.getByText('Map', { exact: true }).click()
    await page.getByRole('img', { name: /Map of \d+ origins/ }).waitFor()
    await expectAccessible('map')
    await page.getByText('Table', { exact: true }).click()
    const wuhan = page.getByRole('region', { name: /Where people were/ }).getByRole('row', { name: /Wuhan/ })
    expect(await wuhan.textContent()).toContain('25')
  })

  it('goes down from an origin to counts by day and post', async () => {
    await page.getByRole('button', { name: 'Guangzhou', exact: true }).click()
    const counts = page.getByRole('region', { name: 'Counts by day and post' })
    await counts.getByRole('row').nth(1).waitFor()
    expect(await counts.textContent()).toContain('45')
    await expectAccessible('drawer')
    await page.getByRole('button', { name: 'Close' }).click()
    await counts.waitFor({ state: 'detached' })
    const opener = page.getByRole('button', { name: 'Wuhan', exact: true })
    await opener.focus()
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('dialog', { name: 'Wuhan' })
    await drawer
      .getByRole('button', { name: /Cases to expect, Wuhan, \d/ })
      .first()
      .click()
    const note = page.getByRole('dialog', { name: 'Imported cases to expect' })
    await note.getByText(/Unit: cases/).waitFor()
    await page.keyboard.press('Escape')
    await note.waitFor({ state: 'detached' })
    expect(await drawer.isVisible()).toBe(true)
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Wuhan')
  })

  it('counts whom a change of risk areas would reach, before anyone decides', async () => {
    await page.getByLabel('Area (name, pinyin or code)').fill('nowhere')
    await page.getByText('No area is known by this name or code').waitFor()
    await page.getByLabel('Area (name, pinyin or code)').fill('changsha')
    await page.getByText('Adds: Changsha 430100').waitFor()
    await page.getByLabel('Level').selectOption('high')
    await page.getByRole('button', { name: 'Add' }).click()
    await page.getByRole('button', { name: 'Count', exact: true }).click()
    await page.getByText('≈ 30 people').first().waitFor()
    await expectAccessible('preview')
  })

  it('fits a phone in both languages', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await expectAccessible('narrow-en')
    await page.getByRole('button', { name: '中文' }).click()
    await page
      .getByRole('heading', { name: /来源地/ })
      .first()
      .waitFor()
    await page.getByRole('row', { name: /广州/ }).first().waitFor()
    await expectAccessible('narrow-zh')
    expect(troubles).toEqual([])
  })
})
