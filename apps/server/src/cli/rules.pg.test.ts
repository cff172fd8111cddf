import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runCli } from '../../tests-support/run-cli.ts'
import { demoCityTemplate } from '../../tests-support/test-server.ts'

const [server] = inject('databaseServers')

describe('guankou rules', () => {
  let folder: string
  let database: TestDatabase
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guankou-rules-'))
    database = await createTestDatabase(server?.url ?? '', demoCityTemplate)
  })
  afterAll(async () => {
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  })
  const rules = (...args: readonly string[]) =>
    runCli(['rules', ...args, '--database-url', database.url, '--data-folder', folder])

  it('has two people decide where nobody said otherwise, and one where somebody did', async () => {
    expect((await rules('covid-19-like')).stdout).toBe('decided-by two-people\n')
    await rules('covid-19-like', '--decided-by', 'one-person')
    expect((await rules('covid-19-like')).stdout).toBe('decided-by one-person\n')
  })

  it('knows the responses that there are', async () => {
    expect((await rules('none')).code).not.toBe(0)
  })
})
