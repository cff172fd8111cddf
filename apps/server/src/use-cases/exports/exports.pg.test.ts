import { mostDownloads } from '@guankou/contract/exports/columns.ts'
import type { ExportView } from '@guankou/contract/exports/endpoints.ts'
import type { Role } from '@guankou/contract/roles.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { makeNextPart } from '#src/use-cases/exports/make-export.ts'
import { openReason } from '#src/use-cases/identity/seal-access.ts'
import {
  anExport,
  aStop,
  downloadFile,
  type ExportRequest,
  exportCity,
  exportDistrict,
  makeExport,
  recordAll,
} from '../../../tests-support/exports.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
  testNowMs,
} from '../../../tests-support/test-server.ts'

const day = 86_400_000

describe.each(inject('databaseServers'))('lists that leave the system, on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let clerk: TestSession
  let officer: TestSession
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    const signInSettings = { recentFactor: true, secondFactorRoles: [] }
    server = await startTestServer({ databaseUrl: database.url, signInSettings })
    await recordAll(server, [
      aStop(1, '2020-02-08T02:00:00.000Z', [{ name: '张三' }, { name: '李四' }]),
      aStop(2, '2020-02-09T02:00:00.000Z', [{ name: '王五' }], {
        jurisdiction: exportDistrict.code,
        postId: exportDistrict.postId,
      }),
    ])
    await signInAgain()
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })

  const signInAgain = async () => {
    clerk = await server.signIn('screening-clerk', exportCity)
    officer = await server.signIn('data-protection-officer', exportCity)
  }
  const ask = (session: TestSession, more: Partial<ExportRequest> = {}) =>
    session.send({ path: '/api/exports/request', body: anExport(more) })
  const idOf = async (session: TestSession, more: Partial<ExportRequest> = {}): Promise<string> =>
    ((await ask(session, more)).json as { exportId: string }).exportId
  const post = (session: TestSession, action: string, body: object) =>
    session.send({ path: `/api/exports/${action}`, body })
  const seen = async (session: TestSession): Promise<readonly ExportView[]> =>
    ((await session.send({ path: '/api/exports' })).json as { exports: ExportView[] }).exports
  const stateOf = async (id: string) => (await seen(officer)).find((one) => one.id === id)?.state
  const chunksOf = async (id: string): Promise<number> =>
    (await server.db.pool.query('select 1 from export_chunks where export_id = $1', [id])).rowCount ?? 0

  it('are asked for by purpose, approved by a second person, made, downloaded, and listed', async () => {
    const id = await makeExport(server, clerk, anExport())
    await downloadFile(server, clerk, id, 'csv')
    expect((await seen(officer)).find((one) => one.id === id)).toMatchObject({
      state: 'ready',
      purpose: 'contact-tracing',
      rowTotal: 3,
      rowCount: 3,
      requestedBy: { accountId: clerk.actor.accountId },
      decidedBy: { accountId: officer.actor.accountId },
      downloads: [{ format: 'csv', at: '2020-02-10T04:00:00.000Z' }],
      stated: { reason: anExport().reason, organisation: '香洲区疾控中心' },
      expiresAt: new Date(testNowMs + 3 * day).toISOString(),
    })
    const auditor = await server.signIn('auditor', exportCity)
    expect((await seen(auditor)).find((one) => one.id === id)).toMatchObject({ rowCount: 3, stated: null })
    const other = await server.signIn('screening-clerk', exportDistrict.code)
    expect(await seen(other)).toEqual([])
  })

  it('are written where each person in them can see it', async () => {
    const id = await makeExport(server, clerk, anExport({ columns: ['name', 'phone'], purpose: 'follow-up' }))
    const { rows } = await server.db.pool.query(
      `select a.*, reason_sealed as "reasonSealed" from identity_accesses a where export_id = $1 order by occurred_at, seat`,
      [id],
    )
    expect(rows).toHaveLength(3)
    for (const row of rows as Record<string, unknown>[]) {
      expect(row).toMatchObject({
        via: 'export',
        purpose: 'follow-up',
        fields: ['name', 'phone'],
        role: 'screening-clerk',
      })
      expect(await openReason(server.context.identity.sealer, row as never)).toBe(anExport().reason)
    }
  })

  it.each([
    [{ columns: ['name', 'disposition'] }, 'EXPORT_COLUMN_NOT_ALLOWED', '/columns/1'],
    [{ purpose: 'quality-check', columns: ['post', 'name'] }, 'EXPORT_COLUMN_NOT_ALLOWED', '/columns/1'],
    [{ purpose: 'legal-request' }, 'PURPOSE_NOT_ALLOWED', '/purpose'],
    [{ reason: '--------' }, 'REASON_TOO_SHORT', '/reason'],
    [{ fromDay: '2020-02-10' }, 'INVALID_INPUT', '/toDay'],
    [{ fromDay: '2020-02-30' }, 'INVALID_INPUT', '/fromDay'],
    [{ fromDay: '2020-01-01', toDay: '2020-02-01' }, 'EXPORT_TOO_LARGE', '/toDay'],
    [{ postIds: [1, 9_999] }, 'UNKNOWN_POST', '/postIds/1'],
    [{ fromDay: '2020-02-01', toDay: '2020-02-02' }, 'EXPORT_EMPTY', undefined],
    [{ dispositions: ['referred'] }, 'EXPORT_EMPTY', undefined],
  ] satisfies [Partial<ExportRequest>, string, string | undefined][])(
    'refuse %j: %s',
    async (more, code, path) => {
      expect((await ask(clerk, more)).json).toMatchObject({ code, ...(path === undefined ? {} : { path }) })
    },
  )

  it('hold people of the requester’s area alone, and of the posts and dispositions asked for', async () => {
    const district = await server.signIn('screening-clerk', exportDistrict.code)
    const { json } = await ask(district)
    expect(json).toMatchObject({ rowTotal: 1 })
    expect((await ask(district, { postIds: [1] })).json).toMatchObject({ code: 'UNKNOWN_POST' })
    expect((await ask(clerk, { postIds: [1] })).json).toMatchObject({ rowTotal: 2 })
    expect((await ask(clerk, { dispositions: ['passed'] })).json).toMatchObject({ rowTotal: 3 })
  })

  it.each([
    'administrator',
    'auditor',
    'inspector',
    'desk-partner',
    'duty-planner',
    'service-account',
  ] as const)('are nothing that %s may ask for, decide on, or download', async (role: Role) => {
    const session = await server.signIn(role, exportCity)
    const id = await idOf(clerk)
    const refused = { code: 'ROLE_NOT_ALLOWED' }
    expect((await ask(session)).json).toMatchObject(refused)
    expect((await post(session, 'decide', { exportId: id, decision: 'approve' })).json).toMatchObject(refused)
    expect((await post(session, 'download', { exportId: id, format: 'csv' })).json).toMatchObject(refused)
    await post(clerk, 'stop', { exportId: id })
  })

  it('are approved by nobody for themselves, by nobody twice, and by nobody of another area', async () => {
    const commander = await server.signIn('commander', exportCity)
    const own = await idOf(commander, { purpose: 'hand-over', columns: ['name', 'phone'] })
    const approve = (session: TestSession, exportId: string, decision = 'approve') =>
      post(session, 'decide', { exportId, decision })
    expect((await approve(commander, own)).json).toMatchObject({ code: 'EXPORT_OWN_APPROVAL' })
    const elsewhere = await server.signIn('commander', exportDistrict.code)
    expect((await approve(elsewhere, own)).json).toMatchObject({ code: 'EXPORT_NOT_FOUND' })
    expect((await approve(officer, own, 'refuse')).json).toEqual({ state: 'refused' })
    expect((await approve(officer, own)).json).toMatchObject({ code: 'EXPORT_STATE_CHANGED' })
    const race = await idOf(clerk)
    const both = await Promise.all([approve(officer, race), approve(commander, race)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    await server.context.exports.idle()
    await expect(
      server.db.pool.query('update exports set decided_by = requested_by where id = $1', [race]),
    ).rejects.toThrow(/check/)
  })

  it('ask for a recent proof of who approves', async () => {
    const id = await idOf(clerk)
    server.clock.now += day / 24
    const answer = await post(officer, 'decide', { exportId: id, decision: 'approve' })
    expect(answer.json).toMatchObject({ code: 'RECENT_FACTOR_NEEDED' })
    server.clock.now = testNowMs
    await post(clerk, 'stop', { exportId: id })
  })

  it('are handed to whoever asked for them and to nobody else', async () => {
    const id = await makeExport(server, clerk, anExport())
    for (const role of ['data-protection-officer', 'commander'] as const) {
      const session = await server.signIn(role, exportCity)
      expect((await post(session, 'download', { exportId: id, format: 'csv' })).json).toMatchObject({
        code: 'EXPORT_NOT_FOUND',
      })
    }
    const waiting = await idOf(clerk)
    expect((await post(clerk, 'download', { exportId: waiting, format: 'csv' })).json).toMatchObject({
      code: 'EXPORT_NOT_READY',
    })
    await post(clerk, 'stop', { exportId: waiting })
  })

  it('can be downloaded ten times, each listed', async () => {
    const id = await makeExport(server, clerk, anExport())
    const tries = await Promise.all(
      Array.from({ length: mostDownloads + 3 }, () =>
        post(clerk, 'download', { exportId: id, format: 'csv' }),
      ),
    )
    expect(tries.filter(({ status }) => status === 200)).toHaveLength(mostDownloads)
    expect(tries.find(({ status }) => status !== 200)?.json).toMatchObject({ code: 'EXPORT_DOWNLOADS_SPENT' })
    expect((await seen(clerk)).find((one) => one.id === id)?.downloads).toHaveLength(mostDownloads)
  })

  it('expire: refused from that moment, and their rows destroyed', async () => {
    const id = await makeExport(server, clerk, anExport())
    const waiting = await idOf(clerk)
    expect(await chunksOf(id)).toBeGreaterThan(0)
    server.clock.now = testNowMs + 3 * day
    await signInAgain()
    expect((await post(clerk, 'download', { exportId: id, format: 'csv' })).json).toMatchObject({
      code: 'EXPORT_EXPIRED',
    })
    expect(await stateOf(id)).toBe('expired')
    server.clock.now += 1
    server.context.exports.kick()
    await server.context.exports.idle()
    expect(await chunksOf(id)).toBe(0)
    expect(await stateOf(waiting)).toBe('expired')
    server.clock.now = testNowMs
    await signInAgain()
    expect((await post(clerk, 'download', { exportId: id, format: 'csv' })).json).toMatchObject({
      code: 'EXPORT_EXPIRED',
    })
  })

  it('can be withdrawn, cancelled half made, and destroyed', async () => {
    const withdrawn = await idOf(clerk)
    expect((await post(clerk, 'stop', { exportId: withdrawn })).json).toEqual({ state: 'withdrawn' })
    const ready = await makeExport(server, clerk, anExport())
    expect((await post(officer, 'stop', { exportId: ready })).json).toEqual({ state: 'destroyed' })
    expect(await chunksOf(ready)).toBe(0)
    const half = await idOf(clerk)
    await server.db.pool.query(`update exports set state = 'approved', decided_by = $2 where id = $1`, [
      half,
      officer.actor.accountId,
    ])
    expect(await makeNextPart(server.context, half)).toBe(true)
    expect(await chunksOf(half)).toBe(1)
    expect((await post(clerk, 'stop', { exportId: half })).json).toEqual({ state: 'cancelled' })
    expect(await makeNextPart(server.context, half)).toBe(false)
    expect([await stateOf(half), await chunksOf(half)]).toEqual(['cancelled', 0])
    expect((await post(clerk, 'stop', { exportId: half })).json).toMatchObject({
      code: 'EXPORT_STATE_CHANGED',
    })
    const stranger = await server.signIn('post-lead', exportCity)
    const own = await idOf(await server.signIn('commander', exportCity))
    expect((await post(stranger, 'stop', { exportId: own })).json).toMatchObject({ code: 'EXPORT_NOT_FOUND' })
    await post(officer, 'stop', { exportId: own })
  })

  it('go on where they stopped, with every row once', async () => {
    const commander = await server.signIn('commander', exportCity)
    const id = await idOf(commander)
    await server.db.pool.query(`update exports set state = 'approved', decided_by = $2 where id = $1`, [
      id,
      officer.actor.accountId,
    ])
    // Two servers at the same part: one of them writes it.
    await Promise.all([makeNextPart(server.context, id), makeNextPart(server.context, id)])
    const again = await startTestServer({ databaseUrl: database.url })
    again.clock.now = testNowMs
    again.context.exports.kick()
    await again.context.exports.idle()
    await again.close()
    expect((await seen(commander)).find((one) => one.id === id)).toMatchObject({
      state: 'ready',
      rowCount: 3,
    })
    const { rows } = await server.db.pool.query('select ref from exported_rows where export_id = $1', [id])
    expect(new Set(rows.map(({ ref }) => ref)).size).toBe(3)
    const seenBy = await server.db.pool.query('select 1 from identity_accesses where export_id = $1', [id])
    expect(seenBy.rowCount).toBe(3)
  })

  it('are asked for twenty times a day at most, and it is said when again', async () => {
    const answers = [await ask(clerk)]
    for (let asked = 1; asked <= 20; asked += 1) answers.push(await ask(clerk))
    expect(answers.at(-1)?.json).toMatchObject({ code: 'EXPORT_LIMIT_REACHED' })
    const wait = Number(answers.at(-1)?.headers.get('retry-after'))
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(86_400)
  })

  it('keep no identity, reason or recipient in clear in the database or the log', async () => {
    const { rows: tables } = await server.db.pool.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    )
    const dump: string[] = []
    for (const { name } of tables) {
      const { rows } = await server.db.pool.query<{ row: string }>(`select t::text as row from "${name}" t`)
      dump.push(...rows.map(({ row }) => row))
    }
    const everything = [...dump, ...server.logged].join('\n')
    for (const clear of ['张三', '王五', '香洲区疾控中心', '追踪同车', '粤C12341']) {
      expect(everything.includes(clear), clear).toBe(false)
      expect(everything.includes(Buffer.from(clear).toString('hex')), clear).toBe(false)
    }
  })
})
