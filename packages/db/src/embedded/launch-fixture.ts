import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { LaunchError, type LaunchErrorCode } from './launch-error.ts'

/** A temporary folder for one test file; `remove()` after it. */
export async function temporaryFolder(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'guankou-launch-'))
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Runs one statement on a connection of its own and returns the first row. */
export async function queryOnce(url: string, sql: string): Promise<Record<string, unknown>> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows[0] ?? {}
  } finally {
    await client.end()
  }
}

/** Waits for the refusal of a start and checks its code and that it has a sentence in both languages. */
export async function expectRefusal(start: Promise<unknown>, code: LaunchErrorCode): Promise<LaunchError> {
  const error = await start.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof LaunchError)) throw new Error(`expected ${code}`, { cause: error })
  assert.equal(error.code, code)
  assert.match(error.text.zh, /\p{Script=Han}.*。$/su)
  assert.match(error.text.en, /^[A-Z].*\.$/s)
  return error
}

/** What another process of ours said once its PostgreSQL was up. */
export type OtherGuankou = {
  readonly child: ChildProcess
  readonly url: string
  readonly postgresPid: number
}

/** Starts the PostgreSQL of a data folder in another process, which then waits for ever. */
export async function startInOtherProcess(dataFolder: string): Promise<OtherGuankou> {
  const module = new URL('./start-embedded-postgres.ts', import.meta.url).href
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(module)}
    const { url, pid } = await startEmbeddedPostgres({ dataFolder: ${JSON.stringify(dataFolder)} })
    console.log(JSON.stringify({ url, pid }))
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (bytes) => resolve(String(bytes)))
    child.once('exit', (code) => reject(new Error(`the other process ended with ${code}`)))
  })
  const { url, pid } = JSON.parse(line) as { url: string; pid: number }
  return { child, url, postgresPid: pid }
}

/** Kills a process as a power cut would and waits until it is gone. */
export async function killHard(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}
