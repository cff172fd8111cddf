import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@guankou/db/database.ts'
import { aScreening } from '@guankou/testkit/factories/screening.ts'
import { migratedTemplate } from '@guankou/testkit/postgres/migrated-template.ts'
import {
  createTestDatabase,
  type DatabaseTemplate,
  type TestDatabase,
} from '@guankou/testkit/postgres/test-database.ts'
import { sendJson } from '@guankou/testkit/server/send-json.ts'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { type RunningCli, runCli, startCli } from '../../tests-support/run-cli.ts'
import { demoCityTemplate, startTestServer } from '../../tests-support/test-server.ts'

const [server] = inject('databaseServers')

/** One line that a person can act on; never a stack. */
const expectOneSentence = (stderr: string): void => {
  expect(stderr).toMatch(/^guankou: \S.*\n$/)
  expect(stderr).not.toMatch(/\n\s+at /)
}

describe('guankou', () => {
  let folder: string
  const databases: TestDatabase[] = []
  const running: RunningCli[] = []
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guankou-cli-'))
  })
  afterEach(async () => {
    for (const cli of running.splice(0)) {
      cli.process.kill('SIGTERM')
      await cli.finished
    }
  })
  afterAll(async () => {
    for (const database of databases) await database.drop()
    await rm(folder, { recursive: true, force: true })
  })
  const newDatabase = async (template?: DatabaseTemplate): Promise<string> => {
    const database = await createTestDatabase(server?.url ?? '', template)
    databases.push(database)
    return database.url
  }
  const on = (url: string): string[] => ['--database-url', url, '--data-folder', folder]
  const start = (args: readonly string[]): RunningCli => {
    const cli = startCli(args)
    running.push(cli)
    return cli
  }
  const change = async (url: string, sql: string): Promise<void> => {
    const db = openDatabase({ url, maxConnections: 1 })
    await db.pool.query(sql)
    await db.close()
  }

  it('tells of every command what it does, its options and its exit codes', async () => {
    const commands = [
      [],
      ['serve'],
      ['demo'],
      ['migrate'],
      ['replay'],
      ['simulate'],
      ['rollups', 'verify'],
      ['screening', 'replay'],
      ['audit', 'verify'],
      ['audit', 'heads'],
      ['backup'],
      ['check-backup'],
      ['restore'],
      ['sign-in-link'],
    ]
    const helps = await Promise.all(commands.map((command) => runCli([...command, '--help'])))
    for (const [index, { code, stdout, stderr }] of helps.entries()) {
      expect([commands[index], code, stderr]).toEqual([commands[index], 0, ''])
      expect(stdout).toContain(`Usage: guankou ${commands[index]?.join(' ') ?? ''}`.trimEnd())
      expect(stdout).toMatch(/Exit codes:\n {2}0 {2}done\n {2}1 .*\n {2}2 .*\n {2}3 /)
    }
    for (const command of commands) expect(helps[0]?.stdout).toContain(command[0] ?? 'guankou')
    expect(helps[1]?.stdout).toMatch(/--port <port>.*8720/s)
  })

  it('refuses what it does not know as a wrong option', async () => {
    const wrong = [
      ['fly'],
      ['serve', '--port', '70000'],
      ['serve', '--wings'],
      ['rollups', 'verify', '--day', '2020-02-30'],
      ['sign-in-link', '--role', 'king'],
      ['migrate', '--log-level', 'loud'],
    ]
    for (const { code, stderr } of await Promise.all(wrong.map((args) => runCli(args)))) {
      expect(code).toBe(2)
      expect(stderr).toMatch(/^error: /)
    }
  })

  it('says in one sentence where the database does not answer, is too new, or the key is damaged', async () => {
    const newer = await newDatabase(migratedTemplate)
    await change(newer, "insert into schema_migrations values (9999, '9999-later', now())")
    const [gone, none, tooNew, badKey] = await Promise.all([
      runCli(['migrate', ...on('postgres://127.0.0.1:1/none')]),
      runCli(['rollups', 'verify', ...on((server?.url ?? '').replace(/\/[^/]*$/, '/no_such_database'))]),
      runCli(['migrate', ...on(newer)]),
      startCli(['migrate', ...on(newer)], { GUANKOU_MASTER_KEY: 'short' }).finished,
    ])
    for (const { code, stderr } of [gone, none, tooNew, badKey]) {
      expect(code).toBe(3)
      expectOneSentence(stderr)
    }
    expect(gone.stderr).toContain('does not answer')
    expect(tooNew.stderr).toContain('newer release')
    expect(badKey.stderr).toContain('GUANKOU_MASTER_KEY')
  })

  it('migrates an empty database, and says when there is nothing to do', async () => {
    const url = await newDatabase()
    const first = await runCli(['migrate', ...on(url)])
    expect(first.code).toBe(0)
    expect(first.stdout.trimEnd().split('\n').length).toBeGreaterThanOrEqual(4)
    const second = await runCli(['migrate', ...on(url)])
    expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('up to date') })
  })

  it('decides past screenings again: 0 where nothing differs, 1 with what does', async () => {
    const url = await newDatabase(demoCityTemplate)
    const own = await startTestServer({ databaseUrl: url })
    const session = await own.signIn('service-account', 440400)
    for (let serial = 0; serial < 3; serial += 1)
      await own.context.recorder.record(session.actor, aScreening({}, serial))
    await own.close()
    const { id } = aScreening({}, 1)
    const [every, one, unknown, both] = await Promise.all([
      runCli(['screening', 'replay', '--json', ...on(url)]),
      runCli(['screening', 'replay', id, ...on(url)]),
      runCli(['screening', 'replay', aScreening({}, 9).id, ...on(url)]),
      runCli(['screening', 'replay', id, '--day', '2020-01-23', ...on(url)]),
    ])
    expect([every.code, one.code, unknown.code, both.code]).toEqual([0, 0, 2, 2])
    expect(JSON.parse(every.stdout)).toEqual({ screenings: 3, travellers: 3, differing: 0, differences: [] })
    expect(one.stdout).toContain('1 screenings of 1 people decided again, no difference')
    await change(url, `update screening_travellers set fever = 'confirmed' where screening_id = '${id}'`)
    const [day, otherDay] = await Promise.all([
      runCli(['screening', 'replay', '--day', '2020-01-23', ...on(url)]),
      runCli(['screening', 'replay', '--day', '2020-01-24', ...on(url)]),
    ])
    expect([day.code, otherDay.code]).toEqual([1, 0])
    expect(day.stdout).toContain(`${id} post 1 seat 1 fever: kept confirmed, replayed none`)
  })

  it('verifies roll-ups: 0 where they equal the facts, 1 with the place where they do not', async () => {
    const url = await newDatabase(demoCityTemplate)
    const own = await startTestServer({ databaseUrl: url })
    const session = await own.signIn('service-account', 440400)
    for (let serial = 0; serial < 5; serial += 1)
      await own.context.recorder.record(session.actor, aScreening({}, serial))
    await own.close()
    const good = await runCli(['rollups', 'verify', '--json', ...on(url)])
    expect(good.code).toBe(0)
    expect(JSON.parse(good.stdout)).toEqual({ days: 1, withoutFacts: 0, differences: [] })
    await change(url, 'update rollup_post_slots set travellers = travellers + 1')
    const [lines, json, otherDay] = await Promise.all([
      runCli(['rollups', 'verify', ...on(url)]),
      runCli(['rollups', 'verify', '--json', '--day', '2020-01-23', ...on(url)]),
      runCli(['rollups', 'verify', '--day', '2020-01-24', ...on(url)]),
    ])
    expect([lines.code, json.code, otherDay.code]).toEqual([1, 1, 0])
    expect(lines.stdout).toMatch(
      /^2020-01-23 rollup_post_slots 440402 post 1, slot 67: kept \(5,6,.*recounted \(5,5,/,
    )
    expect(JSON.parse(json.stdout)).toMatchObject({
      differences: [{ rollup: 'rollup_post_slots', key: 'post 1, slot 67' }],
    })
  })

  it('says in one sentence that a port is taken, for serve and demo alike', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const port = String((holder.address() as AddressInfo).port)
    const url = await newDatabase(demoCityTemplate)
    const [serve, demo] = await Promise.all([
      runCli(['serve', '--port', port, ...on(url)]),
      runCli(['demo', '--no-traffic', '--port', port, ...on(await newDatabase())]),
    ])
    holder.close()
    for (const { code, stderr } of [serve, demo]) {
      expect(code).toBe(3)
      expectOneSentence(stderr)
      expect(stderr).toContain(port)
    }
  })

  it('does not mix the demo city with another one', async () => {
    const url = await newDatabase(demoCityTemplate)
    await change(url, 'update installation set demo = false')
    const { code, stderr } = await runCli(['demo', '--port', '0', ...on(url)])
    expect(code).toBe(2)
    expectOneSentence(stderr)
  })

  it('prints sign-in links that work once, for the account asked for', async () => {
    const url = await newDatabase(demoCityTemplate)
    const cli = start(['serve', '--no-models', '--port', '0', ...on(url)])
    const [, port] = await cli.until(/https?:\/\/[\w.]+:(\d+)/)
    const origin = `http://localhost:${port}`
    const [link, unknown] = await Promise.all([
      runCli(['sign-in-link', '--login', 'post-lead-jinwan', '--origin', origin, ...on(url)]),
      runCli(['sign-in-link', '--login', 'nobody', ...on(url)]),
    ])
    expect(unknown.code).toBe(2)
    expectOneSentence(unknown.stderr)
    expect(link.stdout).toMatch(new RegExp(`^${origin}/console/sign-in#token=[\\w-]{43}\\n$`))
    const token = link.stdout.trim().split('token=')[1]
    const signIn = () =>
      sendJson(`http://127.0.0.1:${port}`, { path: '/api/access/sign-in', body: { token } })
    expect((await signIn()).json).toMatchObject({ role: 'post-lead', areaCode: 440404 })
    expect((await signIn()).status).toBe(401)
    cli.process.kill('SIGTERM')
    expect(await cli.finished).toMatchObject({ code: 0, stderr: '' })
  })

  it('runs the demo on a data folder of its own, alone, beside other commands, and leaves nothing running', async () => {
    const own = await mkdtemp(join(tmpdir(), 'guankou-demo-'))
    const demo = start(['demo', '--no-traffic', '--port', '0', '--data-folder', own])
    await demo.until(/Ctrl-C stops everything/)
    expect(demo.output()).toMatch(/\/console\/sign-in#token=[\w-]{43}/)
    expect(demo.output()).toMatch(/\/field\/sign-in#token=[\w-]{43}/)
    const [, port] = await demo.until(/localhost:(\d+)\/portal/)
    expect((await sendJson(`http://127.0.0.1:${port}`, { path: '/api/health' })).json).toMatchObject({
      status: 'ok',
    })
    const [second, verify, link] = await Promise.all([
      runCli(['serve', '--port', '0', '--data-folder', own]),
      runCli(['rollups', 'verify', '--json', '--data-folder', own]),
      runCli(['sign-in-link', '--role', 'commander', '--data-folder', own]),
    ])
    expect(second.code).toBe(3)
    expectOneSentence(second.stderr)
    expect(JSON.parse(verify.stdout)).toEqual({ days: 0, withoutFacts: 0, differences: [] })
    expect(link.code).toBe(0)
    demo.process.kill('SIGINT')
    expect(await demo.finished).toMatchObject({ code: 0, stderr: '' })
    const left = ['postgres/postmaster.pid', 'postmaster.pid'].filter((file) => existsSync(join(own, file)))
    expect(left).toEqual([])
    await rm(own, { recursive: true, force: true })
  }, 90_000)
})
