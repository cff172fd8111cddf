import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type Database, openDatabase } from '@guankou/db/database.ts'
import { startEmbeddedPostgres } from '@guankou/db/embedded/start-embedded-postgres.ts'
import { migrate } from '@guankou/db/migrate.ts'
import { findAccountByLogin } from '@guankou/db/queries/access/accounts.ts'
import { loadDemoCity } from '@guankou/server/demo/load-demo-city.ts'
import { type KeyCustody, openKeyCustody } from '@guankou/server/identity/key-custody.ts'
import { createReferenceCache, type ReferenceData } from '@guankou/server/reference/reference-cache.ts'
import { issueSignInLink } from '@guankou/server/use-cases/access/sign-in.ts'

const cli = fileURLToPath(new URL('../../apps/server/src/cli/main.ts', import.meta.url))

export type System = {
  readonly db: Database
  readonly reference: ReferenceData
  readonly keys: KeyCustody
  readonly target: { readonly host: string; readonly port: number; readonly token: string }
  readonly accountId: string
  readonly serverPid: number
  /** Processor time that the server and all of PostgreSQL have used so far, in seconds (Linux only, else 0). */
  readonly cpuSeconds: () => { readonly server: number; readonly postgres: number }
  readonly stop: () => Promise<void>
}

/** Where a server that was just spawned listens, from what it prints. */
export const addressOf = async (server: ChildProcess): Promise<URL> => {
  if (server.stdout === null) throw new Error('the server has no output')
  for await (const line of createInterface({ input: server.stdout })) {
    const match = /http:\/\/[\d.]+:\d+/.exec(line)
    if (match !== null) {
      server.stdout.resume()
      return new URL(match[0])
    }
  }
  throw new Error('the server ended before it listened')
}

export const signIn = async (address: URL, token: string): Promise<string> => {
  const response = await fetch(new URL('/api/access/sign-in', address), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-guankou-client': 'service' },
    body: JSON.stringify({ token }),
  })
  const cookie = /guankou_service=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')
  if (cookie?.[1] === undefined) throw new Error(`sign-in answered ${response.status}`)
  return cookie[1]
}

const ticksPerSecond = 100

const statOf = (pid: number): string[] => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
  } catch {
    return []
  }
}

/** User and system time, those of ended children included (proc(5), fields 14 to 17). */
export const cpuOf = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => {
    const stat = statOf(pid)
    return sum + [11, 12, 13, 14].reduce((own, field) => own + Number(stat[field] ?? 0), 0) / ticksPerSecond
  }, 0)

const withChildren = (pid: number): number[] => {
  const all = existsSync('/proc') ? readdirSync('/proc').map(Number).filter(Number.isInteger) : []
  return [pid, ...all.filter((each) => Number(statOf(each)[1]) === pid)]
}

/** A whole system in a folder of its own: durable PostgreSQL, the demo city, and the server as its own process. */
export const startSystem = async (): Promise<System> => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'guankou-bench-'))
  const postgres = await startEmbeddedPostgres({ dataFolder })
  const db = openDatabase({ url: postgres.url })
  await migrate(db.pool)
  await loadDemoCity(db, Date.now())
  const account = await findAccountByLogin(db.query, 'demo-traffic')
  if (account === undefined) throw new Error('the demo city has no service account')
  const link = await issueSignInLink(db, account, Date.now())
  const masterKey = randomBytes(32)
  // One session stands for a whole city here.
  const serve = ['serve', '--port', '0', '--rate-factor', '100', '--data-folder', dataFolder]
  const server = spawn(process.execPath, [cli, ...serve], {
    env: { ...process.env, DATABASE_URL: postgres.url, GUANKOU_MASTER_KEY: masterKey.toString('base64') },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const address = await addressOf(server)
  const token = await signIn(address, link.token)
  return {
    db,
    reference: (await createReferenceCache(db)).current(),
    keys: await openKeyCustody({
      keyFolder: join(dataFolder, 'keys'),
      env: { GUANKOU_MASTER_KEY: masterKey.toString('base64') },
    }),
    target: { host: address.hostname, port: Number(address.port), token },
    accountId: account.id,
    serverPid: server.pid ?? 0,
    cpuSeconds: () => ({ server: cpuOf([server.pid ?? 0]), postgres: cpuOf(withChildren(postgres.pid)) }),
    stop: async () => {
      server.kill('SIGTERM')
      await once(server, 'exit')
      await db.close()
      await postgres.stop()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}
