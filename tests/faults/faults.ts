import { openDatabase } from '@guankou/db/database.ts'
import { isProcessAlive } from '@guankou/db/embedded/postmaster-file.ts'
import type { RunningPostgres } from '@guankou/db/embedded/read-running.ts'
import { below, pick, type Random } from '@guankou/simulator/random/stream.ts'
import type { System } from './system.ts'
import { until } from './until.ts'

/** What is killed: all of them lose what was not on disk, each in its own way. */
export const faults = [
  /** The server: open requests and the batch under way are gone. */
  'kill-server',
  /** The postmaster by SIGKILL: its children notice and go; shared memory is left behind. */
  'kill-postgres',
  /** An immediate shutdown: no checkpoint, recovery from the write-ahead log at the next start. */
  'quit-postgres',
  /** One session by SIGKILL: PostgreSQL distrusts its memory, ends all sessions and recovers in place. */
  'kill-session',
] as const
export type Fault = (typeof faults)[number]

const withinMs = 60_000

const killIfThere = (pid: number, signal: NodeJS.Signals): true | undefined => {
  try {
    process.kill(pid, signal)
    return true
  } catch {
    return undefined
  }
}

/** A session of the server, one at work if there is one. */
const findSession = async ({ url }: RunningPostgres, random: Random): Promise<number | undefined> => {
  const { pool, close } = openDatabase({ url, maxConnections: 1, applicationName: 'faults' })
  try {
    const { rows } = await pool.query<{ pid: number; busy: boolean }>(
      `select pid, state <> 'idle' as busy from pg_stat_activity
      where backend_type = 'client backend' and application_name = 'guankou'`,
    )
    const busy = rows.filter((row) => row.busy)
    const choice = busy.length > 0 ? busy : rows
    return choice.length === 0 ? undefined : pick(random, choice).pid
  } finally {
    await close()
  }
}

const killPostgres = async (system: System, signal: NodeJS.Signals): Promise<void> => {
  const pid = await until(
    'there was a PostgreSQL to kill',
    async () => {
      const running = await system.postgres()
      return running !== undefined && killIfThere(running.pid, signal) ? running.pid : undefined
    },
    withinMs,
  )
  await until('the postmaster was gone', () => (isProcessAlive(pid) ? undefined : true), withinMs)
}

const killSession = async (system: System, random: Random): Promise<void> => {
  const pid = await until(
    'there was a session to kill',
    async () => {
      const running = await system.postgres()
      const session = running === undefined ? undefined : await findSession(running, random)
      return session !== undefined && killIfThere(session, 'SIGKILL') ? session : undefined
    },
    withinMs,
  )
  await until('the session was gone', () => (isProcessAlive(pid) ? undefined : true), withinMs)
}

/** Does it, waiting for something to kill where an earlier fault has left nothing. */
export const strike = async (system: System, fault: Fault, random: Random): Promise<void> => {
  if (fault === 'kill-postgres') return killPostgres(system, 'SIGKILL')
  if (fault === 'quit-postgres') return killPostgres(system, 'SIGQUIT')
  if (fault === 'kill-session') return killSession(system, random)
  await until('there was a server to kill', async () => (await system.server.kill()) || undefined, withinMs)
}

/** As many faults as asked, in an order by chance in which each kind comes as often as the others. */
export const drawFaults = (random: Random, count: number): readonly Fault[] => {
  const drawn: Fault[] = []
  while (drawn.length < count) {
    const bag = [...faults]
    while (bag.length > 0) drawn.push(...bag.splice(below(random, bag.length), 1))
  }
  return drawn.slice(0, count)
}
