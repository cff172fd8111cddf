import type { TraceMatch } from '@guankou/contract/exports/endpoints.ts'
import { withoutInvisible } from '@guankou/domain/exports/invisible-mark.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  anExport,
  aStop,
  downloadFile,
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

describe.each(inject('databaseServers').slice(0, 1))('tracing a leaked row on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let auditor: TestSession
  let first: string
  let second: string
  /** Rows as downloaded: of the first list twice, of the second once. */
  let rows: readonly (readonly string[])[]
  let later: readonly (readonly string[])[]
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    await recordAll(server, [
      aStop(1, '2020-02-08T02:00:00.000Z', [
        { name: '张三', phone: '138 1234 5678' },
        { name: '李四', document: { kind: 'passport', number: 'E87654321' }, phone: '139 0000 1111' },
      ]),
      aStop(2, '2020-02-09T02:00:00.000Z', [{ name: '王五' }]),
    ])
    const clerk = await server.signIn('screening-clerk', exportCity)
    const commander = await server.signIn('commander', exportCity)
    first = await makeExport(server, clerk, anExport())
    second = await makeExport(server, commander, anExport({ organisation: '市指挥部' }))
    const download = async (session: TestSession, id: string) => {
      const { content } = await downloadFile(server, session, id, 'csv')
      return (parse(content, { bom: true, relax_column_count: true }) as string[][]).slice(3, -2)
    }
    rows = await download(clerk, first)
    server.clock.now = testNowMs + 3_600_000
    later = await download(await server.signIn('screening-clerk', exportCity), first)
    await download(await server.signIn('commander', exportCity), second)
    auditor = await server.signIn('auditor', exportCity)
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })

  const trace = async (text: string, session = auditor): Promise<readonly TraceMatch[]> => {
    const answer = await session.send({ path: '/api/exports/trace', body: { text } })
    expect(answer.status, answer.text).toBe(200)
    return (answer.json as { matches: TraceMatch[] }).matches
  }
  const summary = (matches: readonly TraceMatch[]) => matches.map(({ way, exportId }) => [way, exportId])
  const bare = (cells: readonly string[]): string[] => cells.map(withoutInvisible)

  it('says list, recipient and download of one row, pasted as it is', async () => {
    const [match, ...others] = await trace(later[0]?.join('\t') ?? '')
    expect(others).toEqual([])
    expect(match).toMatchObject({
      way: 'ref',
      exportId: first,
      organisation: '香洲区疾控中心',
      requestedBy: { officer: { zh: '测试' } },
      rows: 1,
      downloads: [{ at: new Date(testNowMs + 3_600_000).toISOString(), format: 'csv' }],
    })
    expect((await trace(rows[1]?.join(',') ?? ''))[0]?.downloads).toEqual([
      { at: new Date(testNowMs).toISOString(), format: 'csv' },
    ])
  })

  it('knows a row by its reference alone, without marks, in other case, among others', async () => {
    const ref = bare(rows[2] ?? [])[0] ?? ''
    for (const text of [ref, ref.toLowerCase().replaceAll('-', ''), `转发：${ref} 快看`, `"x","${ref}"`])
      expect(summary(await trace(text))).toEqual([['ref', first]])
    const [match] = await trace(
      rows
        .toReversed()
        .map((cells) => bare(cells).toReversed().join(';'))
        .join('\r\n'),
    )
    expect(match).toMatchObject({ way: 'ref', exportId: first, rows: 3 })
    // Without a mark nothing says which of the two downloads it was.
    expect(match?.downloads).toHaveLength(2)
  })

  it('knows one cell by its invisible mark', async () => {
    expect(summary(await trace(`${rows[0]?.[4]} 是谁？`))).toEqual([['invisible-mark', first]])
  })

  it('without reference and marks names every list that held the same row', async () => {
    const [, ...cells] = bare(rows[0] ?? [])
    for (const text of [
      cells.join('\t'),
      cells.toReversed().join('\t'),
      cells.map((cell) => `"${cell}"`).join(','),
    ])
      expect(new Set(summary(await trace(text)).map(String))).toEqual(
        new Set([`same-row,${first}`, `same-row,${second}`]),
      )
  })

  it.each([
    '张三 13812345678',
    '13812345678',
    '李四\tE87654321',
    'x,y,"e 8765-4321"'.replace('e 8765-4321', 'E87654321'),
  ])('with a number of the person left in “%s”, names every list that held them', async (text) => {
    const matches = await trace(text.replace(' ', '\t'))
    expect(matches.map(({ way }) => way)).toEqual(['same-person', 'same-person'])
    expect(new Set(matches.map(({ exportId }) => exportId))).toEqual(new Set([first, second]))
  })

  it('says nothing of what never left', async () => {
    for (const text of ['张三', '13800000000', 'ABCD-1234-EFGH-5678', '随便一句话', '2020-02-08 10:00'])
      expect(await trace(text)).toEqual([])
  })

  it('still knows a row when its list was destroyed', async () => {
    const clerk = await server.signIn('screening-clerk', exportCity)
    await clerk.send({ path: '/api/exports/stop', body: { exportId: first } })
    expect(summary(await trace(rows[0]?.join('\t') ?? ''))).toEqual([['ref', first]])
  })

  it('is audited without the text, and for those alone who watch over data protection', async () => {
    const { rows: entries } = await server.db.pool.query<{ detail: string; action: string }>(
      `select action, detail from audit_entries where action = 'exports.trace' and outcome = 'done'`,
    )
    expect(entries.length).toBeGreaterThan(10)
    for (const { detail } of entries) expect(detail).toMatch(/^\d+ lines, \d+ lists$/)
    for (const role of ['commander', 'screening-clerk', 'administrator'] as const) {
      const session = await server.signIn(role, exportCity)
      const refused = await session.send({ path: '/api/exports/trace', body: { text: 'x' } })
      expect(refused.json).toMatchObject({ code: 'ROLE_NOT_ALLOWED' })
    }
    const district = await server.signIn('auditor', exportDistrict.code)
    expect(await trace(rows[0]?.join('\t') ?? '', district)).toEqual([])
  })
})
