import { execFile } from 'node:child_process'
import { access, mkdtemp, readdir, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@guankou/db/embedded/start-embedded-postgres.ts'

/** A server that tests with the suffix `.pg` run on. `name` is like `embedded-18` or `system-15`. */
export type TestDatabaseServer = { readonly name: string; readonly url: string }

export type TestPostgres = {
  readonly servers: readonly TestDatabaseServer[]
  /** Stops all of them and removes what they stored. */
  stop(): Promise<void>
}

/** A test's data need not outlive a power cut; everything else is as in production. */
const quickSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '150',
}

const oldestMajor = 15
const embeddedMajor = 18

/**
 * Starts the embedded PostgreSQL in a temporary folder and, where the machine has an older one that we support, that
 * one beside it: what is written must run on both.
 */
export async function startTestPostgres(): Promise<TestPostgres> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'guankou-test-postgres-'))
  const system = await findSystemPostgres()
  const starts = await Promise.allSettled([
    startServer('embedded', path.join(folder, 'embedded')),
    ...(system ? [startServer('system', path.join(folder, 'system'), system)] : []),
  ])
  const started = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
  const stop = async () => {
    await Promise.all(started.map(({ server }) => server.stop('immediate')))
    await rm(folder, { recursive: true, force: true })
  }
  const failure = starts.find((start) => start.status === 'rejected')
  if (failure) {
    await stop()
    throw failure.reason
  }
  return { servers: started.map(({ name, server }) => ({ name, url: server.url })), stop }
}

async function startServer(
  kind: 'embedded' | 'system',
  dataFolder: string,
  programFolder?: string,
): Promise<{ name: string; server: EmbeddedPostgres }> {
  const server = await startEmbeddedPostgres({
    dataFolder,
    settings: quickSettings,
    ...(programFolder === undefined ? {} : { programFolder }),
  })
  return { name: `${kind}-${server.version.split('.')[0]}`, server }
}

/** Folder of the oldest supported PostgreSQL server that is installed and older than the embedded one. */
export async function findSystemPostgres(): Promise<string | undefined> {
  const run = promisify(execFile)
  const debian = await readdir('/usr/lib/postgresql').catch(() => [] as string[])
  const configured = await run('pg_config', ['--bindir']).then(
    ({ stdout }) => [stdout.trim()],
    () => [],
  )
  const found: { folder: string; major: number }[] = []
  for (const folder of [...debian.map((name) => `/usr/lib/postgresql/${name}/bin`), ...configured]) {
    try {
      await access(path.join(folder, 'initdb'))
      const { stdout } = await run(path.join(folder, 'postgres'), ['--version'])
      const major = Number(/\(PostgreSQL\) (\d+)/.exec(stdout)?.[1])
      if (major >= oldestMajor && major < embeddedMajor) found.push({ folder, major })
    } catch {
      // Only the client programs are installed there.
    }
  }
  return found.sort((a, b) => a.major - b.major)[0]?.folder
}
