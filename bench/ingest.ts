import { findRollupDifferences, readCountedDays } from '@guankou/db/queries/situation/verify-rollups.ts'
import { createIdentitySealer } from '@guankou/server/identity/identity-sealer.ts'
import { measureCeiling } from './ingest/ceiling.ts'
import { makeCommands } from './ingest/commands.ts'
import { type LoadResult, requestBytes, runLoad } from './ingest/http-load.ts'
import { startSystem } from './ingest/system.ts'

/**
 * Screenings per second through all layers: one per request at rising concurrency, and in sync batches; then the same
 * rows by bare multi-row inserts, in the same run on the same database.
 */
const concurrencies = [1, 8, 32, 128] as const
const secondsEach = 6
const perBatch = 100
const rounds = 3

const say = (text: string): void => void process.stderr.write(`${text}\n`)

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const rounded = (value: number, digits = 0): number => Number(value.toFixed(digits))

const system = await startSystem()
const responseId = system.reference.responses[0]?.id ?? ''
const { posts } = system.reference
const commandsFor = (count: number) => makeCommands(posts, responseId, count, Date.now())

const single = async (concurrency: number, seconds: number): Promise<LoadResult> => {
  const requests = commandsFor(7_000 * seconds).map((command) =>
    requestBytes(system.target, '/api/screenings', JSON.stringify(command)),
  )
  const before = system.cpuSeconds()
  const result = await runLoad(system.target, requests, {
    concurrency,
    seconds,
    accept: (answer) => answer.status === 201,
  })
  const after = system.cpuSeconds()
  const microseconds = (from: number, to: number) =>
    Math.round(((to - from) * 1e6) / Math.max(result.answered, 1))
  say(
    `at ${concurrency}: ${rounded(result.perSecond)}/s, processor µs a screening: server ${microseconds(before.server, after.server)}, PostgreSQL ${microseconds(before.postgres, after.postgres)}`,
  )
  if (result.failed > 0) say(`${result.failed} failed at ${concurrency}`)
  return result
}

const batches = async (seconds: number): Promise<number> => {
  const byJurisdiction = [...Map.groupBy(posts, (post) => post.jurisdiction).values()]
  const requests = Array.from({ length: 110 * seconds }, (_, index) => {
    const own = byJurisdiction[index % byJurisdiction.length] ?? posts
    const commands = makeCommands(own, responseId, perBatch, Date.now() - index * 50)
    const body = {
      deviceId: '018f0000-0000-7000-8000-000000000000',
      sentAt: new Date().toISOString(),
      outbox: { queued: 0, rejected: 0, unreadable: 0 },
      commands,
    }
    return requestBytes(system.target, '/api/sync/push', JSON.stringify(body))
  })
  let accepted = 0
  const result = await runLoad(system.target, requests, {
    concurrency: 4,
    seconds,
    accept: (answer) => {
      const outcomes = answer.body.split('"outcome":"accepted"').length - 1
      accepted += outcomes
      return answer.status === 200 && outcomes === perBatch
    },
  })
  if (result.failed > 0) say(`${result.failed} batches not wholly accepted`)
  return (accepted * result.perSecond) / Math.max(result.answered, 1)
}

try {
  say('warming up')
  await single(32, 3)
  await batches(2)
  const singles: Record<string, { perSecond: number; p50: number; p99: number }> = {}
  for (const concurrency of concurrencies) {
    const results: LoadResult[] = []
    for (let round = 0; round < rounds; round += 1) results.push(await single(concurrency, secondsEach))
    singles[concurrency] = {
      perSecond: rounded(median(results.map((each) => each.perSecond))),
      p50: rounded(median(results.map((each) => each.p50)), 2),
      p99: rounded(median(results.map((each) => each.p99)), 2),
    }
    say(`single at ${concurrency}: ${JSON.stringify(singles[concurrency])}`)
  }
  const sealer = createIdentitySealer(system.db, system.keys, Date.now)
  const parts = { reference: system.reference, sealer, accountId: system.accountId }
  const batchRates: number[] = []
  const ceilings: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    batchRates.push(await batches(secondsEach))
    say(`batches: ${rounded(batchRates.at(-1) ?? 0)}`)
  }
  // The ceiling leaves roll-ups behind the facts on purpose, so the counts are checked before it.
  for (const day of await readCountedDays(system.db.query)) {
    const differences = await findRollupDifferences(system.db.query, day)
    if (differences.length > 0) throw new Error(`roll-ups differ from facts on ${day}: ${differences.length}`)
  }
  for (let round = 0; round < rounds; round += 1) {
    ceilings.push(await measureCeiling(system.db, commandsFor(30_000), parts))
    say(`ceiling: ${rounded(ceilings.at(-1) ?? 0)}`)
  }
  const batchScreeningsPerSecond = rounded(median(batchRates))
  const ceilingScreeningsPerSecond = rounded(median(ceilings))
  console.log(
    JSON.stringify({
      bench: 'ingest',
      single: singles,
      batchScreeningsPerSecond,
      ceilingScreeningsPerSecond,
      shareOfCeiling: rounded(batchScreeningsPerSecond / ceilingScreeningsPerSecond, 3),
    }),
  )
} finally {
  await system.stop()
}
