import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runCli } from '../../tests-support/run-cli.ts'
import { demoCityTemplate } from '../../tests-support/test-server.ts'

const [server] = inject('databaseServers')
const env = { GUANKOU_MASTER_KEY: Buffer.alloc(32, 9).toString('base64') }

describe('guankou matching import', () => {
  let folder: string
  let database: TestDatabase
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guankou-matching-'))
    database = await createTestDatabase(server?.url ?? '', demoCityTemplate)
  })
  afterAll(async () => {
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  })
  const bring = async (csv: string, ...more: string[]) => {
    const file = join(folder, 'list.csv')
    await writeFile(file, csv)
    const words = [
      '--title-zh',
      '名单',
      '--title-en',
      'List',
      '--basis',
      'Order 12 of 2020',
      '--reason',
      'to-be-reached',
    ]
    const where = ['--database-url', database.url, '--data-folder', folder]
    return runCli(['matching', 'import', file, ...words, ...more, ...where], env)
  }

  it('says the list, how many were taken and which rows were not, and repeats no number', async () => {
    const told = await bring('kind,number\ndocument,44040219900101123X\nshoe,44040219900101124X\n')
    expect(told.stderr).toContain('row 3: kind')
    expect(told.stdout).toMatch(/^[0-9a-f-]{36}\n/)
    expect(told.stdout).toContain('1 entries, 1 rows refused')
    expect(told.stdout + told.stderr).not.toContain('440402199001011')
    expect(told.code).toBe(1)
  })

  it('refuses a file that is no list', async () => {
    const told = await bring('number\n1\n')
    expect(told.code).toBe(2)
    expect(told.stderr).toContain('MATCH_FILE_UNREADABLE')
  })
})
