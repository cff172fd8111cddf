import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endpoints } from '@guankou/contract/endpoints.ts'
import { openDatabase } from '@guankou/db/database.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { sendJson } from '@guankou/testkit/server/send-json.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runCli, startCli } from '../../tests-support/run-cli.ts'
import { demoCityTemplate } from '../../tests-support/test-server.ts'

const [server] = inject('databaseServers')

describe('guankou account', () => {
  let database: TestDatabase
  let folder: string
  beforeAll(async () => {
    database = await createTestDatabase(server?.url ?? '', demoCityTemplate)
    folder = await mkdtemp(join(tmpdir(), 'guankou-account-'))
  })
  afterAll(async () => {
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  })
  const run = (...args: readonly string[]) =>
    runCli([...args, '--database-url', database.url, '--data-folder', folder])
  const names = ['--name-zh', '管理员', '--name-en', 'Administrator']

  it('makes an account and prints the link of its first sign-in; once for a login', async () => {
    const who = ['--login', 'first', '--role', 'administrator', '--area', '440400', ...names]
    const made = await run('account', 'add', ...who)
    expect(made.stdout).toMatch(/^http:\/\/localhost:8720\/console\/sign-in#token=[\w-]{43}\n$/)
    const again = await run('account', 'add', ...who)
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('first is taken')])
  })

  it.each([
    ['--login', 'Two Words', '--role', 'auditor', '--area', '440400'],
    ['--login', 'two', '--role', 'applicant', '--area', '440400'],
    ['--login', 'two', '--role', 'auditor', '--area', '44'],
  ])('refuses %j', async (...who) => {
    expect((await run('account', 'add', ...who, ...names)).code).toBe(2)
  })

  it('takes an account out of use, and says so where there is none', async () => {
    expect((await run('account', 'disable', '--login', 'first')).code).toBe(0)
    expect((await run('account', 'disable', '--login', 'nobody')).code).toBe(2)
    const db = openDatabase({ url: database.url, maxConnections: 1 })
    const { rows } = await db.pool.query("select disabled_at from accounts where login = 'first'")
    const audit = await db.pool.query<{ action: string }>(
      "select action from audit_entries where detail like '%command line%' order by seq",
    )
    await db.close()
    expect(rows[0]).toMatchObject({ disabled_at: expect.any(Date) })
    expect(audit.rows.map(({ action }) => action)).toEqual([
      'access.create-account',
      'access.disable-account',
    ])
  })

  it('leaves it to sign-in.json how people sign in, and names what is wrong in it', async () => {
    const file = join(folder, 'sign-in.json')
    const where = ['--database-url', database.url, '--data-folder', folder]
    const serve = ['serve', '--no-models', '--port', '0', ...where]
    await writeFile(file, '{ "secondFactorRoles": ["emperor"] }')
    const wrong = await runCli(serve)
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringMatching(/sign-in\.json: \/secondFactorRoles\/0/),
    ])
    const provider = { name: { zh: '市', en: 'City' }, issuer: 'https://id.example', clientId: 'x' }
    await writeFile(file, JSON.stringify({ identityProvider: provider }))
    expect((await runCli(serve)).stderr).toContain('publicOrigin')
    await writeFile(file, JSON.stringify({ identityProvider: provider, publicOrigin: 'https://gk.example' }))
    const cli = startCli(serve)
    const [, address = ''] = await cli.until(/Listening on (\S+)/)
    const { json } = await sendJson(address, { path: endpoints.readSignInWays.path })
    cli.process.kill('SIGTERM')
    await cli.finished
    expect(json).toEqual({ passkeys: true, identityProvider: { label: provider.name } })
  })
})
