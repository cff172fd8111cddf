import type { LookUpAnswer } from '@guankou/contract/identity/look-up.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { readEveryTable } from '../../../tests-support/every-table.ts'
import { anExport, downloadFile, makeExport } from '../../../tests-support/exports.ts'
import { exposedTraveller, healthyTraveller, recordAnHourAgo } from '../../../tests-support/overrides.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'

const district = 440402
const wrongPlate = '粤TABC1D'
const rightPlate = '粤CZ1234'

/** Lists carry a mark in zero-width characters, which may stand in any cell. */
const withoutMark = (text: string): string => text.replace(/[\u200b-\u200f\u2060-\u2064\ufeff]/g, '')

describe.each(inject('databaseServers'))('corrections of a screening on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let clerk: TestSession
  let screeningId: string
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    clerk = await server.signIn('screening-clerk', district)
    const people = [exposedTraveller({ name: '李思' }), healthyTraveller({ seat: 2, name: '王武' })]
    screeningId = (await recordAnHourAgo(server, people, 1)).id
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })

  const correct = (body: object, who = clerk) =>
    who.send({
      path: '/api/screenings/corrections',
      body: { screeningId, seat: 1, ground: 'typed-wrongly', ...body },
    })
  const lookUp = async (kind: string, text: string): Promise<LookUpAnswer> => {
    const answer = await clerk.send({
      path: '/api/identity/look-up',
      body: { purpose: 'follow-up', reason: '核对登记信息是否准确', sought: { kind, text } },
    })
    expect(answer.status).toBe(200)
    return answer.json as LookUpAnswer
  }

  it('stand beside what was recorded, with who made them and why', async () => {
    const before = await server.db.pool.query('select * from screening_travellers order by seat')
    expect(await correct({ field: 'name', value: ' 李四 ', words: '身份证上是四' })).toMatchObject({
      status: 201,
    })
    expect((await server.db.pool.query('select * from screening_travellers order by seat')).rows).toEqual(
      before.rows,
    )
    const { matches } = await lookUp('plate', wrongPlate)
    expect(matches.map(({ seat, corrections }) => [seat, corrections.length])).toEqual([
      [1, 1],
      [2, 0],
    ])
    expect(matches[0]).toMatchObject({
      fields: expect.arrayContaining([{ field: 'name', masked: '李*' }]),
      corrections: [
        {
          field: 'name',
          masked: '李*',
          source: 'record',
          ground: 'typed-wrongly',
          by: { zh: '测试', en: 'Test' },
        },
      ],
    })
    const shown = await clerk.send({
      path: '/api/identity/unmask',
      body: { screeningId, seat: 1, field: 'name' },
    })
    expect(shown.json).toMatchObject({ text: '李思', correctedTo: '李四' })
  })

  it('name the one before and carry the digest of what they take the place of', async () => {
    server.clock.now += 1_000
    await correct({ field: 'name', value: '李斯', ground: 'document-seen' })
    const { rows } = await server.db.pool.query<{ id: string; corrects: string | null; before: string }>(
      "select id, corrects, encode(before_digest, 'hex') as before from screening_corrections where field = 'name' order by made_at, id",
    )
    expect(rows).toHaveLength(2)
    expect(rows.map(({ corrects }) => corrects)).toEqual([null, rows[0]?.id])
    const owner = { jurisdiction: district, day: '2020-02-10' }
    const digestOf = async (text: string) =>
      (await server.context.identity.sealer.digestText(owner, 'name', text)).toString('hex')
    expect(rows.map(({ before }) => before)).toEqual([await digestOf('李思'), await digestOf('李四')])
  })

  it('of a plate are of everyone aboard, and look-ups find them by either', async () => {
    expect(await correct({ field: 'plate', value: '粤c·z1234' })).toMatchObject({ status: 201 })
    for (const plate of [wrongPlate, rightPlate]) {
      const { matches } = await lookUp('plate', plate)
      expect(matches.map(({ seat }) => seat)).toEqual([1, 2])
      for (const { corrections } of matches)
        expect(corrections).toContainEqual(expect.objectContaining({ field: 'plate', source: 'record' }))
    }
    await correct({ field: 'phone', value: '+86 26 0000 0009', seat: 2 })
    expect((await lookUp('phone', '+86 26 0000 0009')).matches.map(({ seat }) => seat)).toEqual([2])
  })

  it('are refused where they say nothing new, nothing at all, or of a screening elsewhere', async () => {
    expect(await correct({ field: 'plate', value: rightPlate })).toMatchObject({
      json: { code: 'CORRECTION_CHANGES_NOTHING' },
    })
    expect(await correct({ field: 'phone', value: '()' })).toMatchObject({
      json: { code: 'CORRECTION_EMPTY' },
    })
    expect(await correct({ field: 'name', value: 'half \ud800' })).toMatchObject({
      json: { code: 'TEXT_NOT_WELL_FORMED' },
    })
    const elsewhere = await server.signIn('screening-clerk', 440403)
    expect(await correct({ field: 'name', value: '赵六' }, elsewhere)).toMatchObject({
      json: { code: 'UNKNOWN_SCREENING' },
    })
    const inspector = await server.signIn('inspector', district)
    expect((await correct({ field: 'name', value: '赵六' }, inspector)).status).toBe(403)
  })

  it('leave no name, plate or word in clear in the database', async () => {
    const tables = await readEveryTable(server.db)
    for (const text of ['李思', '李四', '李斯', rightPlate, '身份证上是四'])
      expect(tables.filter((table) => table.text.includes(text)).map(({ name }) => name)).toEqual([])
  })

  it('stand in lists beside what was recorded, and so does what a lead decided otherwise', async () => {
    const lead = await server.signIn('post-lead', district)
    const overridden = await lead.send({
      path: '/api/screenings/overrides',
      body: { screeningId, seat: 1, disposition: 'central-quarantine', ground: 'stated-since' },
    })
    expect(overridden.status).toBe(201)
    const exportId = await makeExport(
      server,
      clerk,
      anExport({
        purpose: 'follow-up',
        columns: ['name', 'phone', 'disposition', 'override', 'corrections'],
        fromDay: '2020-02-10',
        toDay: '2020-02-10',
        dispositions: ['central-quarantine'],
      }),
    )
    const file = await downloadFile(server, clerk, exportId, 'csv')
    const text = withoutMark(file.content.toString())
    expect(text).toContain('居家隔离→集中隔离（补充说明了旅居或接触史）')
    expect(text).toContain('姓名：李四（2020-02-10）；姓名：李斯（2020-02-10）')
    expect(text).not.toContain(rightPlate)
  })
})
