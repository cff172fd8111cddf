import { loadavg } from 'node:os'
import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { fetchPackHead, type Pack, type PackHead } from '@guankou/contract/sync/pack.ts'
import { findRollupDifferences, readCountedDays } from '@guankou/db/queries/situation/verify-rollups.ts'
import { createIdentitySealer } from '@guankou/server/identity/identity-sealer.ts'
import { measureCeiling } from './ingest/ceiling.ts'
import { makeCommands } from './ingest/commands.ts'
import { startSystem } from './ingest/system.ts'
import { type EnrolledPhone, enrolPhones } from './reconnect/enrolled-phones.ts'
import { openLine } from './reconnect/line.ts'
import { bringList } from './reconnect/match-list.ts'
import { readOptions } from './reconnect/options.ts'
import { createPackReader } from './reconnect/pack-reader.ts'
import { peakMegabytes, residentMegabytes } from './reconnect/server-memory.ts'
import { createSimulatedPhone, type SimulatedPhone, type Told } from './reconnect/simulated-phone.ts'

/**
 * All phones of a city come back after an outage: each looks for its pack and brings what it holds, by the machines and the
 * retry rules of the app, against a server process and PostgreSQL on this machine. Afterwards everything is counted.
 */
const options = readOptions()
const city = 440400
const rollUpsOf = findRollupDifferences

const say = (text: string): void => void process.stderr.write(`${text}\n`)

const quantile = (values: readonly number[], share: number): number | null => {
  const sorted = Float64Array.from(values).sort()
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
  return value === undefined ? null : Math.round(value)
}

const quantiles = (values: readonly number[]) => ({
  p50: quantile(values, 0.5),
  p95: quantile(values, 0.95),
  p99: quantile(values, 0.99),
})

const system = await startSystem()
const { posts } = system.reference
const responseId = system.reference.responses[0]?.id ?? ''
const line = openLine(system.target.host, system.target.port)
const reader = createPackReader()
const told: Told = {
  asked: 0,
  shed: 0,
  unreachable: 0,
  refusedOtherwise: {},
  packs: { whole: 0, delta: 0, unchanged: 0 },
  packsFresh: 0,
  pushMs: [],
  packMs: [],
  accepted: new Set(),
  rejected: 0,
}

/** The pack in force, as a phone has it. */
const packNow = async ({ token }: EnrolledPhone): Promise<Pack> => {
  const headers = { 'x-guankou-client': 'field', cookie: `guankou_field=${token}`, 'accept-encoding': 'br' }
  const answer = await line.send('GET', fetchPackHead.path, headers)
  const { area, matchKeys: _, ...signed } = JSON.parse(await reader.textOf(answer)) as PackHead
  const query = `division=${area}&version=${signed.version}`
  const content = await line.send('GET', `/api/sync/pack-content?${query}`, headers)
  packBytes = content.body.length
  return { ...signed, content: await reader.textOf(content) }
}
let packBytes = 0

const commandsOf = (index: number): RecordScreening[] => {
  const most = options.recordsEach * 2 - 1
  return makeCommands(posts, responseId, 1 + (index % most), Date.now() - (index % 3_600) * 1_000)
}

const makePhones = async (enrolled: readonly EnrolledPhone[], old: Pack, current: Pack) => {
  const phones: SimulatedPhone[] = []
  const ids = new Set<string>()
  for (const [index, phone] of enrolled.entries()) {
    const commands = commandsOf(index)
    for (const { id } of commands) ids.add(id)
    // A third each: away for long and without a pack, away since before the list changed, and up to date.
    const held = [undefined, old, current][index % 3]
    phones.push(await createSimulatedPhone({ phone, line, told, reader, held, commands }))
  }
  return { phones, ids }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Runs until the server has everything and every phone has its pack, or the time is over. @returns seconds of each */
const drain = async (phones: readonly SimulatedPhone[], records: number) => {
  const startedAt = performance.now()
  const seconds = () => (performance.now() - startedAt) / 1_000
  for (const phone of phones) setTimeout(phone.online, Math.random() * options.spreadSeconds * 1_000)
  let [recordsIn, packsIn] = [Number.NaN, Number.NaN]
  for (let round = 0; seconds() < options.mostSeconds; round += 1) {
    await pause(100)
    if (Number.isNaN(recordsIn) && told.accepted.size >= records) recordsIn = seconds()
    if (Number.isNaN(packsIn) && told.packsFresh >= phones.length) packsIn = seconds()
    if (recordsIn > 0 && packsIn > 0) break
    if (round % 50 === 0)
      say(
        `${seconds().toFixed(0)} s: ${told.accepted.size} records, ${told.packsFresh} packs, ${told.shed} shed`,
      )
  }
  return { recordsIn, packsIn }
}

/** What the database holds of the records, against what was made and what phones were told. */
const countStored = async (ids: ReadonlySet<string>) => {
  const { rows } = await system.db.pool.query<{ id: string }>('select id from screenings')
  const seen = new Map<string, number>()
  for (const { id } of rows) if (ids.has(id)) seen.set(id, (seen.get(id) ?? 0) + 1)
  const doubled = [...seen.values()].filter((times) => times > 1).length
  const acknowledgedMissing = [...told.accepted].filter((id) => !seen.has(id)).length
  let differences = 0
  for (const day of await readCountedDays(system.db.query))
    differences += (await rollUpsOf(system.db.query, day)).length
  return { lost: ids.size - seen.size, doubled, acknowledgedMissing, differences }
}

try {
  say(`${options.phones} phones are enrolled`)
  const enrolled = await enrolPhones(system.db, options.phones, city)
  const [first] = enrolled
  if (first === undefined) throw new Error('no phones')
  await bringList(system, options.listEntries)
  await pause(6_000)
  const old = await packNow(first)
  await bringList(system, 25)
  await pause(6_000)
  const current = await packNow(first)
  if (old.version === current.version) throw new Error('the pack did not change')
  const wholePackBytes = packBytes
  const { phones, ids } = await makePhones(enrolled, old, current)
  const restingMegabytes = residentMegabytes(system.serverPid)
  const before = system.cpuSeconds()
  say(`${ids.size} records wait on ${phones.length} phones; the line is back`)
  const { recordsIn, packsIn } = await drain(phones, ids.size)
  const after = system.cpuSeconds()
  await pause(1_000)
  const waiting = (await Promise.all(phones.map((phone) => phone.waiting()))).reduce(
    (sum, each) => sum + each,
    0,
  )
  for (const phone of phones) phone.stop()
  const stored = await countStored(ids)
  say(JSON.stringify(stored))
  const sealer = createIdentitySealer(system.db, system.keys, Date.now)
  const parts = { reference: system.reference, sealer, accountId: system.accountId }
  const ceiling = await measureCeiling(system.db, makeCommands(posts, responseId, 30_000, Date.now()), parts)
  const recordsPerSecond = told.accepted.size / (Number.isNaN(recordsIn) ? options.mostSeconds : recordsIn)
  console.log(
    JSON.stringify({
      bench: 'reconnect',
      phones: phones.length,
      records: ids.size,
      drained: !Number.isNaN(recordsIn) && !Number.isNaN(packsIn),
      secondsToDrain: Number.isNaN(recordsIn) ? null : Number(recordsIn.toFixed(1)),
      secondsToPacks: Number.isNaN(packsIn) ? null : Number(packsIn.toFixed(1)),
      recordsPerSecond: Math.round(recordsPerSecond),
      ceilingPerSecond: Math.round(ceiling),
      shareOfCeiling: Number((recordsPerSecond / ceiling).toFixed(3)),
      shed: told.shed,
      shedShare: Number((told.shed / Math.max(1, told.asked)).toFixed(3)),
      asked: told.asked,
      unreachable: told.unreachable,
      refusedOtherwise: told.refusedOtherwise,
      pushMs: quantiles(told.pushMs),
      packMs: quantiles(told.packMs),
      packs: told.packs,
      packBytes: wholePackBytes,
      mostRequestsAtOnce: line.mostUnderWay(),
      serverMegabytes: { before: restingMegabytes, peak: peakMegabytes(system.serverPid) },
      cpuSeconds: {
        server: Number((after.server - before.server).toFixed(1)),
        postgres: Number((after.postgres - before.postgres).toFixed(1)),
      },
      simulated:
        'phones share one process and 4,000 connections; sessions, signatures, packs, pushes, PostgreSQL are real',
      lost: stored.lost,
      doubled: stored.doubled,
      acknowledgedMissing: stored.acknowledgedMissing,
      rollUpDifferences: stored.differences,
      stillWaiting: waiting,
      loadAverage: Number((loadavg()[0] ?? 0).toFixed(1)),
    }),
  )
} finally {
  line.close()
  await system.stop()
}
