import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DataFolderPaths, pathsOf } from './data-folder.ts'
import { expectRefusal, queryOnce, temporaryFolder } from './launch-fixture.ts'
import { startEmbeddedPostgres } from './start-embedded-postgres.ts'

describe('a data folder that is not as it should be', () => {
  let temporary: Awaited<ReturnType<typeof temporaryFolder>>
  let sound: DataFolderPaths
  let copies = 0

  beforeAll(async () => {
    temporary = await temporaryFolder()
    sound = pathsOf(path.join(temporary.folder, 'sound'))
    const running = await startEmbeddedPostgres({ dataFolder: sound.dataFolder })
    await queryOnce(running.url, 'CREATE TABLE post AS SELECT 7 AS lanes')
    await running.stop()
  })
  afterAll(() => temporary.remove())

  /** A copy of the sound folder to damage. */
  async function copyOfSound(): Promise<DataFolderPaths> {
    copies += 1
    const paths = pathsOf(path.join(temporary.folder, `copy-${copies}`))
    await cp(sound.dataFolder, paths.dataFolder, { recursive: true, preserveTimestamps: true })
    return paths
  }

  it.each([
    ['PG_VERSION', 'is missing', undefined],
    ['PG_VERSION', 'is garbled', '\u0000\u0001garbled'],
    ['PG_VERSION', 'is empty', ''],
    ['global/pg_control', 'is missing', undefined],
    ['global/pg_control', 'is garbled', 'x'.repeat(8192)],
    ['global/pg_filenode.map', 'is missing', undefined],
  ])('is refused when %s %s', async (name, _how, content) => {
    const { clusterFolder, dataFolder } = await copyOfSound()
    const file = path.join(clusterFolder, name)
    if (content === undefined) await rm(file)
    else await writeFile(file, content)
    await expectRefusal(startEmbeddedPostgres({ dataFolder }), 'DATA_FOLDER_CORRUPT')
  })

  it('is refused when the write-ahead log is gone', async () => {
    const { clusterFolder, dataFolder } = await copyOfSound()
    for (const name of await readdir(path.join(clusterFolder, 'pg_wal')))
      await rm(path.join(clusterFolder, 'pg_wal', name), { recursive: true })
    const refusal = await expectRefusal(startEmbeddedPostgres({ dataFolder }), 'DATA_FOLDER_CORRUPT')
    expect(refusal.message).toMatch(/checkpoint record/)
  })

  it('is refused when another major version wrote it', async () => {
    const { clusterFolder, dataFolder } = await copyOfSound()
    await writeFile(path.join(clusterFolder, 'PG_VERSION'), '17\n')
    const refusal = await expectRefusal(startEmbeddedPostgres({ dataFolder }), 'WRONG_VERSION')
    expect(refusal.message).toMatch(/PostgreSQL 17 .* PostgreSQL 18/)
  })

  it('can be used again after a refusal, once it is put right', async () => {
    const { clusterFolder, dataFolder } = await copyOfSound()
    await rm(path.join(clusterFolder, 'PG_VERSION'))
    await expectRefusal(startEmbeddedPostgres({ dataFolder }), 'DATA_FOLDER_CORRUPT')
    await writeFile(path.join(clusterFolder, 'PG_VERSION'), '18\n')
    const running = await startEmbeddedPostgres({ dataFolder })
    expect(await queryOnce(running.url, 'SELECT lanes FROM post')).toEqual({ lanes: 7 })
    await running.stop()
  })

  it('starts as new when an earlier first start was killed half-way', async () => {
    const paths = pathsOf(path.join(temporary.folder, 'half'))
    const unfinished = path.join(paths.postgresFolder, 'cluster-unfinished-1234abcd')
    await mkdir(path.join(unfinished, 'base'), { recursive: true })
    await writeFile(path.join(unfinished, 'PG_VERSION'), '18\n')
    const running = await startEmbeddedPostgres({ dataFolder: paths.dataFolder })
    await running.stop()
    expect(await readdir(paths.postgresFolder)).not.toContain('cluster-unfinished-1234abcd')
  })

  it.each([
    ['is missing', undefined],
    ['is cut short', '{"host": "127.0'],
    ['is empty', ''],
  ])('keeps its rows and gets a new password when connection.json %s', async (_how, content) => {
    const { connectionFile, dataFolder } = await copyOfSound()
    if (content === undefined) await rm(connectionFile)
    else await writeFile(connectionFile, content)
    const running = await startEmbeddedPostgres({ dataFolder })
    expect(await queryOnce(running.url, 'SELECT lanes FROM post')).toEqual({ lanes: 7 })
    await running.stop()
  })
})
