import { read, utils, write } from '@e965/xlsx'
import type { Round } from '@guankou/contract/households/endpoints.ts'
import { listRejectedRows, listWorklists, undoWorklist } from '@guankou/contract/worklists/endpoints.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readFactsOf } from '@guankou/db/queries/households/facts.ts'
import { householdsOf } from '@guankou/domain/households/household-state.ts'
import { encodeGb18030 } from '@guankou/testkit/files/gb18030.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openFacts } from '#src/use-cases/households/sealed-facts.ts'
import { aHouseholdFact } from '../../../tests-support/household-facts.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'
import { takeList } from '../../../tests-support/worklists.ts'

const district = 440402
const headings = ['社区网格', '住址', '姓名', '与户主关系', '证件号码', '联系电话', '出生日期', '特殊需求']

const workbook = (rows: readonly (readonly (string | number)[])[]): Buffer => {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), 'S')
  return write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer
}

const csv = (rows: readonly (readonly string[])[]): Buffer =>
  Buffer.from(rows.map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\r\n'))

describe.each(inject('databaseServers'))('household registers on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let clerk: TestSession
  let street: TestSession
  let cells: readonly { readonly id: number; readonly name_zh: string }[]

  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    clerk = await server.signIn('screening-clerk', 440400)
    street = await server.signIn('community-street', district)
    const planner = await server.signIn('duty-planner', 440400)
    cells = (
      await server.db.pool.query('select id, name_zh from grid_cells where jurisdiction = $1 order by id', [
        district,
      ])
    ).rows
    const team = {
      jurisdiction: district,
      teamId: 901,
      version: 1,
      name: { zh: '第901组', en: 'Team 901' },
      accountIds: [street.actor.accountId],
      gridCellIds: [cells[0]?.id],
    }
    expect((await planner.send({ path: '/api/households/teams', body: team })).status).toBe(201)
    const task = { jurisdiction: district, gridCellId: cells[0]?.id, task: 'register', dueBy: '2020-02-12' }
    expect((await planner.send({ path: '/api/households/tasks', body: task })).status).toBe(201)
  }, 120_000)
  afterAll(async () => {
    await server?.close()
    await database?.drop()
  })

  const take = (file: Buffer, title: string, more = {}) =>
    takeList({ client: clerk.client, context: server.context }, file, {
      title,
      kind: 'household-register',
      ...more,
    })
  const lineOf = async (listId: string) => {
    const answer = await clerk.client.call(listWorklists, {})
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value.lists.find(({ id }) => id === listId)
  }
  const countsOf = async (listId: string) => {
    const last = (await lineOf(listId))?.imports.at(-1)
    const { rowsRead = 0, taken = 0, rejected = 0, linked = 0, households = 0, passedOver = 0 } = last ?? {}
    expect(taken + rejected + linked + passedOver).toBe(rowsRead)
    return { rowsRead, taken, rejected, linked, households }
  }
  const round = async () =>
    (await street.send({ path: `/api/households/round?jurisdiction=${district}` })).json as Round
  const first = () => cells[0]?.name_zh ?? ''
  const dirty = () => [
    ['某街道住户名册'],
    headings,
    [
      first(),
      '翠湖苑3栋2单元501',
      '王大明',
      '户主',
      '11010519491231002X',
      '13812340001',
      '1949-12-31',
      '独居、慢性病',
    ],
    [first(), '翠湖苑 3栋 2单元 501', '李小红', '配偶', '', '13812340001', '1952', ''],
    ['', '翠湖苑3栋2单元502', '赵六', '本人', '', '13812340002', '', '无'],
    [first(), '翠湖苑3栋2单元501室', '王大明', '户主', '11010519491231002X', '', '', ''],
    [first(), '翠湖苑3栋2单元501', '李小红', '妻', '', '', '', ''],
    [first(), '翠湖苑', '无门牌', '户主', '', '', '', ''],
    ['没有的网格', '望海楼1栋101', '孙七', '户主', '', '', '', ''],
    ['', '陌生小区1栋101', '周八', '户主', '', '', '', ''],
    [first(), '翠湖苑3栋2单元601', '吴九', '户主', 440402199001011000, '1381234', '八五年', '想晒太阳'],
    [],
  ]

  it('become households with members: rows of one address one household, nobody twice, and every row accounted for', async () => {
    const { listId, inspected } = await take(workbook(dirty()), '吉大街道名册')
    expect(inspected.columns.map(({ guess }) => guess)).toEqual([
      'grid-cell',
      'address',
      'name',
      'relation',
      'document',
      'phone',
      'born',
      'needs',
    ])
    expect(await countsOf(listId)).toEqual({ rowsRead: 9, taken: 3, rejected: 4, linked: 2, households: 2 })
    const rejected = await clerk.client.call(listRejectedRows, { query: { list: listId } })
    expect(rejected).toMatchObject({
      value: {
        rows: [
          { row: 8, reasons: [{ field: 'address', why: 'door-missing' }] },
          { row: 9, reasons: [{ field: 'grid-cell', why: 'grid-cell-unknown' }] },
          { row: 10, reasons: [{ field: 'grid-cell', why: 'grid-cell-untold' }] },
          {
            row: 11,
            reasons: [
              { field: 'document', why: 'digits-lost' },
              { field: 'phone', why: 'phone-form' },
            ],
          },
        ],
      },
    })
    const { doors, facts } = await round()
    expect(doors.map(({ address }) => address.door).sort()).toEqual(['501', '502'])
    const views = facts.map((fact) => ({ ...fact, occurredAtMs: Date.parse(fact.occurredAt) }))
    const households = [...householdsOf(views).values()]
    const people = households.flatMap((household) => household.people.map(({ member }) => member))
    expect(people.map(({ name, relation }) => [name, relation]).sort()).toEqual([
      ['李小红', 'spouse'],
      ['王大明', 'head'],
      ['赵六', 'head'],
    ])
    expect(people.find(({ name }) => name === '王大明')).toMatchObject({
      document: { kind: 'resident-id', masked: '1101**********002X' },
      maskedPhone: '138****0001',
      needs: ['lives-alone', 'medicine'],
    })
    expect(new Set(facts.map(({ role }) => role))).toEqual(new Set(['screening-clerk']))
    expect(JSON.stringify(facts)).not.toContain('birthYear')
    const stored = await inArea(server.db, district, (tx) =>
      readFactsOf(tx, district, [...new Set(facts.map(({ householdId }) => householdId))]),
    )
    const opened = await openFacts(server.context.identity.sealer, stored)
    expect(
      opened.flatMap(({ happening }) =>
        happening.is === 'member-added' ? [[happening.member.name, happening.member.birthYear]] : [],
      ),
    ).toEqual(
      expect.arrayContaining([
        ['王大明', 1949],
        ['李小红', 1952],
        ['赵六', undefined],
      ]),
    )
  })

  it('add nothing of what is on file when they come again, and leave what a team recorded since as it stands', async () => {
    const { doors, facts } = await round()
    const door = doors.find(({ address }) => address.door === '502')
    const added = facts.find(
      ({ householdId, happening }) => householdId === door?.householdId && happening.is === 'member-added',
    )
    const change = aHouseholdFact(
      { is: 'member-changed', personId: added?.id ?? '', change: { phone: '13900001111' } },
      { householdId: door?.householdId ?? '', occurredAt: new Date(server.clock.now + 1_000).toISOString() },
    )
    server.clock.now += 2_000
    expect((await street.send({ path: '/api/households/facts', body: change })).status).toBe(201)
    const factsBefore = (await server.db.pool.query('select 1 from household_facts')).rowCount
    const again = dirty()
      .slice(1, 7)
      .map((cells) => cells.map(String))
    const { listId } = await take(
      csv([...again, [first(), '翠湖苑3栋2单元502', '赵七', '长子', '', '', '2015', '']]),
      '再次',
    )
    expect(await countsOf(listId)).toEqual({ rowsRead: 6, taken: 1, rejected: 0, linked: 5, households: 0 })
    expect((await server.db.pool.query('select 1 from household_facts')).rowCount).toBe(
      (factsBefore ?? 0) + 1,
    )
    const views = (await round()).facts.map((fact) => ({
      ...fact,
      occurredAtMs: Date.parse(fact.occurredAt),
    }))
    const people = householdsOf(views)
      .get(door?.householdId ?? '')
      ?.people.map(({ member }) => member)
    expect(people).toMatchObject([
      { name: '赵六', maskedPhone: '139****1111' },
      { name: '赵七', relation: 'child' },
    ])
  })

  it('take of a mended file what was rejected alone, and come in the encoding that spreadsheets write here', async () => {
    const rows = [
      headings,
      [first(), '海滨花园2栋301', '陈一', '户主', '', '13812340011', '', ''],
      [first(), '海滨花园', '陈二', '户主', '', '', '', ''],
      ['不存在', '望海楼1栋101', '陈三', '户主', '', '', '', ''],
    ]
    const { listId, inspected } = await take(encodeGb18030(csv(rows).toString()), '海滨名册')
    expect(inspected).toMatchObject({ format: 'csv', encoding: 'gb18030' })
    expect(await countsOf(listId)).toEqual({ rowsRead: 3, taken: 1, rejected: 2, linked: 0, households: 1 })
    const response = await fetch(`${server.address}/api/worklists/mend`, {
      method: 'POST',
      headers: { authorization: `Bearer ${clerk.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ listId, language: 'zh' }),
    })
    const book = read(Buffer.from(await response.arrayBuffer()))
    const sheet = book.Sheets[book.SheetNames[0] ?? '']
    if (sheet === undefined) throw new Error('there is no sheet')
    const back = utils.sheet_to_json<string[]>(sheet, { header: 1 })
    expect(back.flat().join(' ')).toContain('看不出门牌号')
    const head = back.findIndex((cells) => cells.includes('姓名'))
    const mended = back
      .slice(head)
      .map((cells, at) =>
        at === 1 ? cells.map((cell) => (cell === '海滨花园' ? '海滨花园2栋302' : cell)) : cells,
      )
    await take(workbook(mended.map((cells) => Array.from(cells, (cell) => cell ?? ''))), '改好', {
      mends: listId,
    })
    expect(await countsOf(listId)).toMatchObject({ taken: 1, rejected: 1, households: 1 })
  })

  it('are not taken back as a whole, nor called', async () => {
    const { listId } = await take(
      csv([headings, [first(), '翠湖苑9栋101', '郑十', '户主', '', '13812340099', '', '']]),
      '单户',
    )
    expect(await clerk.client.call(undoWorklist, { body: { listId } })).toMatchObject({
      error: { code: 'WORKLIST_IS_REGISTER' },
    })
    const next = await clerk.send({ path: '/api/worklists/next', body: { listId } })
    expect(next.json).toEqual({ call: null })
    expect(await lineOf(listId)).toMatchObject({ open: 0, kind: 'household-register' })
  })

  it('keep nobody in clear in the database', async () => {
    const { rows } = await server.db.pool.query<{ row: string }>(
      `select t::text as row from household_facts t union all select t::text from worklist_rejects t
       union all select t::text from household_digests t`,
    )
    const everything = rows.map(({ row }) => row).join('\n')
    for (const clear of ['王大明', '13812340001', '翠湖苑', '11010519491231002X', '陈三']) {
      expect(everything.includes(clear), clear).toBe(false)
      expect(everything.includes(Buffer.from(clear).toString('hex')), clear).toBe(false)
    }
  })
})
