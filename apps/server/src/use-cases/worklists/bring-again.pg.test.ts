import { createHash } from 'node:crypto'
import { read, utils, write } from '@e965/xlsx'
import { frontHeader } from '@guankou/contract/client.ts'
import {
  addWorklistPart,
  beginWorklist,
  inspectWorklist,
  listWorklists,
  startWorklist,
  undoWorklist,
} from '@guankou/contract/worklists/endpoints.ts'
import { openNextCall, readCallQueue, recordCall } from '@guankou/contract/worklists/follow-up.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'
import { sendList, takeList } from '../../../tests-support/worklists.ts'

const area = 440402
const csv = (...lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'))
const workbook = (sheets: Readonly<Record<string, readonly (readonly string[])[]>>): Buffer => {
  const book = utils.book_new()
  for (const [name, rows] of Object.entries(sheets))
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), name)
  return write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer
}

describe.each(inject('databaseServers'))('a list on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let clerk: TestSession
  let other: TestSession

  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    clerk = await server.signIn('screening-clerk', area)
    other = await server.signIn('screening-clerk', area, undefined, '-b')
  }, 120_000)
  afterAll(async () => {
    await server?.close()
    await database?.drop()
  })

  const take = (file: Buffer, title: string, more = {}) =>
    takeList({ client: clerk.client, context: server.context }, file, { title, ...more })
  const lines = async () => {
    const answer = await clerk.client.call(listWorklists, {})
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value.lists
  }
  const lineOf = async (listId: string) => (await lines()).find(({ id }) => id === listId)
  const rejectedFile = async (listId: string): Promise<readonly (readonly string[])[]> => {
    const answer = await fetch(`${server.address}/api/worklists/mend`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${clerk.token}`,
        [frontHeader]: 'service',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ listId, language: 'zh' }),
    })
    expect(answer.status).toBe(200)
    const book = read(Buffer.from(await answer.arrayBuffer()), { type: 'buffer' })
    const sheet = book.Sheets[book.SheetNames[0] ?? ''] ?? {}
    return utils.sheet_to_json<string[]>(sheet, { header: 1, defval: '', blankrows: false })
  }
  const announce = (session: TestSession, file: Buffer, title: string) =>
    session.client.call(beginWorklist, {
      body: {
        jurisdiction: area,
        kind: 'hotel-guests',
        title,
        bytes: file.length,
        sha256: createHash('sha256').update(file).digest('hex'),
      },
    })

  it('goes on where sending stopped, for the same clerk alone, and is one list', async () => {
    const rows = Array.from({ length: 30_000 }, (_, at) => `客${at},139${String(10_000_000 + at)}`)
    const file = csv('姓名,手机', ...rows)
    const begun = await announce(clerk, file, '断网前')
    if (begun.is !== 'ok') throw new Error(JSON.stringify(begun))
    const { importId, listId, partBytes, parts } = begun.value
    expect(parts).toBe(0)
    const content = file.subarray(0, partBytes).toString('base64')
    await clerk.client.call(addWorklistPart, { body: { importId, position: 0, content } })
    expect(await announce(clerk, file, '断网后')).toMatchObject({ value: { importId, listId, parts: 1 } })
    const theirs = await announce(other, file, '他人')
    expect(theirs.is === 'ok' && theirs.value.listId).not.toBe(listId)
    const { listId: taken } = await take(file, '断网后')
    expect(taken).toBe(listId)
    expect(await lineOf(listId)).toMatchObject({
      title: '断网后',
      open: 30_000,
      imports: [{ state: 'done' }],
    })
    const late = await sendList(other.client, csv('姓名,手机', '甲,13900000001'), { title: '他人' })
    expect(late.listId).not.toBe(listId)
  })

  it('is not taken twice where two clerks bring the same file at once', async () => {
    const file = csv('姓名,手机', '乙,13812340101')
    const [mine, theirs] = [
      await sendList(clerk.client, file, { title: '甲班', jurisdiction: area }),
      await sendList(other.client, file, { title: '乙班', jurisdiction: area }),
    ]
    const columns = [
      { field: 'name', order: null },
      { field: 'phone', order: null },
    ] as const
    const body = (importId: string) => ({ importId, columns: columns.map((each) => ({ ...each })) })
    expect(await clerk.client.call(startWorklist, { body: body(mine.importId) })).toMatchObject({
      value: { started: true },
    })
    expect(await other.client.call(startWorklist, { body: body(theirs.importId) })).toMatchObject({
      error: { code: 'WORKLIST_FILE_KNOWN' },
    })
    await server.context.worklists.idle()
  })

  it('is of one sheet; another one of the same workbook is brought with the same file', async () => {
    const file = workbook({
      填表说明: [['请按要求填写']],
      一月: [
        ['姓名', '手机'],
        ['丙', '13812340201'],
      ],
      二月: [
        ['姓名', '手机'],
        ['丁', '13812340202'],
        ['戊', '13812340203'],
      ],
    })
    const first = await sendList(clerk.client, file, { title: '两张表' })
    const looked = await clerk.client.call(inspectWorklist, { body: { importId: first.importId } })
    expect(looked).toMatchObject({ value: { sheet: '一月', otherSheets: ['填表说明', '二月'] } })
    const columns = [
      { field: 'name', order: null },
      { field: 'phone', order: null },
    ] as const
    const start = (importId: string, sheet: string) =>
      clerk.client.call(startWorklist, { body: { importId, sheet, columns: [...columns] } })
    expect(await start(first.importId, '一月')).toMatchObject({ value: { started: true } })
    await server.context.worklists.idle()
    expect(await lineOf(first.listId)).toMatchObject({ open: 1 })
    const second = await sendList(clerk.client, file, { title: '第二张' })
    expect(await start(second.importId, '一月')).toMatchObject({ error: { code: 'WORKLIST_FILE_KNOWN' } })
    expect(await start(second.importId, '三月')).toMatchObject({ error: { code: 'INVALID_INPUT' } })
    expect(await start(second.importId, '二月')).toMatchObject({ value: { started: true } })
    await server.context.worklists.idle()
    expect(await lineOf(second.listId)).toMatchObject({ open: 2 })
  })

  it('without headings gives its rejected rows back, and takes them mended', async () => {
    const { listId } = await take(csv('王己,13812340301', '李庚,1381234', '周辛,13812340303'), '没有表头')
    expect(await lineOf(listId)).toMatchObject({ open: 2, rejected: 1 })
    const [headings = [], row = []] = await rejectedFile(listId)
    expect(row.slice(0, 3)).toEqual(['李庚', '1381234', '2'])
    const mended = workbook({ S: [headings, ['李庚', '13812340302', '2', '']] })
    await take(mended, '没有表头', { mends: listId })
    expect(await lineOf(listId)).toMatchObject({ open: 3, rejected: 0 })
  })

  it('takes mended rows whose columns were moved, and says where the row number is gone', async () => {
    const { listId } = await take(csv('姓名,手机,备注', '壬,1381234,靠窗', '癸,1381235,靠门'), '挪过列')
    const moved = ['原行号 Row', '备注', '手机', '姓名', '退回原因 Reason']
    await take(workbook({ S: [moved, ['2', '靠窗', '1381', '壬', '…']] }), '挪过列', { mends: listId })
    expect(await lineOf(listId)).toMatchObject({ open: 0, rejected: 2 })
    await take(workbook({ S: [moved, ['2', '靠窗', '13812340402', '壬', '…']] }), '挪过列', { mends: listId })
    expect(await lineOf(listId)).toMatchObject({ open: 1, rejected: 1 })
    const without = workbook({
      S: [
        ['姓名', '手机'],
        ['癸', '13812340403'],
      ],
    })
    await expect(take(without, '挪过列', { mends: listId })).rejects.toThrow('WORKLIST_ROW_COLUMN_GONE')
  })

  it('that is taken back leaves nobody uncalled who stood on another one as well', async () => {
    const wrong = await take(csv('姓名,手机', '子,13812340501'), '错的')
    const right = await take(csv('姓名,手机', '子,13812340501', '丑,13812340502'), '对的')
    expect(await lineOf(right.listId)).toMatchObject({ open: 1, linked: 1 })
    expect(await clerk.client.call(undoWorklist, { body: { listId: wrong.listId } })).toMatchObject({
      value: { rows: 1 },
    })
    expect(await lineOf(right.listId)).toMatchObject({ open: 2, linked: 0 })
    const later = await take(csv('姓名,手机', '子,13812340501', '寅,13812340503'), '再来')
    expect(await lineOf(later.listId)).toMatchObject({ open: 1, linked: 1 })
  })

  it('has somebody called again who came anew after the call that closed their row', async () => {
    const { listId } = await take(csv('姓名,手机,入住日期', '卯,13812340601,2020-2-8'), '早先')
    const opened = await clerk.client.call(openNextCall, { body: { listId } })
    if (opened.is !== 'ok' || opened.value.call === null) throw new Error(JSON.stringify(opened))
    expect(opened.value.call.known.quarantined).toBe(false)
    const id = v7({ msecs: server.clock.now })
    const { row } = opened.value.call
    const outcome = 'reached-healthy'
    await clerk.client.call(recordCall, { body: { id, listId, row, outcome, answers: [] } })
    const queue = await clerk.client.call(readCallQueue, {})
    expect(queue).toMatchObject({ value: { last: { id, listId, row, outcome } } })
    const same = await take(csv('姓名,手机,入住日期', '卯,13812340601,2020-2-9'), '同一次')
    expect(await lineOf(same.listId)).toMatchObject({ open: 0, linked: 1 })
    const before = new Date(server.clock.now - 3 * 86_400_000)
    await server.db.pool.query('update worklist_row_states set last_at = $2 where list_id = $1', [
      listId,
      before,
    ])
    const again = await take(csv('姓名,手机,入住日期', '卯,13812340601,2020-2-10'), '又来')
    expect(await lineOf(again.listId)).toMatchObject({ open: 1, linked: 0 })
  })

  it('is late as a whole once its deadline is over, whoever was never called with it', async () => {
    const { listId } = await take(csv('姓名,手机', '辰,13812340701', '巳,13812340702'), '限时')
    expect(await lineOf(listId)).toMatchObject({ open: 2, overdue: 0 })
    const due = new Date(server.clock.now - 1_000)
    await server.db.pool.query('update worklists set due_at = $2 where id = $1', [listId, due])
    expect(await lineOf(listId)).toMatchObject({ open: 2, overdue: 2 })
  })

  it('stays on the board however many come after it, while somebody is to be called', async () => {
    const { listId } = await take(csv('姓名,手机', '午,13812340801'), '最早')
    await server.db.pool.query(
      `insert into worklists (jurisdiction, occurred_at, id, day, kind, title, created_by)
       select jurisdiction, occurred_at + n * interval '1 second', gen_random_uuid(), day, kind, 'x', created_by
       from worklists, generate_series(1, 70) n where id = $1`,
      [listId],
    )
    expect(await lineOf(listId)).toMatchObject({ open: 1 })
    await server.db.pool.query(`delete from worklists where title = 'x'`)
  })

  it('without a row below its headings is told so', async () => {
    const { importId } = await sendList(clerk.client, csv('姓名,手机', '', ',,'), { title: '空表' })
    expect(await clerk.client.call(inspectWorklist, { body: { importId } })).toMatchObject({
      error: { code: 'WORKLIST_NO_ROWS' },
    })
  })
})
