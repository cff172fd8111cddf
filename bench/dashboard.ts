import { statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import type {
  SituationCurve,
  SituationOrigins,
  SituationPosts,
  SituationSummary,
} from '@guankou/contract/situation/endpoints.ts'
import { findAccountByLogin } from '@guankou/db/queries/access/accounts.ts'
import { findRollupDifferences } from '@guankou/db/queries/situation/verify-rollups.ts'
import { addDays, daySlotOf } from '@guankou/domain/places/calendar.ts'
import { issueSignInLink } from '@guankou/server/use-cases/access/sign-in.ts'
import { startOfDayMs } from '@guankou/simulator/arrivals/arrival-times.ts'
import { drawTemplate } from './dashboard/draw-template.ts'
import { fillDays, planDays } from './dashboard/fill-days.ts'
import { filledRollups, fillRollups } from './dashboard/fill-rollups.ts'
import { type Counted, countByGroups, countedEndpoints, type DayAndYesterday } from './dashboard/group-by.ts'
import {
  createReader,
  type Latencies,
  pageEndpoints,
  pathOf,
  type Reader,
  signIn,
  timePage,
} from './dashboard/page-load.ts'
import { type System, startSystem } from './ingest/system.ts'

/**
 * How long the Situation page waits for its figures over a month of facts, and how long the same figures take counted
 * by GROUP BY over those facts, in the same run.
 */
const screenings = Number(process.env.GUANKOU_BENCH_SCREENINGS ?? 5_000_000)
const days = 30
const bytesPerScreening = 3_000
const rounds = { 1: 150, 8: 600 } as const
const groupByRuns = 5

const say = (text: string): void => void process.stderr.write(`${text}\n`)

const rounded = (value: number): number => Number(value.toFixed(value < 100 ? 2 : 0))

const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

const figuresOf = (values: readonly number[]) => ({
  p50: rounded(quantile(values, 0.5)),
  p95: rounded(quantile(values, 0.95)),
})

const requireRoom = async (): Promise<void> => {
  if (!Number.isInteger(screenings) || screenings < 100_000)
    throw new Error('GUANKOU_BENCH_SCREENINGS is a whole number from 100000')
  const { bavail, bsize } = await statfs(tmpdir())
  const needed = screenings * bytesPerScreening + 2 ** 31
  if (bavail * bsize < needed)
    throw new Error(
      `${tmpdir()} needs ${Math.ceil(needed / 2 ** 30)} GiB of free space; set TMPDIR to a larger disk`,
    )
}

const fill = async ({ db, keys }: System, timeZone: string, nowMs: number): Promise<string[]> => {
  const startedAt = performance.now()
  const elapsed = (): string => `${((performance.now() - startedAt) / 1_000).toFixed(0)} s`
  const { day: today } = daySlotOf(timeZone, nowMs)
  const template = await drawTemplate(db, { keys, day: addDays(today, -1), timeZone })
  say(`${elapsed()}: ${template.screenings} screenings drawn and recorded through all layers`)
  const plan = await planDays(db, template, { screenings, days, nowMs })
  let filled = template.screenings
  await fillDays(db, template, plan, (each) => {
    filled += each.screenings
    say(`${elapsed()}: facts of ${each.day}, ${filled} screenings`)
  })
  const dates = plan.map((each) => each.day)
  await fillRollups(db, timeZone, dates, (day) => say(`${elapsed()}: roll-ups of ${day}`))
  await db.pool.query('drop schema bench cascade')
  await db.pool.query('vacuum (analyze)')
  await db.pool.query('checkpoint')
  say(`${elapsed()}: filled`)
  return dates
}

/** Of the roll-ups that the page reads; others are not filled. */
const requireExact = async ({ db }: System, dates: readonly string[]): Promise<void> => {
  for (const day of dates) {
    const all = await findRollupDifferences(db.query, day)
    const differences = all.filter(({ rollup }) => filledRollups.some((table) => table === rollup))
    if (differences.length > 0)
      throw new Error(`roll-ups differ from facts on ${day}: ${JSON.stringify(differences.slice(0, 3))}`)
  }
}

/** Vehicles and travellers of a day as each endpoint tells them; the curve knows no travellers, the origins no vehicles. */
const shownBy = async (reader: Reader, area: number, day: string, endpoint: Counted) => {
  const path = pathOf(endpoint, area, day)
  switch (endpoint) {
    case 'summary': {
      const { today } = await reader.json<SituationSummary>(path)
      return { vehicles: today.vehicles, travellers: today.travellers }
    }
    case 'posts': {
      const { posts } = await reader.json<SituationPosts>(path)
      const sum = (key: 'vehicles' | 'travellers') =>
        posts.reduce((total, post) => total + post.today[key], 0)
      return { vehicles: sum('vehicles'), travellers: sum('travellers') }
    }
    case 'origins':
      return { vehicles: 0, travellers: (await reader.json<SituationOrigins>(path)).travellersTotal }
    case 'curve': {
      const { vehicles } = await reader.json<SituationCurve>(path)
      return { vehicles: vehicles.reduce<number>((total, count) => total + (count ?? 0), 0), travellers: 0 }
    }
  }
}

const dayAndYesterday = (timeZone: string, day: string): DayAndYesterday => ({
  day,
  yesterday: addDays(day, -1),
  startMs: startOfDayMs(timeZone, day),
  endMs: startOfDayMs(timeZone, addDays(day, 1)),
  yesterdayStartMs: startOfDayMs(timeZone, addDays(day, -1)),
})

/** How much was filled: people, and gigabytes of 10^9 bytes with indexes. */
const sizeOf = async ({ db }: System) => {
  const { rows } = await db.pool.query<{ travellers: number; bytes: number }>(
    `select sum(travellers)::bigint as travellers, pg_database_size(current_database()) as bytes
     from rollup_origin_days`,
  )
  const { travellers = 0, bytes = 0 } = rows[0] ?? {}
  return { travellers, databaseGigabytes: rounded(bytes / 1e9) }
}

type Place = { readonly area: number; readonly jurisdictions: readonly number[]; readonly timeZone: string }

/** Median milliseconds of counting anew, by endpoint, on the days given in turn; the sums must be those shown. */
const timeGroupBy = async (system: System, reader: Reader, place: Place, dates: readonly string[]) => {
  const medians = {} as Record<Counted, number>
  for (const endpoint of countedEndpoints) {
    const milliseconds: number[] = []
    for (let run = -1; run < groupByRuns; run += 1) {
      const day = dates[(run + dates.length) % dates.length] ?? ''
      const when = dayAndYesterday(place.timeZone, day)
      const counted = await countByGroups(system.db, endpoint, place.jurisdictions, when)
      const shown = await shownBy(reader, place.area, day, endpoint)
      if (counted.vehicles !== shown.vehicles || counted.travellers !== shown.travellers)
        throw new Error(
          `${endpoint} of ${day} shows ${JSON.stringify(shown)}, counted ${JSON.stringify(counted)}`,
        )
      // The first run warms the cache and is left out.
      if (run >= 0) milliseconds.push(counted.milliseconds)
    }
    medians[endpoint] = quantile(milliseconds, 0.5)
    say(`group by, ${endpoint}: ${milliseconds.map((each) => each.toFixed(0)).join(' ')} ms`)
  }
  return medians
}

const timeEndpoints = async (system: System, token: string, area: number, pastDays: readonly string[]) => {
  const server = new URL(`http://${system.target.host}:${system.target.port}`)
  const byConcurrency = {} as Record<keyof typeof rounds, Latencies>
  for (const atOnce of [1, 8] as const) {
    const reader = createReader(server, token, atOnce)
    await timePage(reader, { area, pastDays, rounds: 60, atOnce })
    byConcurrency[atOnce] = await timePage(reader, { area, pastDays, rounds: rounds[atOnce], atOnce })
    reader.close()
    for (const endpoint of pageEndpoints)
      say(`${endpoint}, ${atOnce} at once: ${JSON.stringify(figuresOf(byConcurrency[atOnce][endpoint]))}`)
  }
  return byConcurrency
}

await requireRoom()
const system = await startSystem()
try {
  const nowMs = Date.now()
  const city = system.reference.installation?.cityCode ?? 0
  const place: Place = {
    area: city,
    jurisdictions: system.reference.jurisdictionsIn(city) ?? [],
    timeZone: system.reference.jurisdiction(city)?.timeZone ?? 'UTC',
  }
  const dates = await fill(system, place.timeZone, nowMs)
  const pastDays = dates.slice(1, -1)
  await requireExact(system, [...dates.slice(-2), ...dates.slice(0, 1)])
  const account = await findAccountByLogin(system.db.query, 'commander')
  if (account === undefined) throw new Error('the demo city has no commander')
  const link = await issueSignInLink(system.db, account, nowMs)
  const server = new URL(`http://${system.target.host}:${system.target.port}`)
  const token = await signIn(server, link.token)
  const latencies = await timeEndpoints(system, token, city, pastDays)
  const reader = createReader(server, token, 1)
  const counted = await timeGroupBy(system, reader, place, pastDays.slice(-3))
  reader.close()
  const endpoints = Object.fromEntries(
    pageEndpoints.map((endpoint) => {
      const alone = figuresOf(latencies[1][endpoint])
      const groupByMs = endpoint === 'events' ? undefined : counted[endpoint]
      const recounted =
        groupByMs === undefined
          ? {}
          : { groupByMs: rounded(groupByMs), ratio: rounded(groupByMs / alone.p50) }
      return [endpoint, { 1: alone, 8: figuresOf(latencies[8][endpoint]), ...recounted }]
    }),
  )
  const all = {
    1: figuresOf(Object.values(latencies[1]).flat()),
    8: figuresOf(Object.values(latencies[8]).flat()),
  }
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
  const groupByMs = total(Object.values(counted))
  const rollupMs = total(countedEndpoints.map((endpoint) => quantile(latencies[1][endpoint], 0.5)))
  console.log(
    JSON.stringify({
      bench: 'dashboard',
      screenings,
      ...(await sizeOf(system)),
      p95: all[1].p95,
      groupByMs: rounded(groupByMs),
      rollupMs: rounded(rollupMs),
      ratio: rounded(groupByMs / rollupMs),
      all,
      endpoints,
    }),
  )
} finally {
  await system.stop()
}
