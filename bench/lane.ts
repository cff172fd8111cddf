import { setTimeout as pause } from 'node:timers/promises'
import { frontHeader } from '@guankou/contract/client.ts'
import type { DeclarationForm, SignedDeclaration } from '@guankou/contract/declarations/endpoints.ts'
import { type Browser, chromium, type Page } from 'playwright-core'
import { type RunningSystem, startRunningSystem } from '../tests/journeys/running-system.ts'
import { operators, secondsOf, type Tally, tapsOf } from './lane/keystroke-model.ts'
import { createThumb, type Thumb } from './lane/thumb.ts'

/**
 * How long a vehicle of three takes at the lane: a scripted thumb in a real Chromium against the running system, counting
 * touches and the screen's answers, timed by the keystroke-level model. The thermometer and reading the plate off the
 * vehicle are not the app's share.
 */
const runs = Number(process.env.GUANKOU_BENCH_RUNS ?? 5)
/** A cheap phone beside this machine. */
const throttle = Number(process.env.GUANKOU_BENCH_THROTTLE ?? 4)

const mostWaitSeconds = 180

const say = (text: string): void => void process.stderr.write(`${text}\n`)
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits))

const key = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const named = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

const plateKeys = '.pad-five'
const typeKeys = async (page: Page, thumb: Thumb, keys: string): Promise<void> => {
  for (const each of keys) await thumb.key(key(page, each), plateKeys)
}

/** Never seen before: plate, how many, everybody measured and under, done, next. */
const firstTime = async (page: Page, thumb: Thumb, tail: string): Promise<Tally> => {
  thumb.begin()
  await typeKeys(page, thumb, tail)
  await thumb.command(named(page, '下一步'), '.lane-count')
  await thumb.key(key(page, '3'), '.lane-temperature')
  await thumb.command(named(page, '全部低于 37.3 摄氏度'), '.key-go:not([aria-disabled="true"])')
  await thumb.command(named(page, '完成'), '.outcome-word')
  await thumb.command(named(page, '下一辆'), '.lane-plate')
  return thumb.tally()
}

/** Recorded by this phone before: three characters, and one touch for the same people. */
const returning = async (page: Page, thumb: Thumb, tail: string): Promise<Tally> => {
  thumb.begin()
  await typeKeys(page, thumb, tail.slice(-3, -1))
  await thumb.key(key(page, tail.slice(-1)), '.match-go')
  await thumb.command(page.locator('.match', { hasText: tail }).locator('.match-go'), '.passed')
  return thumb.tally()
}

/** Declared before, its code read by a reader at the keyboard: who it is, one look, one touch. */
const predeclared = async (page: Page, thumb: Thumb, code: string): Promise<Tally> => {
  thumb.begin()
  await thumb.reader(code, '.scan-pass')
  await thumb.command(page.locator('.scan-pass'), '.passed')
  return thumb.tally()
}

/** A car of three, declared as its people would at the portal. */
const signedCode = async (system: RunningSystem, run: number): Promise<string> => {
  const form = (await (await fetch(`${system.origin}/api/public/declaration-form`)).json()) as DeclarationForm
  const [response] = form.responses
  if (response === undefined) throw new Error('nothing can be declared')
  const person = { originCode: 442000, stays: [], contactWithCase: false, symptoms: [] }
  const declaration = {
    id: `PREDECLAREDCAR${String.fromCharCode(65 + Math.floor(run / 6))}${2 + (run % 6)}`,
    responseId: response.id,
    rulesVersion: response.rulesVersion,
    conveyance: { kind: 'car', plate: `粤C${String(88_000 + run)}` },
    people: ['测试甲', '测试乙', '测试丙'].map((name) => ({ ...person, name, document: { kind: 'none' } })),
  }
  const answer = await fetch(`${system.origin}/api/public/declarations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [frontHeader]: 'portal' },
    body: JSON.stringify(declaration),
  })
  if (answer.status !== 201) throw new Error(`not signed: ${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as SignedDeclaration).text
}

/** Recorded by another phone: the whole plate, the server's answer with who it was, one touch. */
const returningByServer = async (page: Page, thumb: Thumb, tail: string): Promise<Tally> => {
  thumb.begin()
  await typeKeys(page, thumb, tail.slice(0, -1))
  await thumb.key(key(page, tail.slice(-1)), '.match-go')
  await thumb.command(page.locator('.match', { hasText: tail }).locator('.match-go'), '.passed')
  return thumb.tally()
}

const openPhone = async (browser: Browser, system: RunningSystem, link: string): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(link)
  await named(page, /卡口/).first().click()
  await named(page, '1 车道').click()
  await page.getByRole('group', { name: '车牌键盘' }).waitFor()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttle })
  if (!page.url().startsWith(system.origin)) throw new Error('the phone left the system')
  return page
}

const summaryOf = (tallies: readonly Tally[]) => {
  const seconds = tallies.map(secondsOf)
  const [first] = tallies
  if (first === undefined) throw new Error('nothing was measured')
  return {
    seconds: rounded(median(seconds)),
    taps: tapsOf(first),
    least: rounded(Math.min(...seconds)),
    most: rounded(Math.max(...seconds)),
    operators: { K: first.K, M: first.M, P: first.P, B: first.B },
    pointingSeconds: rounded(median(tallies.map((tally) => tally.pointingSeconds))),
    responseSeconds: rounded(median(tallies.map((tally) => tally.responseSeconds)), 3),
  }
}

/** Entry times as the app measured and sent them, seconds, in the order of the lane. */
const meterOf = async ({ db }: RunningSystem): Promise<readonly number[]> => {
  const rows = await db.query
    .selectFrom('screenings')
    .select(['started_at', 'occurred_at', 'traveller_count'])
    .orderBy('occurred_at')
    .execute()
  if (rows.some((row) => row.traveller_count !== 3)) throw new Error('a vehicle lost somebody')
  return rows.map((row) => (row.occurred_at.getTime() - row.started_at.getTime()) / 1_000)
}

/** Waits until so many vehicles have arrived. */
const arrived = async ({ db }: RunningSystem, vehicles: number): Promise<void> => {
  for (let waited = 0; waited < mostWaitSeconds; waited += 1) {
    const rows = await db.query.selectFrom('screenings').select('id').execute()
    if (rows.length >= vehicles) return
    await pause(1_000)
  }
  throw new Error(`not all of ${vehicles} vehicles arrived`)
}

const tailOf = (run: number): string => `B${String(7_340 + run * 111)}`

const measure = async (system: RunningSystem, browser: Browser) => {
  const page = await openPhone(browser, system, system.fieldLink)
  const thumb = createThumb(page)
  const vehicles = Array.from({ length: runs }, (_, run) => tailOf(run))
  const first: Tally[] = []
  for (const tail of vehicles) first.push(await firstTime(page, thumb, tail))
  say('first-time vehicles done')
  const again: Tally[] = []
  for (const tail of vehicles) again.push(await returning(page, thumb, tail))
  say('returning vehicles done')
  const codes = await Promise.all(vehicles.map((_, run) => signedCode(system, run)))
  const declared: Tally[] = []
  for (const code of codes) declared.push(await predeclared(page, thumb, code))
  say('declared vehicles done')
  await arrived(system, runs * 3)
  const meters = await meterOf(system)
  await page.context().close()
  const other = await openPhone(browser, system, await newLink(system))
  const otherThumb = createThumb(other)
  const told: Tally[] = []
  for (const tail of vehicles) told.push(await returningByServer(other, otherThumb, tail))
  await arrived(system, runs * 4)
  return { first, again, declared, told, meters }
}

/** A link for a phone of its own, of the same inspector. */
const newLink = async (system: RunningSystem): Promise<string> => {
  const printed = await system.ask(
    'sign-in-link',
    '--role',
    'inspector',
    '--front',
    'field',
    '--origin',
    system.origin,
  )
  const link = /http\S+#token=\S+/.exec(printed)?.[0]
  if (link === undefined) throw new Error(`no link in: ${printed}`)
  return link
}

const system = await startRunningSystem({ runsModels: true })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
})
try {
  const { first, again, declared, told, meters } = await measure(system, browser)
  if (meters.length !== runs * 3) throw new Error(`${meters.length} vehicles arrived, not ${runs * 3}`)
  console.log(
    JSON.stringify({
      bench: 'lane',
      returning: summaryOf(again),
      predeclared: summaryOf(declared),
      firstTime: summaryOf(first),
      returningByServer: summaryOf(told),
      people: 3,
      model: {
        source: '10.1145/358886.358895',
        operators: { ...operators, P: '0.8 + 0.1 log2(d/s + 0.5)', R: 'measured' },
        leftOut: 'reading the plate, the thermometer, errors',
      },
      ownMeterSeconds: {
        firstTime: rounded(median(meters.slice(0, runs))),
        returning: rounded(median(meters.slice(runs, runs * 2))),
      },
      runs,
      cpuThrottle: throttle,
    }),
  )
} finally {
  await browser.close()
  await system.stop()
}
