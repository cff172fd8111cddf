import { randomBytes } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@guankou/db/database.ts'
import { aScreening } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runCli, startCli } from '../../tests-support/run-cli.ts'
import { demoCityTemplate, startTestServer, type TestServer } from '../../tests-support/test-server.ts'

const servers = inject('databaseServers')
const env = { GUANKOU_MASTER_KEY: randomBytes(32).toString('base64') }

type Made = { readonly id: string; readonly rows: number; readonly copied: number; readonly reused: number }

/** What the console shows of the days recorded, and the ends of the audit. */
const figuresOf = async (server: TestServer) => {
  const commander = await server.signIn('commander', 440400)
  const read = async (path: string) => {
    const { status, json } = await commander.send({ path })
    expect(status).toBe(200)
    const { asOf, ...figures } = json as Record<string, unknown>
    expect(asOf).toBeTypeOf('string')
    return figures
  }
  return Promise.all(
    ['2020-01-23', '2020-01-24'].flatMap((day) =>
      ['summary', 'posts', 'origins', 'curve'].map((part) =>
        read(`/api/situation/${part}?area=440400&day=${day}`),
      ),
    ),
  )
}

describe('a drill: backup, more data, incremental, restore elsewhere', () => {
  let folder: string
  let source: TestDatabase
  let server: TestServer
  const databases: TestDatabase[] = []
  const backups = () => join(folder, 'backups')
  const own = () => ['--database-url', source.url, '--data-folder', join(folder, 'source')]
  const backUp = async (...more: string[]): Promise<Made> => {
    const { code, stdout, stderr } = await runCli(
      ['backup', '--to', backups(), '--json', ...more, ...own()],
      env,
    )
    expect([code, stderr]).toEqual([0, ''])
    return JSON.parse(stdout) as Made
  }
  const record = async (from: number, count: number, occurredAt?: string): Promise<void> => {
    const { actor } = await server.signIn('service-account', 440400)
    const at = occurredAt === undefined ? {} : { occurredAt }
    const done = await Promise.all(
      Array.from({ length: count }, (_, serial) =>
        server.context.recorder.record(actor, aScreening(at, from + serial)),
      ),
    )
    expect(done.every(({ ok }) => ok)).toBe(true)
  }
  const emptyDatabase = async (at = servers.at(-1)): Promise<string> => {
    const database = await createTestDatabase(at?.url ?? '')
    databases.push(database)
    return database.url
  }
  const into = (url: string) => ['--database-url', url, '--data-folder', join(folder, 'source')]

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guankou-drill-'))
    source = await createTestDatabase(servers[0]?.url ?? '', demoCityTemplate)
    const keySettings = { keyFolder: join(folder, 'source', 'keys'), env }
    server = await startTestServer({ databaseUrl: source.url, keySettings })
    await record(0, 40)
  })
  afterAll(async () => {
    await server.close()
    for (const database of [source, ...databases]) await database.drop()
    await rm(folder, { recursive: true, force: true })
  })

  it('copies everything once, and then only what changed', async () => {
    const first = await backUp()
    expect(first.rows).toBeGreaterThan(200)
    expect(first.reused).toBe(0)
    const unchanged = await backUp('--incremental')
    expect(unchanged).toMatchObject({ rows: first.rows, copied: 0, reused: first.copied })
    await record(100, 20, '2020-01-24T03:10:00.000Z')
    const second = await backUp('--incremental')
    expect(second.rows).toBeGreaterThan(first.rows)
    expect(second.copied).toBeGreaterThan(0)
    expect(second.reused).toBeGreaterThan(5)
    expect(await readdir(join(backups(), 'backups'))).toHaveLength(3)
  })

  it('holds nothing that can be read without the key', async () => {
    const files = await readdir(backups(), { recursive: true })
    const texts = ['screening', 'audit', 'Zhuhai', '珠海', 'covid', 'schema', '粤TABC1D']
    for (const file of files.filter((name) => /\.(part|note|manifest)$/.test(name))) {
      const bytes = await readFile(join(backups(), file))
      expect(texts.filter((text) => bytes.includes(text))).toEqual([])
    }
  })

  it('restores with proof into an own PostgreSQL of another version, and into a new data folder', async () => {
    const before = await figuresOf(server)
    const { id, rows } = await backUp('--incremental')
    const url = await emptyDatabase()
    const other = await runCli(['restore', backups(), '--verify', '--json', ...into(url)], env)
    expect([other.code, other.stderr]).toEqual([0, ''])
    expect(JSON.parse(other.stdout)).toMatchObject({ id, rows, days: 2, differences: [] })

    const fresh = join(folder, 'fresh')
    const restored = await runCli(['restore', backups(), '--to-data', fresh, '--verify', '--json'], env)
    expect([restored.code, restored.stderr]).toEqual([0, ''])
    expect(JSON.parse(restored.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      id,
      rows,
      differences: [],
    })

    await cp(join(folder, 'source', 'keys'), join(folder, 'copy', 'keys'), { recursive: true })
    const keySettings = { keyFolder: join(folder, 'copy', 'keys'), env }
    const twin = await startTestServer({ databaseUrl: url, keySettings })
    try {
      expect(await figuresOf(twin)).toEqual(before)
      const { actor } = await twin.signIn('service-account', 440400)
      expect(await twin.context.recorder.record(actor, aScreening({}, 5))).toMatchObject({
        ok: true,
        value: { duplicate: true },
      })
      expect(await twin.context.recorder.record(actor, aScreening({}, 900))).toMatchObject({
        ok: true,
        value: { duplicate: false },
      })
      const { rows: refused } = await twin.db.pool.query(
        "select pg_get_serial_sequence('refused_commands', 'id') as sequence",
      )
      expect(refused).toHaveLength(1)
    } finally {
      await twin.close()
    }
    const audit = await runCli(['audit', 'verify', '--json', ...into(url)], env)
    expect(JSON.parse(audit.stdout)).toMatchObject({ findings: 0 })

    const serving = startCli(['serve', '--no-models', '--port', '0', '--data-folder', fresh], env)
    await serving.until(/https?:\/\/[\w.]+:(\d+)/)
    serving.process.kill('SIGTERM')
    expect(await serving.finished).toMatchObject({ code: 0 })
  }, 120_000)

  it('never writes over what is there', async () => {
    const { code, stderr } = await runCli(['restore', backups(), ...own()], env)
    expect(code).toBe(3)
    expect(stderr).toMatch(/^guankou: The database is not empty/)
  })

  it('is refused under other keys, without keys, and where there is nothing', async () => {
    const url = await emptyDatabase()
    const other = { GUANKOU_MASTER_KEY: randomBytes(32).toString('base64') }
    const nowhere = ['--database-url', url, '--data-folder', join(folder, 'nowhere')]
    const [wrongKey, noKey, wrongOnWrite, nothing] = await Promise.all([
      runCli(['restore', backups(), ...nowhere], other),
      runCli(['restore', backups(), '--database-url', url, '--data-folder', join(folder, 'keyless')]),
      runCli(
        ['backup', '--to', backups(), '--database-url', source.url, '--data-folder', join(folder, 'n2')],
        other,
      ),
      runCli(['restore', join(folder, 'source'), ...into(url)], env),
    ])
    expect([wrongKey.code, noKey.code, wrongOnWrite.code, nothing.code]).toEqual([2, 2, 2, 2])
    expect(wrongKey.stderr).toMatch(
      /^guankou: This backup was made under the keys of another installation \(key [0-9a-f]{16}\)/,
    )
    expect(noKey.stderr).toContain('There are no keys')
    expect(wrongOnWrite.stderr).toContain('another installation')
    expect(nothing.stderr).toContain('There is no complete backup')
    expect(await readdir(join(folder, 'keyless')).catch(() => [])).toEqual([])
  })

  it('opens with its passphrase alone', async () => {
    const [right, wrong, to] = ['right', 'wrong', 'phrase'].map((name) => join(folder, name))
    await writeFile(right ?? '', 'correct horse battery\n')
    await writeFile(wrong ?? '', 'wrong horse battery\n')
    const args = ['--to', to ?? '', ...own()]
    expect((await runCli(['backup', '--passphrase-file', right ?? '', ...args], env)).code).toBe(0)
    const check = (...more: string[]) => runCli(['check-backup', to ?? '', ...more, ...own()], env)
    const [good, bad, without] = await Promise.all([
      check('--passphrase-file', right ?? ''),
      check('--passphrase-file', wrong ?? ''),
      check(),
    ])
    expect([good.code, bad.code, without.code]).toEqual([0, 2, 2])
    expect(bad.stderr).toContain('another passphrase')
    expect(without.stderr).toContain('--passphrase-file')
  })

  it('names the part that is damaged, wherever, and leaves nothing that a server would start on', async () => {
    const spoiled = join(folder, 'spoiled')
    const url = await emptyDatabase()
    const spoil = async (which: 'part' | 'manifest', change: (bytes: Buffer) => Buffer | undefined) => {
      await rm(spoiled, { recursive: true, force: true })
      await cp(backups(), spoiled, { recursive: true })
      const sub = join(spoiled, which === 'part' ? 'parts' : 'backups')
      for (const file of (await readdir(sub)).filter((name) => name.endsWith(`.${which}`))) {
        const changed = change(await readFile(join(sub, file)))
        if (changed === undefined) await rm(join(sub, file))
        else await writeFile(join(sub, file), changed)
      }
      return runCli(['restore', spoiled, ...into(url)], env)
    }
    const flipped = (bytes: Buffer) => {
      bytes.writeUInt8(bytes.readUInt8(bytes.length - 20) ^ 1, bytes.length - 20)
      return bytes
    }
    const ends = [
      await spoil('part', flipped),
      await spoil('part', (bytes) => bytes.subarray(0, bytes.length - 1)),
      await spoil('part', () => undefined),
    ]
    for (const { code, stderr } of ends) {
      expect(code).toBe(2)
      expect(stderr).toMatch(/^guankou: The backup is damaged: part [0-9a-f]{32} \(table \w+\) .*\n$/)
    }
    expect((await spoil('manifest', flipped)).stderr).toContain('the manifest of')
    expect((await spoil('manifest', () => undefined)).stderr).toContain('no complete backup')
    const checked = await runCli(['check-backup', spoiled, ...own()], env)
    expect(checked.code).toBe(2)
    const serve = await runCli(['serve', '--port', '0', ...into(url)], env)
    expect(serve.code).toBe(3)
    expect(serve.stderr).toContain('a restore into this database was not finished')
    // The same place takes a good backup afterwards.
    const again = await runCli(['restore', backups(), '--verify', ...into(url)], env)
    expect(again.code).toBe(0)
  }, 120_000)

  it('keeps as many as asked, and removes what only the others needed', async () => {
    const kept = join(folder, 'kept')
    await cp(backups(), kept, { recursive: true })
    const before = (await readdir(join(kept, 'parts'))).length
    await record(200, 5)
    const { code } = await runCli(['backup', '--to', kept, '--incremental', '--keep', '1', ...own()], env)
    expect(code).toBe(0)
    expect(await readdir(join(kept, 'backups'))).toHaveLength(1)
    expect((await readdir(join(kept, 'parts'))).length).toBeLessThan(before)
    expect((await runCli(['check-backup', kept, ...own()], env)).code).toBe(0)
    await mkdir(join(folder, 'mine'))
    await writeFile(join(folder, 'mine', 'letter.txt'), 'mine')
    const foreign = await runCli(['backup', '--to', join(folder, 'mine'), ...own()], env)
    expect(foreign.code).toBe(2)
  })

  it('shows one instant, whatever is written meanwhile', async () => {
    const to = join(folder, 'live')
    const running = startCli(['backup', '--to', to, '--json', ...own()], env)
    let over = false
    const writing = (async () => {
      for (let round = 0; !over; round += 1) await record(1_000 + round * 10, 10)
    })()
    const { code } = await running.finished
    over = true
    await writing
    expect(code).toBe(0)
    const url = await emptyDatabase(servers[0])
    const restored = await runCli(['restore', to, '--verify', '--json', ...into(url)], env)
    expect([restored.code, restored.stderr]).toEqual([0, ''])
    expect(JSON.parse(restored.stdout)).toMatchObject({ differences: [] })
    const db = openDatabase({ url, maxConnections: 1 })
    const { rows } = await db.pool.query(
      "select 1 from audit_entries where action = 'access.sign-in' limit 1",
    )
    await db.close()
    expect(rows).toHaveLength(1)
  }, 120_000)
})
