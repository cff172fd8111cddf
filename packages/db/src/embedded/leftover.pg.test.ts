import { execFileSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { killHard, queryOnce, startInOtherProcess, temporaryFolder } from './launch-fixture.ts'
import { isProcessAlive } from './postmaster-file.ts'
import { readRunning } from './read-running.ts'
import { type LaunchStep, startEmbeddedPostgres } from './start-embedded-postgres.ts'

/** The guards on this machine that watch over one server. */
async function guardsOf(postgresPid: number): Promise<number[]> {
  const lines = process.platform === 'linux' ? await linuxProcesses() : processesOfPs()
  return lines
    .filter(({ words }) => words.includes('guankou-postgres-guard') && words.includes(String(postgresPid)))
    .map(({ pid }) => pid)
}

async function linuxProcesses(): Promise<{ pid: number; words: string[] }[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  return Promise.all(
    pids.map(async (pid) => {
      const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      return { pid: Number(pid), words: commandLine.split('\0') }
    }),
  )
}

function processesOfPs(): { pid: number; words: string[] }[] {
  const lines = execFileSync('ps', ['-axo', 'pid=,args='], { encoding: 'utf8' }).trim().split('\n')
  return lines.map((line) => {
    const [pid = '', ...words] = line.trim().split(/\s+/)
    return { pid: Number(pid), words }
  })
}

async function untilGone(pid: number): Promise<void> {
  while (isProcessAlive(pid)) await pause(20)
}

describe('a PostgreSQL whose process was killed', () => {
  let temporary: Awaited<ReturnType<typeof temporaryFolder>>
  let dataFolder: string

  beforeAll(async () => {
    temporary = await temporaryFolder()
    dataFolder = path.join(temporary.folder, 'data')
    const running = await startEmbeddedPostgres({ dataFolder })
    await queryOnce(running.url, 'CREATE TABLE arrival (id integer PRIMARY KEY)')
    await running.stop()
  })
  afterAll(() => temporary.remove())

  it('is stopped by its guard and keeps what it acknowledged', async () => {
    const other = await startInOtherProcess(dataFolder)
    await queryOnce(other.url, 'INSERT INTO arrival VALUES (1)')
    await killHard(other.child)
    await untilGone(other.postgresPid)
    const running = await startEmbeddedPostgres({ dataFolder })
    expect(await queryOnce(running.url, 'SELECT count(*)::integer AS rows FROM arrival')).toEqual({ rows: 1 })
    await running.stop()
  })

  it('is found and stopped by the next start when the guard was killed too', async () => {
    const other = await startInOtherProcess(dataFolder)
    await queryOnce(other.url, 'INSERT INTO arrival VALUES (2)')
    const guards = await guardsOf(other.postgresPid)
    expect(guards).toHaveLength(1)
    for (const guard of guards) process.kill(guard, 'SIGKILL')
    await killHard(other.child)
    expect(isProcessAlive(other.postgresPid)).toBe(true)
    expect(await readRunning(dataFolder)).toMatchObject({ pid: other.postgresPid })

    const steps: LaunchStep[] = []
    const running = await startEmbeddedPostgres({ dataFolder, onProgress: (step) => steps.push(step) })
    expect(steps).toContain('stopping-leftover')
    expect(isProcessAlive(other.postgresPid)).toBe(false)
    expect(await queryOnce(running.url, 'SELECT count(*)::integer AS rows FROM arrival')).toEqual({
      rows: 2,
    })
    await running.stop()
  })

  it.each(['SIGKILL', 'SIGQUIT'] as const)(
    'tells of a server killed with %s, and starts again',
    async (signal) => {
      const running = await startEmbeddedPostgres({ dataFolder })
      const before = await queryOnce(
        running.url,
        'INSERT INTO arrival SELECT count(*) + 1 FROM arrival RETURNING id',
      )
      process.kill(running.pid, signal)
      await running.exited
      await running.stop()
      const again = await startEmbeddedPostgres({ dataFolder })
      expect(again.url).toBe(running.url)
      expect(await queryOnce(again.url, 'SELECT max(id) AS id FROM arrival')).toEqual(before)
      await again.stop()
    },
  )

  it.each(['SIGINT', 'SIGTERM'] as const)('does not outlive a process ended by %s', async (signal) => {
    const other = await startInOtherProcess(dataFolder)
    other.child.kill(signal)
    await untilGone(other.postgresPid)
    expect(isProcessAlive(other.postgresPid)).toBe(false)
  })
})
