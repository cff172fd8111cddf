import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migratedTemplate } from '@guankou/testkit/postgres/migrated-template.ts'
import {
  createTestDatabase,
  type DatabaseTemplate,
  type TestDatabase,
} from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runCli } from '../../tests-support/run-cli.ts'
import { demoCityTemplate } from '../../tests-support/test-server.ts'

const [server] = inject('databaseServers')

describe('guankou phones', () => {
  let folder: string
  const databases: TestDatabase[] = []
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guankou-phones-'))
  })
  afterAll(async () => {
    for (const database of databases) await database.drop()
    await rm(folder, { recursive: true, force: true })
  })
  const on = async (template: DatabaseTemplate) => {
    const database = await createTestDatabase(server?.url ?? '', template)
    databases.push(database)
    return (...args: readonly string[]) =>
      runCli(['phones', ...args, '--database-url', database.url, '--data-folder', folder])
  }

  it('is strict where nobody said otherwise, and relaxed in the demo city alone', async () => {
    const [city, demo] = await Promise.all([on(migratedTemplate), on(demoCityTemplate)])
    const rest = 'most-pin-tries 10\nlock-after-minutes 10\n'
    expect((await city()).stdout).toBe(`enrolment by-code\npin required\n${rest}`)
    expect((await demo()).stdout).toBe(`enrolment on-the-spot\npin skippable\n${rest}`)
  })

  it('changes what is named and keeps the rest', async () => {
    const demo = await on(demoCityTemplate)
    await demo('--enrolment', 'by-code', '--lock-after-minutes', '3')
    await demo('--pin', 'required')
    expect((await demo()).stdout).toBe(
      'enrolment by-code\npin required\nmost-pin-tries 10\nlock-after-minutes 3\n',
    )
  })

  it('refuses what is no setting', async () => {
    const demo = await on(demoCityTemplate)
    const answer = await demo('--most-pin-tries', '2')
    expect(answer.code).toBe(2)
    expect(answer.stderr).toContain('3 to 100')
  })
})
