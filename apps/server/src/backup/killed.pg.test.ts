import { randomBytes } from 'node:crypto'
import { watch } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@guankou/db/database.ts'
import { aScreening } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { fieldPlace } from '#src/identity/identity-sealer.ts'
import { runCli, startCli } from '../../tests-support/run-cli.ts'
import { demoCityTemplate, startTestServer, type TestServer } from '../../tests-support/test-server.ts'

const [first] = inject('databaseServers')
const env = { GUANKOU_MASTER_KEY: randomBytes(32).toString('base64') }

describe('a backup or restore that is killed, and what retention destroyed', () => {
  let folder: string
  let source: TestDatabase
  let server: TestServer
  const databases: TestDatabase[] = []
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guankou-killed-'))
    source = await createTestDatabase(first?.url ?? '', demoCityTemplate)
    const keySettings = { keyFolder: join(folder, 'source', 'keys'), env }
    server = await startTestServer({ databaseUrl: source.url, keySettings })
    const { actor } = await server.signIn('service-account', 440400)
    for (let serial = 0; serial < 20; serial += 1)
      await server.context.recorder.record(actor, aScreening({}, serial))
  })
  afterAll(async () => {
    await server.close()
    for (const database of [source, ...databases]) await database.drop()
    await rm(folder, { recursive: true, force: true })
  })
  const emptyDatabase = async (): Promise<string> => {
    const database = await createTestDatabase(first?.url ?? '')
    databases.push(database)
    return database.url
  }
  const on = (url: string) => ['--database-url', url, '--data-folder', join(folder, 'source')]
  const countIn = async (url: string, sql: string): Promise<number> => {
    const db = openDatabase({ url, maxConnections: 1 })
    try {
      const { rows } = await db.pool.query<{ count: number }>(sql)
      return rows[0]?.count ?? 0
    } finally {
      await db.close()
    }
  }
  /** Waits until a folder holds so many files of a kind. */
  const untilThere = async (place: string, suffix: string, count: number): Promise<void> => {
    await mkdir(place, { recursive: true })
    const changes = watch(place)
    try {
      while ((await readdir(place)).filter((name) => name.endsWith(suffix)).length < count)
        await new Promise((resolve) => {
          changes.once('change', resolve)
          setTimeout(resolve, 50)
        })
    } finally {
      changes.close()
    }
  }

  it('a backup that is killed is no backup, and the next run goes on where it was', async () => {
    const to = join(folder, 'to')
    const running = startCli(['backup', '--to', to, ...on(source.url)], env)
    await untilThere(to, 'guankou-backups.json', 1)
    await untilThere(join(to, 'parts'), '.note', 3)
    running.process.kill('SIGKILL')
    expect((await running.finished).code).toBeNull()
    const left = await readdir(join(to, 'backups')).catch(() => [])
    expect(left.filter((name) => !name.startsWith('.'))).toEqual([])
    const none = await runCli(['restore', to, ...on(await emptyDatabase())], env)
    expect(none.code).toBe(2)
    expect(none.stderr).toContain('There is no complete backup')
    const next = await runCli(['backup', '--to', to, '--json', ...on(source.url)], env)
    expect(next.code).toBe(0)
    expect((JSON.parse(next.stdout) as { reused: number }).reused).toBeGreaterThanOrEqual(3)
    const files = await readdir(to, { recursive: true })
    expect(files.filter((name) => name.includes('unfinished'))).toEqual([])
    // Without --incremental a run that is complete is not gone on with.
    const full = await runCli(['backup', '--to', to, '--json', ...on(source.url)], env)
    expect(JSON.parse(full.stdout)).toMatchObject({ reused: 0 })
  }, 60_000)

  it('a restore that is killed is no database, and begins anew', async () => {
    const from = join(folder, 'from')
    expect((await runCli(['backup', '--to', from, ...on(source.url)], env)).code).toBe(0)
    const url = await emptyDatabase()
    const running = startCli(['restore', from, ...on(url)], env)
    const marked = "select count(*)::integer as count from pg_class where relname = 'restore_under_way'"
    while ((await countIn(url, marked)) === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    running.process.kill('SIGKILL')
    await running.finished
    const serve = await runCli(['serve', '--port', '0', ...on(url)], env)
    expect(serve.code).toBe(3)
    expect(serve.stderr).toContain('not finished')
    const again = await runCli(['restore', from, '--verify', '--json', ...on(url)], env)
    expect([again.code, again.stderr]).toEqual([0, ''])
    expect(JSON.parse(again.stdout)).toMatchObject({ differences: [] })
    expect(await countIn(url, 'select count(*)::integer as count from screenings')).toBe(20)
  }, 60_000)

  it('brings no session, link or exported list back', async () => {
    const url = await emptyDatabase()
    await runCli(['restore', join(folder, 'from'), ...on(url)], env)
    for (const table of ['sessions', 'sign_in_links', 'outbox', 'export_chunks', 'enrolment_codes'])
      expect(await countIn(url, `select count(*)::integer as count from ${table}`), table).toBe(0)
    expect(await countIn(url, 'select count(*)::integer as count from accounts')).toBeGreaterThan(0)
  })

  it('does not open the identities of a day that was destroyed after the backup was made', async () => {
    const from = join(folder, 'before-destruction')
    expect((await runCli(['backup', '--to', from, ...on(source.url)], env)).code).toBe(0)
    const owner = { jurisdiction: 440402, day: '2020-01-23' }
    const url = await emptyDatabase()
    const openFirst = async (): Promise<string> => {
      const keySettings = { keyFolder: join(folder, 'source', 'keys'), env }
      const restored = await startTestServer({ databaseUrl: url, keySettings })
      try {
        const { rows } = await restored.db.pool.query<{ id: string; name: Buffer }>(
          'select screening_id as id, name_sealed as name from screening_travellers where name_sealed is not null limit 1',
        )
        const { id, name } = rows[0] ?? { id: '', name: Buffer.alloc(0) }
        return await restored.context.identity.sealer.open(owner, fieldPlace(id, 1, 'name'), name)
      } finally {
        await restored.close()
      }
    }
    expect((await runCli(['restore', from, ...on(url)], env)).code).toBe(0)
    // As long as the day key is there, a restore gives back what there was: the test would find a loss of its own.
    expect(await openFirst()).toBe('测试旅客1')
    await server.keys.dayKeys.destroy(owner)
    await expect(openFirst()).rejects.toThrow(/destroyed/)
    const files = await readdir(from, { recursive: true })
    expect(files.filter((name) => /\.key$|days/.test(name))).toEqual([])
  }, 60_000)
})
