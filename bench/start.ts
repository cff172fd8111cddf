import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type RunningDemo, startDemo } from './start/demo-process.ts'
import { type DemoMemory, readDemoMemory } from './start/memory.ts'

/**
 * How long `guankou demo` takes to start, in an empty data folder and in one that is there, and what server and
 * PostgreSQL hold in memory while only the demo's own traffic goes on.
 */
const runs = Number(process.env.GUANKOU_BENCH_RUNS ?? 5)
const restSeconds = 20
/** Two days of the demo city are some 20,000 to 40,000 screenings; fewer mean that the past was not recorded. */
const leastHistory = 15_000

const say = (text: string): void => void process.stderr.write(`${text}\n`)

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

type Start = Pick<RunningDemo, 'healthySeconds' | 'linksSeconds'> & {
  readonly memory: DemoMemory | undefined
}

/** Starts the demo, lets it rest, reads its memory and stops it. */
const measure = async (
  what: string,
  dataFolder: string,
  options: { readonly traffic: boolean; readonly rest: boolean; readonly history?: boolean },
) => {
  const demo = await startDemo(dataFolder, options)
  try {
    if (options.history === true && demo.recorded < leastHistory)
      throw new Error(`only ${demo.recorded} screenings of the past were recorded`)
    if (options.rest) await pause(restSeconds * 1_000)
    const memory = options.rest ? await readDemoMemory(demo.pid) : undefined
    const { healthySeconds, linksSeconds } = demo
    const megabytes =
      memory === undefined
        ? ''
        : `, ${(memory.server.resident + memory.postgres.proportional).toFixed(0)} MB (server ${memory.server.resident.toFixed(0)})`
    say(`${what}: health ${healthySeconds.toFixed(2)} s, links ${linksSeconds.toFixed(2)} s${megabytes}`)
    return { healthySeconds, linksSeconds, memory } satisfies Start
  } finally {
    await demo.stop()
  }
}

const secondsOf = (starts: readonly Start[], key: 'healthySeconds' | 'linksSeconds') => {
  const values = starts.map((start) => start[key])
  const rounded = (value: number): number => Number(value.toFixed(2))
  return {
    median: rounded(median(values)),
    least: rounded(Math.min(...values)),
    most: rounded(Math.max(...values)),
  }
}

const parts = ['server', 'postgres', 'launcher'] as const

const memoriesOf = (starts: readonly Start[]): DemoMemory[] =>
  starts.map((start) => start.memory).filter((memory) => memory !== undefined)

const megabytesOf = (starts: readonly Start[], kind: 'proportional' | 'resident') => {
  const memories = memoriesOf(starts)
  return Object.fromEntries(
    parts.map((part) => [part, Math.round(median(memories.map((memory) => memory[part][kind])))]),
  )
}

/**
 * What server and PostgreSQL hold: of the server's pages all, because the program it shares with other processes of
 * Node on this machine is there on its account; of PostgreSQL's each once, because its processes share one buffer.
 */
const heldBy = (starts: readonly Start[]) => {
  const memories = memoriesOf(starts)
  if (memories.length === 0) return null
  const totals = memories.map(({ server, postgres }) => server.resident + postgres.proportional)
  return {
    server: megabytesOf(starts, 'resident').server,
    postgres: megabytesOf(starts, 'proportional').postgres,
    total: Math.round(median(totals)),
    least: Math.round(Math.min(...totals)),
    most: Math.round(Math.max(...totals)),
  }
}

const cold: Start[] = []
const coldBare: Start[] = []
const warm: Start[] = []
for (let run = 0; run < runs; run += 1) {
  const folder = await mkdtemp(join(tmpdir(), 'guankou-bench-'))
  try {
    coldBare.push(await measure('cold, no traffic', join(folder, 'bare'), { traffic: false, rest: false }))
    cold.push(
      await measure('cold, two days of history', join(folder, 'data'), {
        traffic: true,
        rest: true,
        history: true,
      }),
    )
    warm.push(await measure('warm', join(folder, 'data'), { traffic: true, rest: true }))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

console.log(
  JSON.stringify({
    bench: 'start',
    coldSeconds: secondsOf(cold, 'linksSeconds').median,
    warmSeconds: secondsOf(warm, 'linksSeconds').median,
    restMegabytes: heldBy(warm),
    restMegabytesAfterColdStart: heldBy(cold),
    runs,
    health: {
      coldWithoutHistory: secondsOf(coldBare, 'healthySeconds'),
      cold: secondsOf(cold, 'healthySeconds'),
      warm: secondsOf(warm, 'healthySeconds'),
    },
    links: {
      coldWithoutHistory: secondsOf(coldBare, 'linksSeconds'),
      cold: secondsOf(cold, 'linksSeconds'),
      warm: secondsOf(warm, 'linksSeconds'),
    },
    memory: {
      cold: { proportional: megabytesOf(cold, 'proportional'), resident: megabytesOf(cold, 'resident') },
      warm: { proportional: megabytesOf(warm, 'proportional'), resident: megabytesOf(warm, 'resident') },
    },
  }),
)
