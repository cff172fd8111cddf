import { createHash } from 'node:crypto'
import { utils, write } from '@e965/xlsx'
import { listRejectedRows, listWorklists, undoWorklist } from '@guankou/contract/worklists/endpoints.ts'
import {
  openNextCall,
  readCallQueue,
  reassignCalls,
  recordCall,
  takeBackCall,
} from '@guankou/contract/worklists/follow-up.ts'
import type { CallOutcome } from '@guankou/contract/worklists/vocabulary.ts'
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
const workbook = (rows: readonly (readonly (string | number)[])[]): Buffer => {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), 'S')
  return write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer
}

describe.each(inject('databaseServers'))('lists on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let clerk: TestSession
  let other: TestSession

  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    clerk = await server.signIn('screening-clerk', 440400)
    other = await server.signIn('screening-clerk', area)
  }, 120_000)
  afterAll(async () => {
    await server?.close()
    await database?.drop()
  })

  const take = (file: Buffer, title: string, more = {}) =>
    takeList({ client: clerk.client, context: server.context }, file, { title, ...more })
  const lineOf = async (listId: string) => {
    const answer = await clerk.client.call(listWorklists, {})
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value.lists.find(({ id }) => id === listId)
  }
  const next = async (session: TestSession, listId: string) => {
    const answer = await session.client.call(openNextCall, { body: { listId } })
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value.call
  }
  const record = async (
    session: TestSession,
    call: { listId: string; row: number },
    outcome: CallOutcome,
  ) => {
    const id = v7({ msecs: server.clock.now })
    const body = { id, listId: call.listId, row: call.row, outcome, answers: [] }
    return { id, answer: await session.client.call(recordCall, { body }) }
  }

  it('take a dirty workbook in, hand rejected rows back as text, and take only the mended ones', async () => {
    const file = workbook([
      ['某酒店住客名单'],
      ['姓名', '联系电话', '证件号码', '入住日期', '现住地址'],
      ['张三', '13812340001', '11010519491231002X', '2020-1-25', '@香洲区'],
      ['李四', '1381234', '', 43850, '香洲区'],
      ['王五', '13812340003', 440402199001011000, '1月26日', '吉大'],
      [],
      ['赵六', '66123456', '', '昨天', ''],
    ])
    const { listId, inspected } = await take(file, '情侣路酒店')
    expect(inspected).toMatchObject({ format: 'xlsx', headerRow: 2 })
    expect(inspected.columns.map(({ guess }) => guess)).toEqual([
      'name',
      'phone',
      'document',
      'arrived-on',
      'address',
    ])
    expect(JSON.stringify(inspected)).not.toContain('13812340001')
    expect(await lineOf(listId)).toMatchObject({
      open: 1,
      rejected: 3,
      imports: [{ state: 'done', taken: 1 }],
    })
    const rejected = await clerk.client.call(listRejectedRows, { query: { list: listId } })
    expect(rejected).toMatchObject({
      value: {
        rows: [
          { row: 4, reasons: [{ field: 'phone', why: 'phone-form' }] },
          { row: 5, reasons: [{ field: 'document', why: 'digits-lost' }] },
          {
            row: 7,
            reasons: [
              { field: 'phone', why: 'phone-country' },
              { field: 'arrived-on', why: 'date-unreadable' },
            ],
          },
        ],
      },
    })
    const downloaded = await clerk.send({
      method: 'POST',
      path: '/api/worklists/mend',
      body: { listId, language: 'zh' },
    })
    expect(downloaded.status).toBe(200)

    const mended = workbook([
      ['姓名', '联系电话', '证件号码', '入住日期', '现住地址', '原行号 Row', '退回原因 Reason'],
      ['李四', '13812340002', '', '43850', '香洲区', '4', '…'],
      ['王五', '13812340003', '44040219900101123', '1月26日', '吉大', '5', '…'],
      ['混入', '13812340009', '', '', '', '3', ''],
      ['混入', '13812340008', '', '', '', '', ''],
    ])
    await take(mended, '情侣路酒店', { mends: listId })
    expect(await lineOf(listId)).toMatchObject({
      open: 2,
      rejected: 2,
      imports: [{ mends: false }, { mends: true, state: 'done', taken: 1, rejected: 1, passedOver: 2 }],
    })
    expect(server.logged.join('\n')).not.toMatch(/1381234000|11010519491231002X/)
  })

  it('link who stands on a list already, remember columns, and refuse the same file twice', async () => {
    const file = csv(
      '姓名,手机,身份证',
      '张三,13812340001,11010519491231002X',
      '孙七,13812340021,',
      '孙七,13812340021,',
    )
    const { listId } = await take(file, '重复名单')
    expect(await lineOf(listId)).toMatchObject({ open: 1, linked: 2 })
    await expect(sendList(clerk.client, file, { title: '又一次' })).rejects.toThrow('WORKLIST_FILE_KNOWN')
    const again = await take(csv('姓名,手机,身份证', '周八,13812340022,'), '同样的表头')
    expect(again.inspected.columns.map(({ because }) => because)).toEqual([
      'remembered',
      'remembered',
      'remembered',
    ])
  })

  it('are called by one clerk at a time, follow the ladder, and can be taken back', async () => {
    const { listId } = await take(
      csv('姓名,手机,地址', '甲,13812341001,吉大1号', '乙,13812341002,吉大2号'),
      '呼叫',
    )
    const [mine, theirs] = await Promise.all([next(clerk, listId), next(other, listId)])
    expect([mine?.name, theirs?.name].toSorted()).toEqual(['乙', '甲'])
    expect(Object.keys(mine ?? {}).toSorted()).toEqual(
      [
        'attempts',
        'claimedUntil',
        'dueAt',
        'kind',
        'known',
        'last',
        'listId',
        'name',
        'phone',
        'row',
        'title',
      ].toSorted(),
    )
    if (mine === null || theirs === null) throw new Error('nobody to call')
    expect((await record(other, mine, 'reached-healthy')).answer).toMatchObject({
      error: { code: 'WORKLIST_ROW_TAKEN' },
    })
    const closed = await record(clerk, mine, 'reached-healthy')
    expect(closed.answer).toMatchObject({ value: { state: 'closed', nextAt: null } })
    const back = { id: v7({ msecs: server.clock.now }), listId, row: mine.row, takesBack: closed.id }
    expect(await clerk.client.call(takeBackCall, { body: back })).toMatchObject({
      value: { state: 'open', attempts: 0 },
    })
    const missed = await record(other, theirs, 'no-answer')
    expect(missed.answer).toMatchObject({ value: { state: 'open', nextAt: '2020-02-10T05:00:00.000Z' } })
    expect(await other.client.call(readCallQueue, {})).toMatchObject({
      value: { callsToday: 1, calls: [{ row: theirs.row, outcome: 'no-answer' }] },
    })
    const commander = await server.signIn('commander', 440400)
    const moved = await commander.client.call(reassignCalls, {
      body: { from: other.actor.accountId, to: clerk.actor.accountId },
    })
    expect(moved).toMatchObject({ value: { moved: 1 } })
    server.clock.now += 3_600_000
    const calledBack = await next(clerk, listId)
    expect(calledBack).toMatchObject({ row: theirs.row, attempts: 1 })
    if (calledBack === null) throw new Error('nobody to call back')
    expect((await record(clerk, calledBack, 'visit')).answer).toMatchObject({ value: { state: 'to-visit' } })
    const facts = await server.db.query
      .selectFrom('worklist_facts')
      .selectAll()
      .where('list_id', '=', listId)
      .where('kind', '=', 'escalated')
      .execute()
    expect(facts).toHaveLength(1)
    const [fact] = facts
    if (fact?.address_sealed === null || fact === undefined) throw new Error('no address')
    const owner = { jurisdiction: area, day: '2020-02-10' }
    const opened = await server.context.identity.sealer.open(
      owner,
      `worklist-address|${fact.id}`,
      fact.address_sealed,
    )
    expect(opened).toMatch(/^吉大[12]号$/)
    const audited = await server.db.query
      .selectFrom('audit_entries')
      .select('detail')
      .where('action', '=', 'worklists.next')
      .where('subject', '=', listId)
      .execute()
    expect(audited).toHaveLength(3)
    server.clock.now -= 3_600_000
  })

  it('are undone until somebody opens a row, and not afterwards', async () => {
    const { listId } = await take(csv('姓名,手机', '甲,13812342001'), '撤回')
    expect(await clerk.client.call(undoWorklist, { body: { listId } })).toMatchObject({ value: { rows: 1 } })
    expect(await lineOf(listId)).toBeUndefined()
    const begun = await take(csv('姓名,手机', '甲,13812342001'), '已开始')
    await next(clerk, begun.listId)
    expect(await clerk.client.call(undoWorklist, { body: { listId: begun.listId } })).toMatchObject({
      error: { code: 'WORKLIST_BEGUN' },
    })
  })

  it('keep the file sealed, under its hash', async () => {
    const file = csv('姓名,手机', '明文,13812343001')
    const { listId, importId } = await take(file, '封存')
    const line = await lineOf(listId)
    expect(line?.imports[0]?.sha256).toBe(createHash('sha256').update(file).digest('hex'))
    const parts = await server.db.query
      .selectFrom('worklist_file_parts')
      .select('sealed')
      .where('import_id', '=', importId)
      .execute()
    expect(parts).toHaveLength(1)
    expect(parts[0]?.sealed.includes(file.toString('base64'))).toBe(false)
  })

  it('go on from the last batch after a stop', async () => {
    const rows = Array.from({ length: 2_500 }, (_, at) => `客${at},137${String(10_000_000 + at)}`)
    const { listId, importId } = await take(csv('姓名,手机', ...rows), '续传')
    await server.db.pool.query(
      `update worklist_imports set state = 'reading', cursor_row = 1001, rows_read = 1000, taken = 1000 where id = $1`,
      [importId],
    )
    await server.db.pool.query('delete from worklist_rows where list_id = $1 and row_number > 1001', [listId])
    server.context.worklists.kick()
    await server.context.worklists.idle()
    expect(await lineOf(listId)).toMatchObject({ open: 2_500, imports: [{ state: 'done', taken: 2_500 }] })
    const { rows: counted } = await server.db.pool.query<{ rows: number }>(
      'select count(*)::integer as rows from worklist_rows where list_id = $1',
      [listId],
    )
    expect(counted).toEqual([{ rows: 2_500 }])
  })

  it('are taken in whole where whoever reads them breaks off', async () => {
    const rows = Array.from({ length: 8_000 }, (_, at) => `客${at},136${String(10_000_000 + at)}`)
    const taking = take(csv('姓名,手机', ...rows), '断开')
    const breakOff = async (): Promise<number> => {
      const { rows: broken } = await server.db.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'guankou-lists' and datname = current_database()`,
      )
      return broken.length
    }
    await expect.poll(breakOff, { timeout: 20_000, interval: 20 }).toBeGreaterThan(0)
    const { listId } = await taking
    expect(await lineOf(listId)).toMatchObject({ open: 8_000, imports: [{ state: 'done', taken: 8_000 }] })
  })
})
