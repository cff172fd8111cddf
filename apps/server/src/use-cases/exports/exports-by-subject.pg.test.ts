import type { ExportView, TraceMatch } from '@guankou/contract/exports/endpoints.ts'
import { openNextCall, recordCall } from '@guankou/contract/worklists/follow-up.ts'
import { findInvisibleMarks, withoutInvisible } from '@guankou/domain/exports/invisible-mark.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { parse } from 'csv-parse/sync'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
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
import { anOrder, aStep, codeOf, quarantineDesk } from '../../../tests-support/quarantine.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
  testNowMs,
} from '../../../tests-support/test-server.ts'
import { takeList } from '../../../tests-support/worklists.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const guests = [
  ['姓名', '联系电话', '证件号码', '入住日期', '现住地址', '房号'],
  ['张三', '13812340001', '11010519491231002X', '2020-1-25', '香洲区吉大 1 号', '1203'],
  ['@cmd()', '13812340002', '', '2020-1-26', '-HYPERLINK("x")', ''],
  ['王五', '+85366123456', '', '2020-1-26', '', ''],
]

describe.each(inject('databaseServers'))('lists of calls and of quarantine, on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let clerk: TestSession
  let commander: TestSession
  let listId: string
  let released: ReturnType<typeof anOrder>
  let open: ReturnType<typeof anOrder>

  const today = { fromDay: '2020-02-10', toDay: '2020-02-10' }
  const signInAgain = async () => {
    clerk = await server.signIn('screening-clerk', exportCity)
    commander = await server.signIn('commander', exportCity)
  }
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    await signInAgain()
    const file = Buffer.from(guests.map((cells) => cells.join(',')).join('\r\n'))
    listId = (
      await takeList({ client: clerk.client, context: server.context }, file, { title: '情侣路酒店' })
    ).listId
    await recordAll(server, [aStop(1, '2020-02-10T01:00:00.000Z', [{ name: '张三', phone: '13812340001' }])])
    const desk = quarantineDesk(server)
    released = anOrder(testNowMs)
    open = anOrder(testNowMs + 1_000, {
      site: 'hotel',
      lastExposureOn: '2020-02-05',
      person: { name: '@另一人', phone: '13900139000', address: '香洲区某酒店 808' },
    })
    server.clock.now = testNowMs + 2_000
    expect(codeOf(await desk.order(released))).toBe('ok')
    expect(codeOf(await desk.order(open))).toBe('ok')
    const delivered = aStep(released, 'quarantine.deliver', testNowMs + 2_000)
    expect(codeOf(await desk.act(delivered, 'community-street'))).toBe('ok')
    server.clock.now = testNowMs + 3 * dayMs
    const early = { reason: 'early', note: '核酸阴性，专家组同意' }
    expect(codeOf(await desk.act(aStep(released, 'quarantine.release', server.clock.now, early)))).toBe('ok')
    server.clock.now += hourMs
    await signInAgain()
  }, 120_000)
  afterAll(async () => {
    await server?.close()
    await database?.drop()
  })

  const ask = (session: TestSession, more: Partial<ExportRequest>) =>
    session.send({ path: '/api/exports/request', body: anExport({ ...today, ...more }) })
  const made = (session: TestSession, more: Partial<ExportRequest>) =>
    makeExport(server, session, anExport({ ...today, ...more }))
  const marked = async (session: TestSession, id: string) => {
    const { status, content } = await downloadFile(server, session, id, 'csv')
    expect(status).toBe(200)
    return parse(content, { bom: true, relax_column_count: true }) as string[][]
  }
  const rowsOf = async (session: TestSession, id: string) =>
    (await marked(session, id)).slice(3, -2).map((cells) => cells.map(withoutInvisible))
  const trace = async (text: string): Promise<readonly TraceMatch[]> => {
    const auditor = await server.signIn('auditor', exportCity)
    return (
      (await auditor.send({ path: '/api/exports/trace', body: { text } })).json as { matches: TraceMatch[] }
    ).matches
  }
  const callAll: Partial<ExportRequest> = {
    subject: 'calls',
    purpose: 'legal-request',
    columns: [
      'list-kind',
      'list',
      'brought-on',
      'name',
      'document-kind',
      'document-number',
      'phone',
      'address',
      'place',
      'call-state',
      'attempts',
      'call-outcome',
      'called-at',
      'next-call-at',
    ],
  }
  const quarantineAll: Partial<ExportRequest> = {
    subject: 'quarantine',
    purpose: 'legal-request',
    columns: [
      'ordered-at',
      'district',
      'site',
      'name',
      'document-number',
      'phone',
      'address',
      'first-day',
      'last-day',
      'quarantine-state',
      'missed',
      'ended-at',
      'ended-how',
    ],
  }

  it('tell of each row what came of calling it, with no cell that a spreadsheet would run', async () => {
    const next = await clerk.client.call(openNextCall, { body: { listId, row: 2 } })
    expect(next).toMatchObject({ value: { call: { name: '张三' } } })
    const body = { id: v7({ msecs: server.clock.now }), listId, row: 2, outcome: 'no-answer', answers: [] }
    expect(await clerk.client.call(recordCall, { body: body as never })).toMatchObject({ is: 'ok' })
    const rows = (await rowsOf(commander, await made(commander, callAll))).map((cells) => cells.slice(1))
    expect(rows).toEqual([
      [
        '酒店住客',
        '情侣路酒店',
        '2020-02-10',
        '张三',
        '居民身份证',
        '11010519491231002X',
        '13812340001',
        '香洲区吉大 1 号',
        '1203',
        '待办',
        '1',
        '无人接听',
        '2020-02-13 13:00',
        expect.stringMatching(/^2020-02-1[34] \d\d:\d\d$/),
      ],
      [
        '酒店住客',
        '情侣路酒店',
        '2020-02-10',
        "'@cmd()",
        '',
        '',
        '13812340002',
        `'-HYPERLINK("x")`,
        '',
        '待办',
        '0',
        '',
        '',
        '',
      ],
      [
        '酒店住客',
        '情侣路酒店',
        '2020-02-10',
        '王五',
        '',
        '',
        '+85366123456',
        '',
        '',
        '待办',
        '0',
        '',
        '',
        '',
      ],
    ])
  })

  it('tell of each episode its days, what was missed and how it ended', async () => {
    const rows = (await rowsOf(commander, await made(commander, quarantineAll))).map((cells) =>
      cells.slice(1),
    )
    const district = server.context.reference.current().jurisdiction(released.jurisdiction)?.name.zh
    expect(rows).toEqual([
      [
        '2020-02-10 12:00',
        district,
        '居家',
        '欧阳隔离',
        'QX889977',
        '13800138123',
        '香洲区吉大街道某小区 3 栋 1204',
        '2020-02-10',
        '2020-02-22',
        '已解除',
        expect.stringMatching(/^[1-9]$/),
        '2020-02-13 12:00',
        '提前解除',
      ],
      [
        '2020-02-10 12:00',
        district,
        '酒店',
        "'@另一人",
        '',
        '13900139000',
        '香洲区某酒店 808',
        '2020-02-10',
        '2020-02-19',
        '待送达',
        expect.stringMatching(/^[1-9]$/),
        '',
        '',
      ],
    ])
  })

  it('hide the download in the cells that people read', async () => {
    const id = await made(commander, quarantineAll)
    const [first] = (await marked(commander, id)).slice(3, -2)
    const hidden = first?.flatMap((cell, at) => (findInvisibleMarks(cell).length > 0 ? [at] : []))
    expect(hidden).toEqual([2, 3, 4, 7, 10, 13])
    expect(await trace(`${first?.[7]} ?`)).toMatchObject([
      { way: 'invisible-mark', exportId: id, subject: 'quarantine' },
    ])
  })

  it.each([
    [
      { subject: 'calls', purpose: 'quality-check', columns: ['call-state', 'phone'] },
      'EXPORT_COLUMN_NOT_ALLOWED',
    ],
    [{ subject: 'calls', purpose: 'follow-up', columns: ['name', 'post'] }, 'EXPORT_COLUMN_NOT_ALLOWED'],
    [{ subject: 'quarantine', purpose: 'follow-up', columns: ['address'] }, 'EXPORT_COLUMN_NOT_ALLOWED'],
    [{ subject: 'quarantine', purpose: 'contact-tracing', columns: ['name'] }, 'PURPOSE_NOT_ALLOWED'],
    [{ purpose: 'follow-up', columns: ['call-state'] }, 'EXPORT_COLUMN_NOT_ALLOWED'],
    [{ subject: 'calls', purpose: 'follow-up', columns: ['name'], postIds: [1] }, 'INVALID_INPUT'],
    [
      { subject: 'quarantine', purpose: 'follow-up', columns: ['name'], dispositions: ['passed'] },
      'INVALID_INPUT',
    ],
    [
      {
        subject: 'calls',
        purpose: 'follow-up',
        columns: ['name'],
        listIds: ['01702d1c-4000-7000-8000-00000000000a'],
      },
      'EXPORT_EMPTY',
    ],
    [
      { subject: 'quarantine', purpose: 'follow-up', columns: ['name'], fromDay: '2020-02-11' },
      'INVALID_INPUT',
    ],
  ] satisfies [Partial<ExportRequest>, string][])('refuse %j: %s', async (more, code) => {
    expect((await ask(clerk, more)).json).toMatchObject({ code })
  })

  it('hold what lies in the requester’s area alone', async () => {
    const elsewhere = await server.signIn('screening-clerk', exportDistrict.code)
    for (const subject of ['calls', 'quarantine'] as const)
      expect((await ask(elsewhere, { subject, purpose: 'follow-up', columns: ['name'] })).json).toMatchObject(
        { code: 'EXPORT_EMPTY' },
      )
    expect((await ask(clerk, { ...callAll, purpose: 'follow-up', columns: ['name'] })).json).toMatchObject({
      rowTotal: 3,
    })
  })

  it('are written where each person in them can see it', async () => {
    const calls = await made(clerk, { subject: 'calls', purpose: 'follow-up', columns: ['name', 'phone'] })
    const { rows } = await server.db.pool.query(
      `select *, reason_sealed as "reasonSealed" from identity_accesses where export_id = $1 order by seat`,
      [calls],
    )
    expect(rows.map(({ screening_id, seat, fields, via }) => [screening_id, seat, fields, via])).toEqual(
      [2, 3, 4].map((row) => [listId, row, ['name', 'phone'], 'export']),
    )
    expect(await openReason(server.context.identity.sealer, rows[0])).toBe(anExport().reason)
    const before = await server.db.pool.query('select 1 from quarantine_accesses where quarantine_id = $1', [
      released.id,
    ])
    const episodes = await made(clerk, {
      subject: 'quarantine',
      purpose: 'follow-up',
      columns: ['name', 'phone'],
    })
    const after = await server.db.pool.query(
      'select role, fields, export_id from quarantine_accesses where quarantine_id = $1',
      [released.id],
    )
    expect(after.rowCount).toBe((before.rowCount ?? 0) + 1)
    expect(after.rows.filter(({ export_id }) => export_id === episodes)).toMatchObject([
      { role: 'screening-clerk', fields: ['name', 'phone'] },
    ])
    await made(clerk, { subject: 'quarantine', purpose: 'quality-check', columns: ['site', 'missed'] })
    const unnamed = await server.db.pool.query('select 1 from quarantine_accesses where quarantine_id = $1', [
      released.id,
    ])
    expect(unnamed.rowCount).toBe(after.rowCount)
  })

  it('are found again by reference, by whole row, and by a number of the person in any of them', async () => {
    const columns = ['name', 'phone', 'call-state'] as const
    const calls = await made(clerk, { subject: 'calls', purpose: 'follow-up', columns: [...columns] })
    const episodes = await made(commander, quarantineAll)
    const [row] = await rowsOf(clerk, calls)
    expect(await trace(row?.[0] ?? '')).toMatchObject([{ way: 'ref', exportId: calls, subject: 'calls' }])
    expect((await trace(row?.slice(1).join('\t') ?? '')).map(({ way }) => way)).toContain('same-row')
    const byPhone = await trace('13812340001')
    expect(byPhone.every(({ way, subject }) => way === 'same-person' && subject === 'calls')).toBe(true)
    expect(byPhone.map(({ exportId }) => exportId)).toContain(calls)
    expect((await trace('QX889977')).map(({ exportId }) => exportId)).toContain(episodes)
  })

  it('say of what they are to whoever decides', async () => {
    const { json } = await ask(clerk, { subject: 'calls', purpose: 'follow-up', columns: ['name'] })
    const { exportId } = json as { exportId: string }
    const officer = await server.signIn('data-protection-officer', exportCity)
    const { exports } = (await officer.send({ path: '/api/exports' })).json as { exports: ExportView[] }
    expect(exports.find(({ id }) => id === exportId)).toMatchObject({ subject: 'calls', state: 'requested' })
  })
})
