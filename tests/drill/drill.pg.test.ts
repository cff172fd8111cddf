import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSession, signIn } from '@guankou/contract/access/session.ts'
import { readHealth } from '@guankou/contract/health.ts'
import { fetchPack } from '@guankou/contract/sync/pack.ts'
import { type Database, openDatabase } from '@guankou/db/database.ts'
import { drillSchema, drillUrl, dropDrillSchema, makeDrillSchema } from '@guankou/db/drill-schema.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { sendJson } from '@guankou/testkit/server/send-json.ts'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { makeLink, requireAccount } from '../../apps/server/src/cli/sign-in-links.ts'
import { createDemoTraffic } from '../../apps/server/src/demo/demo-traffic.ts'
import { drillKeySettings } from '../../apps/server/src/drill/drill-keys.ts'
import { type RunningDrillServer, runDrill } from '../../apps/server/src/drill/run-drill.ts'
import { openKeyCustody } from '../../apps/server/src/identity/key-custody.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
} from '../../apps/server/tests-support/test-server.ts'

const shownFromMs = Date.parse('2020-02-10T00:00:00.000Z')

type Counts = Readonly<Record<string, number>>

/** Rows of every table of a schema, partitions counted with their table. */
const countRows = async (db: Database, schema: string): Promise<Counts> => {
  const { rows } = await db.pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = $1::regnamespace
      and relkind in ('r', 'p') and not relispartition`,
    [schema],
  )
  const counts: Record<string, number> = {}
  for (const { name } of rows) {
    const found = await db.pool.query<{ count: number }>(`select count(*) as count from ${schema}.${name}`)
    counts[name] = found.rows[0]?.count ?? 0
  }
  return counts
}

describe.each(inject('databaseServers'))('a drill beside a live city, on $name', ({ url }) => {
  let database: TestDatabase
  let live: TestServer
  let drill: RunningDrillServer
  let drillDb: Database
  let folder: string
  const start = async (): Promise<void> => {
    await makeDrillSchema(database.url)
    drillDb = openDatabase({ url: drillUrl(database.url) })
    const keys = await openKeyCustody(drillKeySettings(folder, {}))
    const installation = { db: drillDb, keys, log: pino({ level: 'silent' }) }
    const network = { host: '127.0.0.1', port: 0, trustProxy: true }
    drill = await runDrill(installation, { ...network, shownFromMs, speed: 60 })
  }
  const stop = async (): Promise<void> => {
    await drill.close()
    await drillDb.close()
  }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guankou-drill-'))
    database = await createTestDatabase(url, demoCityTemplate)
    live = await startTestServer({ databaseUrl: database.url })
    await start()
  })
  afterAll(async () => {
    await stop()
    await live.close()
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  })

  /** Spends a link as the console does. @returns the answer with its cookies */
  const enter = async () => {
    const { db } = drill.server.context
    const link = await makeLink(
      db,
      await requireAccount(db, { role: 'commander' }),
      'http://x',
      'console',
      drill.now(),
    )
    const token = link.url.split('token=')[1] ?? ''
    const headers = { 'x-guankou-client': 'console' }
    return sendJson(drill.server.address, { path: signIn.path, body: { token }, headers })
  }

  it('says what it is, and shows its own time', async () => {
    const health = async (address: string) => (await sendJson(address, { path: readHealth.path })).json
    expect(await health(live.address)).toMatchObject({ mode: 'demo' })
    const told = (await health(drill.server.address)) as { mode: string; now: string }
    expect(told.mode).toBe('drill')
    expect(Date.parse(told.now)).toBeGreaterThanOrEqual(shownFromMs)
    expect(Date.parse(told.now)).toBeLessThan(shownFromMs + 86_400_000)
  })

  it('writes nothing into the schema of the live city, whatever is done in it', async () => {
    await live.context.access.denials.flush()
    const before = await countRows(live.db, 'public')
    const signal = AbortSignal.timeout(3_000)
    const span = { signal, startMs: drill.now(), speed: 60 }
    const traffic = await createDemoTraffic(drill.server.context, drill.city.demo, span)
    await traffic.catchUp(() => undefined)
    expect((await enter()).status).toBe(200)
    await sendJson(drill.server.address, { path: readSession.path, token: 'A'.repeat(43) })
    await drill.server.context.access.denials.flush()
    const after = await countRows(live.db, 'public')
    expect(after).toEqual(before)
    const drilled = await countRows(live.db, drillSchema)
    expect(Object.keys(drilled).toSorted()).toEqual(Object.keys(after).toSorted())
    expect(drilled.screenings).toBeGreaterThan(100)
    for (const table of ['audit_entries', 'sessions', 'outbox', 'identity_keys', 'drill_clock'])
      expect([table, drilled[table] ?? 0]).not.toEqual([table, 0])
    expect(after.drill_clock).toBe(0)
  })

  it('is marked on the page of the reference as well', async () => {
    const { text, headers } = await sendJson(drill.server.address, { path: '/api/docs/' })
    expect(text).toContain('<div class="drill-mark"')
    expect(text).toContain('<html data-mode="drill"')
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
  })

  it('knows no session of the live city, and the live city none of it', async () => {
    const entered = await enter()
    const cookie = entered.headers.getSetCookie().join('; ')
    expect(cookie).toMatch(/^guankou_drill_console=[\w-]{43}; /)
    // The day that the drill lets it end is long past: the browser would throw it away at once.
    expect(cookie).not.toMatch(/expires/i)
    const token = /=([\w-]{43})/.exec(cookie)?.[1] ?? ''
    const ask = (address: string, headers: Record<string, string>) =>
      sendJson(address, { path: readSession.path, headers: { 'x-guankou-client': 'console', ...headers } })
    const own = { cookie: `guankou_drill_console=${token}` }
    expect((await ask(drill.server.address, own)).status).toBe(200)
    expect((await ask(live.address, own)).status).toBe(401)
    expect((await ask(drill.server.address, { cookie: `guankou_console=${token}` })).status).toBe(401)
    const { token: liveToken } = await live.signIn('commander', 440400)
    for (const name of ['guankou_console', 'guankou_drill_console'])
      expect((await ask(drill.server.address, { cookie: `${name}=${liveToken}` })).status).toBe(401)
  })

  it('signs packs and seals identities under keys of its own', async () => {
    const { token } = await live.signIn('inspector', 440402)
    const livePack = (await sendJson(live.address, { path: fetchPack.path, token })).json as {
      publicKey: string
    }
    const drillPack = drill.server.context.identity.packSigner.sign('{}', drill.now())
    expect(drillPack.publicKey).not.toBe(livePack.publicKey)
    const owner = { jurisdiction: 440402, day: '2020-02-10' }
    const { sealer } = drill.server.context.identity
    const sealed = await sealer.sealText(owner, 'a place', 'a name')
    expect(await sealer.open(owner, 'a place', sealed)).toBe('a name')
    await live.context.identity.sealer.sealText(owner, 'a place', 'another name')
    await expect(live.context.identity.sealer.open(owner, 'a place', sealed)).rejects.toThrow()
  })

  it('goes on where its clock was left, and is gone when it is reset', async () => {
    const leftAtMs = drill.now()
    await stop()
    await start()
    const resumed = drill.clock.shownFromMs
    expect(resumed).toBeGreaterThanOrEqual(leftAtMs)
    expect(resumed).toBeLessThan(leftAtMs + 3_600_000)
    expect(drill.city.isNew).toBe(false)
    // What the other tests had refused would be written at some time during the count.
    await live.context.access.denials.flush()
    const before = await countRows(live.db, 'public')
    await stop()
    await dropDrillSchema(database.url)
    expect(await countRows(live.db, 'public')).toEqual(before)
    await start()
    expect(drill.city.isNew).toBe(true)
  })
})
