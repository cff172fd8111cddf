import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeCommands } from './ingest/commands.ts'
import { requestBytes, runLoad } from './ingest/http-load.ts'
import { addressOf, cpuOf, type System, startSystem } from './ingest/system.ts'

/**
 * What the audit costs: screenings per second through all layers with audit and without, by two servers on one database that
 * take turns, singly at 32 at once and in sync batches of 100.
 */
const concurrency = 32
const perBatch = 100
const secondsEach = 4
const pairs = Number(process.env.GUANKOU_BENCH_PAIRS ?? 7)

const cli = fileURLToPath(new URL('../apps/server/src/cli/main.ts', import.meta.url))
const withoutAudit = fileURLToPath(new URL('./audit/without-audit.ts', import.meta.url))

/** One of the two servers, and the processor time in seconds that it and all of PostgreSQL have used. */
type Side = { readonly target: System['target']; readonly cpuSeconds: () => number }
type Target = Side['target']

/** Screenings a second, and microseconds of processor time for each of them. */
type Rate = { readonly perSecond: number; readonly cpu: number }

const say = (text: string): void => void process.stderr.write(`${text}\n`)
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const rounded = (value: number, digits = 0): number => Number(value.toFixed(digits))

/** A second server on the database of the first, which writes no audit. Sessions are in the database. */
const startWithoutAudit = async (system: System) => {
  const folder = dirname(system.keys.keyFolder)
  const server = spawn(
    process.execPath,
    ['--import', withoutAudit, cli, 'serve', '--port', '0', '--rate-factor', '100', '--data-folder', folder],
    {
      env: { ...process.env, ...system.keys.settings.env, DATABASE_URL: system.db.url },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const address = await addressOf(server)
  return {
    target: { ...system.target, host: address.hostname, port: Number(address.port) },
    cpuSeconds: () => cpuOf([server.pid ?? 0]) + system.cpuSeconds().postgres,
    stop: async () => {
      server.kill('SIGTERM')
      await once(server, 'exit')
    },
  }
}

const singly = async (system: System, target: Target): Promise<number> => {
  const { posts, responses } = system.reference
  const commands = makeCommands(posts, responses[0]?.id ?? '', 6_000 * secondsEach, Date.now())
  const requests = commands.map((each) => requestBytes(target, '/api/screenings', JSON.stringify(each)))
  const result = await runLoad(target, requests, {
    concurrency,
    seconds: secondsEach,
    accept: ({ status }) => status === 201,
  })
  if (result.failed > 0) throw new Error(`${result.failed} were not recorded`)
  return result.perSecond
}

const inBatches = async (system: System, target: Target): Promise<number> => {
  const { posts, responses } = system.reference
  const byJurisdiction = [...Map.groupBy(posts, (post) => post.jurisdiction).values()]
  const requests = Array.from({ length: 110 * secondsEach }, (_, index) => {
    const own = byJurisdiction[index % byJurisdiction.length] ?? posts
    const body = {
      deviceId: '018f0000-0000-7000-8000-000000000000',
      sentAt: new Date().toISOString(),
      outbox: { queued: 0, rejected: 0, unreadable: 0 },
      commands: makeCommands(own, responses[0]?.id ?? '', perBatch, Date.now() - index * 50),
    }
    return requestBytes(target, '/api/sync/push', JSON.stringify(body))
  })
  const result = await runLoad(target, requests, {
    concurrency: 4,
    seconds: secondsEach,
    accept: ({ status, body }) =>
      status === 200 && body.split('"outcome":"accepted"').length - 1 === perBatch,
  })
  if (result.failed > 0) throw new Error(`${result.failed} batches were not accepted`)
  return result.perSecond * perBatch
}

/** Whether the one server audits what it records and the other does not. */
const requireDifference = async (system: System, off: Target): Promise<void> => {
  const count = async (table: string): Promise<number> => {
    const { rows } = await system.db.pool.query<{ count: number }>(
      `select count(*)::double precision as count from ${table}`,
    )
    return rows[0]?.count ?? 0
  }
  const before = [await count('audit_entries'), await count('screenings')]
  await singly(system, off)
  const after = [await count('audit_entries'), await count('screenings')]
  if (before[0] !== after[0] || before[1] === after[1])
    throw new Error('“off” wrote audit, or recorded nothing')
  await singly(system, system.target)
  const [entries, screenings] = [await count('audit_entries'), await count('screenings')]
  if (entries - (after[0] ?? 0) < screenings - (after[1] ?? 0)) throw new Error('“on” did not audit')
}

const summary = (runs: readonly { readonly on: Rate; readonly off: Rate }[]) => {
  const shares = runs.map(({ on, off }) => on.perSecond / off.perSecond)
  return {
    on: rounded(median(runs.map(({ on }) => on.perSecond))),
    off: rounded(median(runs.map(({ off }) => off.perSecond))),
    share: rounded(median(shares), 3),
    shares: shares.map((share) => rounded(share, 3)),
    cpuMicroseconds: {
      on: rounded(median(runs.map(({ on }) => on.cpu))),
      off: rounded(median(runs.map(({ off }) => off.cpu))),
    },
    cpuShare: rounded(median(runs.map(({ on, off }) => off.cpu / on.cpu)), 3),
  }
}

const compare = async (what: string, measure: (target: Target) => Promise<number>, on: Side, off: Side) => {
  const rateOf = async ({ target, cpuSeconds }: Side): Promise<Rate> => {
    const before = cpuSeconds()
    const perSecond = await measure(target)
    return { perSecond, cpu: ((cpuSeconds() - before) * 1e6) / (perSecond * secondsEach) }
  }
  const runs: { on: Rate; off: Rate }[] = []
  for (let pair = 0; pair < pairs; pair += 1) {
    // Whoever comes second meets a larger database; so each comes second as often.
    const isOnFirst = pair % 2 === 0
    const one = await rateOf(isOnFirst ? on : off)
    const other = await rateOf(isOnFirst ? off : on)
    const run = isOnFirst ? { on: one, off: other } : { on: other, off: one }
    runs.push(run)
    say(
      `${what}: with ${rounded(run.on.perSecond)} a second (${rounded(run.on.cpu)} µs each), without ${rounded(run.off.perSecond)} (${rounded(run.off.cpu)} µs)`,
    )
  }
  return summary(runs)
}

const system = await startSystem()
const off = await startWithoutAudit(system)
try {
  say('warming up')
  await requireDifference(system, off.target)
  for (const target of [system.target, off.target]) await inBatches(system, target)
  const on: Side = {
    target: system.target,
    cpuSeconds: () => system.cpuSeconds().server + system.cpuSeconds().postgres,
  }
  const single = await compare('singly', (target) => singly(system, target), on, off)
  const batch = await compare('in batches', (target) => inBatches(system, target), on, off)
  console.log(
    JSON.stringify({
      bench: 'audit',
      pairs,
      single,
      batch,
      shareOfThroughput: Math.min(single.share, batch.share),
    }),
  )
} finally {
  await off.stop()
  await system.stop()
}
