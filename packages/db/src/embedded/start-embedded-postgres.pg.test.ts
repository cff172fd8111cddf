import { stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pathsOf } from './data-folder.ts'
import { expectRefusal, killHard, queryOnce, startInOtherProcess, temporaryFolder } from './launch-fixture.ts'
import { isProcessAlive } from './postmaster-file.ts'
import { readRunning } from './read-running.ts'
import { type LaunchStep, startEmbeddedPostgres } from './start-embedded-postgres.ts'

describe('an embedded PostgreSQL', () => {
  let temporary: Awaited<ReturnType<typeof temporaryFolder>>
  let dataFolder: string
  let firstUrl: string

  beforeAll(async () => {
    temporary = await temporaryFolder()
    dataFolder = path.join(temporary.folder, 'data 数据')
  })
  afterAll(() => temporary.remove())

  it('makes its cluster at the first start and tells each step', async () => {
    const steps: LaunchStep[] = []
    const running = await startEmbeddedPostgres({ dataFolder, onProgress: (step) => steps.push(step) })
    expect(steps).toEqual(['preparing', 'creating-cluster', 'starting', 'ready'])
    expect(running.version).toMatch(/^18\.\d+$/)
    firstUrl = running.url
    await queryOnce(running.url, 'CREATE TABLE post AS SELECT 7 AS lanes')
    await running.stop()
  })

  it('keeps rows, port and password over a warm start', async () => {
    const steps: LaunchStep[] = []
    const running = await startEmbeddedPostgres({ dataFolder, onProgress: (step) => steps.push(step) })
    expect(steps).toEqual(['preparing', 'starting', 'ready'])
    expect(running.url).toBe(firstUrl)
    expect(await queryOnce(running.url, 'SELECT lanes FROM post')).toEqual({ lanes: 7 })
    await running.stop()
  })

  it.each([
    ['fsync', 'on'],
    ['synchronous_commit', 'on'],
    ['full_page_writes', 'on'],
    ['data_checksums', 'on'],
    ['server_encoding', 'UTF8'],
    ['TimeZone', 'UTC'],
    ['listen_addresses', '127.0.0.1'],
    ['unix_socket_directories', ''],
    ['password_encryption', 'scram-sha-256'],
  ])('runs with %s = %j', async (name, value) => {
    const running = await startEmbeddedPostgres({ dataFolder })
    expect(Object.values(await queryOnce(running.url, `SHOW ${name}`))).toEqual([value])
    await running.stop()
  })

  it('lets nobody in without the password', async () => {
    const running = await startEmbeddedPostgres({ dataFolder })
    const url = new URL(running.url)
    url.password = 'guankou'
    await expect(queryOnce(url.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
    await running.stop()
  })

  it('keeps its connection details from other users', async () => {
    const { mode } = await stat(pathsOf(dataFolder).connectionFile)
    expect((mode & 0o777).toString(8)).toBe('600')
  })

  it('can be found by other commands while it runs, and only then', async () => {
    const running = await startEmbeddedPostgres({ dataFolder })
    const { url, port, pid, version } = running
    expect(await readRunning(dataFolder)).toEqual({ url, port, pid, version, ownerPid: process.pid })
    await running.stop()
    expect(await readRunning(dataFolder)).toBeUndefined()
    expect(await readRunning(path.join(dataFolder, 'nothing-here'))).toBeUndefined()
  })

  it('leaves no process when stopped, in order or at once, twice or more', async () => {
    for (const mode of ['fast', 'immediate'] as const) {
      const running = await startEmbeddedPostgres({ dataFolder })
      await Promise.all([running.stop(mode), running.stop(mode)])
      expect(isProcessAlive(running.pid)).toBe(false)
      expect(await running.exited).toMatchObject({ signal: null })
      await running.stop()
    }
  })

  it('is refused to a second instance, in this process and in another', async () => {
    const other = await startInOtherProcess(dataFolder)
    const refusal = await expectRefusal(startEmbeddedPostgres({ dataFolder }), 'DATA_FOLDER_IN_USE')
    expect(refusal.text.en).toContain(`process ${other.child.pid}`)
    expect(await queryOnce(other.url, 'SELECT lanes FROM post')).toEqual({ lanes: 7 })
    await killHard(other.child)

    const running = await startEmbeddedPostgres({ dataFolder })
    await expectRefusal(startEmbeddedPostgres({ dataFolder }), 'DATA_FOLDER_IN_USE')
    await running.stop()
  })

  it('says what is wrong when the data folder is a file', async () => {
    const file = path.join(temporary.folder, 'a-file')
    await writeFile(file, '')
    await expectRefusal(startEmbeddedPostgres({ dataFolder: path.join(file, 'data') }), 'PERMISSION')
  })
})
