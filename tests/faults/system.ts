import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@guankou/db/database.ts'
import { pathsOf } from '@guankou/db/embedded/data-folder.ts'
import { findFreePort } from '@guankou/db/embedded/free-port.ts'
import { isPostmasterOf, readPostmasterNote } from '@guankou/db/embedded/postmaster-file.ts'
import { type RunningPostgres, readRunning } from '@guankou/db/embedded/read-running.ts'
import { startEmbeddedPostgres } from '@guankou/db/embedded/start-embedded-postgres.ts'
import { migrate } from '@guankou/db/migrate.ts'
import { findAccountByLogin } from '@guankou/db/queries/access/accounts.ts'
import { loadDemoCity } from '@guankou/server/demo/load-demo-city.ts'
import { issueSignInLink } from '@guankou/server/use-cases/access/sign-in.ts'
import { keepPostgres } from './kept-postgres.ts'
import { type CommandLine, type KeptServer, keepServer } from './kept-server.ts'
import { until } from './until.ts'

/** Who keeps PostgreSQL alive: `guankou serve` itself, or somebody else who gave it a `DATABASE_URL`. */
export const topologies = ['embedded', 'own database'] as const
export type Topology = (typeof topologies)[number]

export type Person = { readonly login: string; readonly accountId: string; readonly linkToken: string }

export type System = {
  readonly origin: string
  readonly server: KeptServer
  readonly commandLine: CommandLine
  readonly people: ReadonlyMap<string, Person>
  /** The PostgreSQL that runs at this moment, if one accepts connections. */
  readonly postgres: () => Promise<RunningPostgres | undefined>
  /** Stops all of it. @returns how the server ended */
  readonly stop: () => Promise<number | NodeJS.Signals | null>
  /** Stops what still runs and removes the data; safe to call at any time. */
  readonly remove: () => Promise<void>
}

const startWithinMs = 60_000
const goneWithinMs = 20_000

const prepareCity = async (url: string, logins: readonly string[]): Promise<Map<string, Person>> => {
  const db = openDatabase({ url, maxConnections: 2 })
  try {
    await migrate(db.pool)
    await loadDemoCity(db, Date.now())
    const people = new Map<string, Person>()
    for (const login of logins) {
      const account = await findAccountByLogin(db.query, login)
      if (account === undefined) throw new Error(`the demo city has no ${login}`)
      const link = await issueSignInLink(db, account, Date.now())
      people.set(login, { login, accountId: account.id, linkToken: link.token })
    }
    return people
  } finally {
    await db.close()
  }
}

/** Waits until no PostgreSQL of the folder is left; one that outlives its keeper is killed and told of. */
const requireGone = async (dataFolder: string): Promise<void> => {
  const { clusterFolder } = pathsOf(dataFolder)
  const leftover = async (): Promise<number | undefined> => {
    const note = await readPostmasterNote(clusterFolder)
    return note !== undefined && (await isPostmasterOf(clusterFolder, note.pid)) ? note.pid : undefined
  }
  try {
    await until(
      'PostgreSQL was gone',
      async () => ((await leftover()) === undefined ? true : undefined),
      goneWithinMs,
    )
  } catch (error) {
    const pid = await leftover()
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
    throw error
  }
}

/** The city is loaded before the server runs, by a PostgreSQL that is stopped again where the server owns it. */
const openFolder = async (topology: Topology, dataFolder: string, logins: readonly string[]) => {
  if (topology === 'own database') {
    const kept = await keepPostgres(dataFolder)
    try {
      const people = await prepareCity(kept.url, logins)
      return { people, stopPostgres: kept.stop, commandLine: { dataFolder, databaseUrl: kept.url } }
    } catch (error) {
      await kept.stop()
      throw error
    }
  }
  const postgres = await startEmbeddedPostgres({ dataFolder })
  try {
    const people = await prepareCity(postgres.url, logins)
    return { people, stopPostgres: async () => undefined, commandLine: { dataFolder } }
  } finally {
    await postgres.stop()
  }
}

/**
 * Starts a whole system in a folder of its own: PostgreSQL with its durable settings, the demo city, and the server as
 * its own process, kept alive like a service.
 * @param logins  accounts of the demo city that get a sign-in link
 */
export const startSystem = async (topology: Topology, logins: readonly string[]): Promise<System> => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'guankou-faults-'))
  const opened = await openFolder(topology, dataFolder, logins).catch(async (error: unknown) => {
    await rm(dataFolder, { recursive: true, force: true })
    throw error
  })
  const { commandLine, people, stopPostgres } = opened
  const port = await findFreePort()
  const server = keepServer(commandLine, port)
  let stopped: Promise<number | NodeJS.Signals | null> | undefined
  const stopAll = async (): Promise<number | NodeJS.Signals | null> => {
    const end = await server.stop()
    await stopPostgres()
    await requireGone(dataFolder)
    return end
  }
  const stop = () => {
    stopped ??= stopAll()
    return stopped
  }
  const remove = () => stop().then(() => rm(dataFolder, { recursive: true, force: true }))
  try {
    await until('the server listened', () => server.isListening() || undefined, startWithinMs)
  } catch (error) {
    const lines = server.lastLines().join('\n')
    await remove()
    throw new Error(`the server did not start:\n${lines}`, { cause: error })
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    server,
    commandLine,
    people,
    postgres: () => readRunning(dataFolder),
    stop,
    remove,
  }
}
