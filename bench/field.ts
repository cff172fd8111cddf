import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { mostPackBytes } from '@guankou/contract/sync/pack.ts'
import { findAccountByLogin, insertAccounts } from '@guankou/db/queries/access/accounts.ts'
import { issueSignInLink } from '@guankou/server/use-cases/access/sign-in.ts'
import { type CDPSession, chromium, type Page } from 'playwright-core'
import { v7 } from 'uuid'
import { createLaneHand } from '../tests/journeys/lane-hand.ts'
import { buildFillScript } from './field/fill-script.ts'
import {
  countProcessorTime,
  notingTouches,
  quantileOf,
  restedAfter,
  takeInteractions,
  throttle,
  watchInteractions,
} from './field/interactions.ts'
import { makeCommands } from './ingest/commands.ts'
import { startSystem } from './ingest/system.ts'
import { bringList } from './reconnect/match-list.ts'

/**
 * A phone that was three days without a network: how quick its screens are with nothing and with 5,000 vehicles held, how long it
 * takes to bring them, and whether any is lost. Real Chromium, slowed down four times, against a real server.
 */
const { values } = parseArgs({
  options: { vehicles: { type: 'string', default: '5000' }, cars: { type: 'string', default: '10' } },
})
const vehicles = Number(values.vehicles)
const carsMeasured = Number(values.cars)
const slowdown = 4
const msPerHour = 3_600_000
const perChunk = 250

const limits = { interactionMs: 100, uploadSeconds: 120, firstLoadBytes: 300_000 }
const shareOf = (value: number | null, limit: number): number | null =>
  value === null ? null : Number((value / limit).toFixed(2))

const say = (text: string): void => void process.stderr.write(`${text}\n`)
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
]

const system = await startSystem()
const origin = `http://${system.target.host}:${system.target.port}`
const fillScript = await buildFillScript()
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args,
})
const post = system.reference.posts[0]
if (post === undefined) throw new Error('the demo city has no posts')

const signInAddress = async (): Promise<string> => {
  const login = 'bench-inspector'
  const name = { zh: '查验员', en: 'Inspector' }
  await insertAccounts(system.db.query, [
    { id: v7(), login, name, role: 'inspector', areaCode: post.jurisdiction, crew: null },
  ])
  const account = await findAccountByLogin(system.db.query, login)
  if (account === undefined) throw new Error('the account was not made')
  const { token } = await issueSignInLink(system.db, account, Date.now())
  return `${origin}/field/sign-in#token=${token}`
}

/** Commands as three days bring them. */
const commandsOf = (chunk: number, chunks: number): RecordScreening[] => {
  const at = Date.now() - ((chunks - chunk) * 72 * msPerHour) / chunks
  const commands = makeCommands([post], system.reference.responses[0]?.id ?? '', perChunk, at)
  for (const { conveyance } of commands) if (conveyance.plate !== undefined) platesSeen.add(conveyance.plate)
  return commands
}

type Bench = {
  readonly fillPhone: (commands: readonly RecordScreening[]) => Promise<boolean>
  readonly choosePost: (postId: number) => Promise<void>
}
declare const guankouBench: Bench

const withFill = async (page: Page): Promise<void> => {
  await page.route('**/field/bench-fill.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: fillScript }),
  )
  await page.addScriptTag({ url: '/field/bench-fill.js' })
}

/** Plates that are on the phone already: a vehicle that returns is offered what is known of it, and entered otherwise. */
const platesSeen = new Set<string>()

/** What is typed of a plate that was not here before. */
const freshPlate = (): string => {
  for (let number = 10_000; ; number += 1) {
    const plate = `粤C${number}`
    if (platesSeen.has(plate)) continue
    platesSeen.add(plate)
    return String(number)
  }
}

/** Vehicles of two well people each, entered as a thumb does. @returns milliseconds of each interaction */
const enterCars = async (page: Page, count: number): Promise<number[]> => {
  const hand = createLaneHand(page)
  const all: number[] = []
  for (let car = 0; car < count; car += 1) {
    await hand.recordWell(freshPlate(), 2)
    // What follows a record in the background belongs to the next touch.
    await hand.next()
    all.push(...(await takeInteractions(page, 5 + 1 + 1 + 1 + 1 + 1)))
  }
  return all
}

/**
 * The same once more at full speed, counting processor time instead of what a clock shows, so that other programs on the machine do not
 * show in it. @returns milliseconds of each touch, times the slowdown
 */
const countCars = async (page: Page, session: CDPSession, count: number): Promise<number[]> => {
  await throttle(session, 1)
  const noted: number[] = []
  const hand = createLaneHand(notingTouches(page, session, noted))
  for (let car = 0; car < count; car += 1) {
    await hand.recordWell(freshPlate(), 2)
    await hand.next()
  }
  await throttle(session, slowdown)
  return noted.map((ms) => ms * slowdown)
}

const spreadOf = (ms: readonly number[]) => ({
  p50: quantileOf(ms, 0.5),
  p95: quantileOf(ms, 0.95),
  most: quantileOf(ms, 1),
  n: ms.length,
})

/** The touches of one vehicle, in their order. */
const touches = [
  'key',
  'key',
  'key',
  'key',
  'key',
  'plate-done',
  'people',
  'all-under',
  'finish',
  'next',
] as const

/** The 95th percentile of each kind of touch. */
const byTouch = (ms: readonly number[]): Readonly<Record<string, number | null>> =>
  Object.fromEntries(
    [...new Set(touches)].map((touch) => [
      touch,
      quantileOf(
        ms.filter((_, index) => touches[index % touches.length] === touch),
        0.95,
      ),
    ]),
  )

const storedCount = async (): Promise<{ rows: number; ids: number }> => {
  const { rows } = await system.db.pool.query<{ rows: number; ids: number }>(
    'select count(*)::integer as rows, count(distinct id)::integer as ids from screenings',
  )
  return rows[0] ?? { rows: 0, ids: 0 }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Bytes of each address as they came over the wire, packed as they were. */
const countWire = (page: Page): ReadonlyMap<string, number> => {
  const bytes = new Map<string, number>()
  page.on('requestfinished', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/api/') || bytes.has(pathname)) return
    void request.sizes().then(({ responseBodySize }) => bytes.set(pathname, responseBodySize))
  })
  return bytes
}

/** What came for the first screen: the page and every script and style that it names; and all that came besides. */
const loadsOf = async (page: Page, wire: ReadonlyMap<string, number>) => {
  const html = await (await page.request.get(`${origin}/field/sign-in`)).text()
  const named = [...html.matchAll(/(?:src|href)="(\/field\/[^"]+\.(?:js|css))"/g)].map(
    ([, path = '']) => path,
  )
  const sizes = [...new Set(['/field/sign-in', ...named])].map((path) => wire.get(path))
  if (sizes.includes(undefined)) throw new Error('a part of the first load did not come over the wire')
  const first = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0)
  return { first, later: [...wire.values()].reduce((sum, size) => sum + size, 0) - first }
}

const packBytes = async (page: Page): Promise<number> => {
  const { version, area } = await page.evaluate(async () => {
    const answer = await fetch('/api/sync/pack-head', { headers: { 'x-guankou-client': 'field' } })
    return (await answer.json()) as { version: string; area: number }
  })
  const query = `division=${area}&version=${version}`
  const answer = await page.request.fetch(`${origin}/api/sync/pack-content?${query}`, {
    headers: { 'accept-encoding': 'br' },
  })
  return Number(answer.headers()['content-length'] ?? (await answer.body()).length)
}

try {
  await bringList(system, 20_000)
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    locale: 'zh-CN',
    // The worker's own requests would be counted as the page's.
    serviceWorkers: 'allow',
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => say(`page: ${error.message}`))
  await watchInteractions(page)
  const wire = countWire(page)
  await page.goto(await signInAddress())
  await page.waitForURL(/\/field\/(place|lane)/)
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
  await pause(2_000)
  const { first: firstLoad, later: laterLoad } = await loadsOf(page, wire)
  const pack = await packBytes(page)
  say(`first load ${firstLoad} bytes, later ${laterLoad}, pack ${pack} bytes`)
  await withFill(page)
  await page.evaluate((postId) => guankouBench.choosePost(postId), post.id)
  await context.setOffline(true)
  await page.goto(`${origin}/field/lane`)
  await page.getByRole('group', { name: '车牌键盘' }).waitFor()
  const session = await context.newCDPSession(page)
  await throttle(session, slowdown)
  await countProcessorTime(session)
  await enterCars(page, 2)
  const empty = await enterCars(page, carsMeasured)
  const emptyBusy = await countCars(page, session, carsMeasured)
  say(`with nothing held: ${JSON.stringify([spreadOf(empty), spreadOf(emptyBusy)])}`)
  await throttle(session, 1)
  await withFill(page)
  const chunks = Math.ceil(vehicles / perChunk)
  let sealedForServer = true
  for (let chunk = 0; chunk < chunks; chunk += 1)
    sealedForServer =
      (await page.evaluate((commands) => guankouBench.fillPhone(commands), commandsOf(chunk, chunks))) &&
      sealedForServer
  say(`${chunks * perChunk} vehicles on the phone, sealed for the server: ${sealedForServer}`)
  await page.reload()
  await page.getByRole('group', { name: '车牌键盘' }).waitFor()
  // What a start reads is not what an entry waits for; it is told apart.
  const startMs = await restedAfter(session)
  await throttle(session, slowdown)
  await enterCars(page, 2)
  const full = await enterCars(page, carsMeasured)
  const fullBusy = await countCars(page, session, carsMeasured)
  say(`with ${vehicles} held: ${JSON.stringify([spreadOf(full), spreadOf(fullBusy)])}`)
  const made = chunks * perChunk + 2 * (2 * carsMeasured + 2)
  await pause(6_000)
  const startedAt = performance.now()
  await context.setOffline(false)
  let [stored, seconds] = [await storedCount(), 0]
  while (stored.ids < made && seconds < 600) {
    await pause(250)
    stored = await storedCount()
    seconds = (performance.now() - startedAt) / 1_000
  }
  await createLaneHand(page)
    .seeState(/已同步/)
    .catch(() => say('the header does not say that all is sent'))
  console.log(
    JSON.stringify({
      bench: 'field',
      slowdown,
      vehicles: chunks * perChunk,
      interactionMs: { empty: spreadOf(empty), held: spreadOf(full) },
      processorMs: { empty: spreadOf(emptyBusy), held: spreadOf(fullBusy) },
      processorP95ByTouch: { empty: byTouch(emptyBusy), held: byTouch(fullBusy) },
      startProcessorMs: Math.round(startMs * slowdown),
      uploadSeconds: Number(seconds.toFixed(1)),
      made,
      stored: stored.rows,
      lost: made - stored.ids,
      doubled: stored.rows - stored.ids,
      firstLoadBytes: firstLoad,
      laterLoadBytes: laterLoad,
      packBytes: pack,
      shareOfLimit: {
        interactionP95: shareOf(quantileOf(full, 0.95), limits.interactionMs),
        processorP95: shareOf(quantileOf(fullBusy, 0.95), limits.interactionMs),
        upload: shareOf(seconds, limits.uploadSeconds),
        firstLoad: shareOf(firstLoad, limits.firstLoadBytes),
        pack: shareOf(pack, mostPackBytes),
      },
      loadAverage: Number((loadavg()[0] ?? 0).toFixed(1)),
    }),
  )
} finally {
  await browser.close()
  await system.stop()
}
