import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@guankou/db/database.ts'
import { drillUrl, makeDrillSchema } from '@guankou/db/drill-schema.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import pino from 'pino'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { makeLink, requireAccount } from '../../apps/server/src/cli/sign-in-links.ts'
import { drillKeySettings } from '../../apps/server/src/drill/drill-keys.ts'
import { type RunningDrillServer, runDrill } from '../../apps/server/src/drill/run-drill.ts'
import { fronts } from '../../apps/server/src/http/fronts.ts'
import { openKeyCustody } from '../../apps/server/src/identity/key-custody.ts'

const shownFromMs = Date.parse('2020-02-10T00:00:00.000Z')
const sizes = [
  { width: 360, height: 740 },
  { width: 1440, height: 900 },
] as const

type Seen = {
  readonly text: string
  readonly covers: boolean
  readonly tabIsVisible: boolean
  readonly tabColour: string
  readonly wordIsLarge: boolean
  readonly wordShows: number
  readonly letsClicksThrough: boolean
  readonly isOnTop: boolean
}

/** Runs in the page, and is text because this side knows no DOM. */
const look = `(() => {
  const [frame, tab, word] = ['', ' b', ' i'].map((part) => document.querySelector('.drill-mark' + part))
  if (frame === null || tab === null || word === null) return {}
  const [around, top, across] = [frame, tab, word].map((each) => each.getBoundingClientRect())
  return {
    text: frame.textContent,
    covers: around.width === innerWidth && around.height === innerHeight,
    tabIsVisible: top.top < 10 && top.bottom > 8 && top.width > 60,
    tabColour: getComputedStyle(tab).backgroundColor,
    wordIsLarge: across.width > innerWidth / 2,
    wordShows: Number(getComputedStyle(word).opacity),
    letsClicksThrough: getComputedStyle(frame).pointerEvents === 'none',
    isOnTop: getComputedStyle(frame).zIndex === '2147483647',
  }
})()`

/** Whether each part of the mark is there, where it belongs and as large as it must be. */
const seen = (page: Page): Promise<Seen> => page.evaluate<Seen>(look)

describe.each(inject('databaseServers').slice(0, 1))('the marks of a drill', ({ url }) => {
  let database: TestDatabase
  let drill: RunningDrillServer
  let browser: Browser
  let folder: string
  const closing: (() => Promise<void>)[] = []
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guankou-drill-'))
    database = await createTestDatabase(url)
    await makeDrillSchema(database.url)
    const db = openDatabase({ url: drillUrl(database.url) })
    const keys = await openKeyCustody(drillKeySettings(folder, {}))
    const network = { host: '127.0.0.1', port: 0, trustProxy: false }
    drill = await runDrill(
      { db, keys, log: pino({ level: 'silent' }) },
      { ...network, shownFromMs, speed: 1 },
    )
    closing.push(drill.close, db.close)
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    })
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    for (const close of closing) await close()
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  })

  const linkOf = async (role: 'commander' | 'inspector', front: 'console' | 'field'): Promise<string> => {
    const { db } = drill.server.context
    const account = await requireAccount(db, { role })
    return (await makeLink(db, account, drill.server.address, front, drill.now())).url
  }
  const troublesOf = (page: Page): string[] => {
    const found: string[] = []
    page.on('pageerror', (error) => found.push(error.message))
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) found.push(message.text())
    })
    return found
  }
  const expectMarked = async (page: Page): Promise<void> => {
    const now = await seen(page)
    expect(now).toMatchObject({
      covers: true,
      tabIsVisible: true,
      wordIsLarge: true,
      letsClicksThrough: true,
      isOnTop: true,
      tabColour: 'rgb(179, 0, 27)',
    })
    expect(now.text).toContain('演练 DRILL')
    expect(now.wordShows).toBeGreaterThan(0.05)
    await page.emulateMedia({ media: 'print' })
    const printed = await seen(page)
    expect(printed).toMatchObject({ covers: true, tabIsVisible: true, wordIsLarge: true })
    expect(printed.wordShows).toBeGreaterThan(now.wordShows)
    await page.emulateMedia({ media: 'screen' })
    expect(await page.title()).toMatch(/^演练 DRILL · ./)
  }

  /** Addresses that each front answers with its page, known to it or not. */
  const pagesOf: Readonly<Record<(typeof fronts)[number], readonly string[]>> = {
    console: ['', 'sign-in', 'posts', 'devices', 'no-such-page'],
    field: ['', 'sign-in', 'lane', 'records', 'settings', 'index.html'],
    portal: ['', 'no-such-page'],
  }

  it.each(fronts.flatMap((front) => pagesOf[front].map((path) => `/${front}/${path}`)))(
    'are on %s, on a phone, a desk and paper, before anybody signs in',
    async (path) => {
      const context = await browser.newContext({
        viewport: sizes[0],
        locale: 'zh-CN',
        serviceWorkers: 'block',
      })
      const page = await context.newPage()
      const troubles = troublesOf(page)
      await page.goto(drill.server.address + path)
      await page.locator('#root > *').first().waitFor({ state: 'attached' })
      for (const size of sizes) {
        await page.setViewportSize(size)
        await expectMarked(page)
      }
      expect(troubles).toEqual([])
      await context.close()
    },
  )

  it.each([
    ['commander', 'console'],
    ['inspector', 'field'],
  ] as const)(
    'stay when a %s works in the %s, whose pages live in the time of the drill',
    async (role, front) => {
      const context = await browser.newContext({
        viewport: sizes[1],
        locale: 'zh-CN',
        serviceWorkers: 'block',
      })
      const page = await context.newPage()
      await page.goto(await linkOf(role, front))
      await page.waitForURL(({ pathname }) => !pathname.includes('sign-in'), { timeout: 60_000 })
      await expectMarked(page)
      const shown = await page.evaluate<number[]>(
        `[Date.now(), new Date().getTime(), Date.parse(Date()), new Date(Date.now()).valueOf()]`,
      )
      for (const ms of shown) expect(Math.abs(ms - drill.now())).toBeLessThan(60_000)
      const names = (await context.cookies()).map(({ name }) => name)
      expect(names.length).toBeGreaterThan(0)
      expect(names.filter((name) => !name.startsWith('guankou_drill_'))).toEqual([])
      await context.close()
    },
  )

  it('are in the icon and in the name that a phone shows', async () => {
    const { address } = drill.server
    const manifest = (await (await fetch(`${address}/field/manifest.webmanifest`)).json()) as Record<
      string,
      string
    >
    expect(manifest.name).toMatch(/^演练 DRILL /)
    expect(manifest.short_name).toMatch(/^演练 /)
    for (const front of fronts)
      expect(await (await fetch(`${address}/${front}/icon.svg`)).text()).toContain('>演</text>')
  })

  it('are not in what the live city serves', async () => {
    const { startTestServer, demoCityTemplate } = await import(
      '../../apps/server/tests-support/test-server.ts'
    )
    const liveDatabase = await createTestDatabase(url, demoCityTemplate)
    const live = await startTestServer({ databaseUrl: liveDatabase.url })
    for (const front of fronts) {
      const page = await fetch(`${live.address}/${front}/`)
      expect(await page.text()).not.toMatch(/drill|演练/i)
      expect(page.headers.get('content-security-policy')).not.toContain('sha256')
    }
    await live.close()
    await liveDatabase.drop()
  })
})
