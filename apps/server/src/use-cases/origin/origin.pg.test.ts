import { importCases, listCaseSets } from '@guankou/contract/origin/case-reports.ts'
import { previewRiskAreas } from '@guankou/contract/origin/preview.ts'
import { readOriginCounts, readOriginRisk, readOriginTrend } from '@guankou/contract/origin/risk.ts'
import type { Traveller } from '@guankou/contract/screening/record-screening.ts'
import { readKnownReports } from '@guankou/db/queries/origin/case-reports.ts'
import { findRollupDifferences } from '@guankou/db/queries/situation/verify-rollups.ts'
import { aReading, aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'

const city = 440400
const [xiangzhou, doumen] = [440402, 440403]
const [zhongshan, guangzhou, wenzhou, wuhan] = [442000, 440100, 330300, 420100]
const nowMs = Date.parse('2020-02-10T04:10:00.000Z')
const at = '2020-02-10T03:00:00.000Z'
const header = 'date,origin_code,confirmed_cum,published_on'

type People = readonly [origin: number, count: number, exposures?: Traveller['exposures']]

describe.each(inject('databaseServers'))('origins on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let commander: TestSession
  let serial = 0
  const record = async (postId: number, jurisdiction: number, people: readonly People[]) => {
    const travellers = people.flatMap(([code, count, exposures]) =>
      Array.from({ length: count }, () => ({ code, exposures: exposures ?? [] })),
    )
    const { queueVehicles: _, ...usual } = aScreening({ occurredAt: at }, ++serial)
    const command = {
      ...usual,
      jurisdiction,
      postId,
      rulesVersion: 2,
      travellers: travellers.map(({ code, exposures }, index) =>
        aTraveller({
          seat: index + 1,
          origin: { code, evidence: 'ticket' },
          exposures,
          readings: [aReading({ at: '2020-02-10T02:59:50.000Z' })],
        }),
      ),
    }
    const traffic = await server.signIn('service-account', city)
    expect(await server.context.recorder.record(traffic.actor, command)).toMatchObject({ ok: true })
  }
  const bring = (csv: string, area = city) =>
    commander.client.call(importCases, { body: { area, source: 'Bulletin', licence: 'none stated', csv } })
  const known = (asOf: string, origin: number) =>
    readKnownReports(server.db.query, { jurisdiction: city, asOf, from: '2019-12-01', origin })

  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url, logLevel: 'warn' })
    server.clock.now = nowMs
    await server.db.pool.query('truncate origin_case_reports, origin_case_sets')
    commander = await server.signIn('commander', city)
    const posts = server.context.reference.current().posts
    const [first = 0, second = 0] = posts
      .filter((post) => post.jurisdiction === xiangzhou)
      .map(({ id }) => id)
    const [far = 0] = posts.filter((post) => post.jurisdiction === doumen).map(({ id }) => id)
    const stay = (areaCode: number, leftOn: string): Traveller['exposures'] => [
      { areaCode, leftOn, evidence: 'declared' },
    ]
    await record(first, xiangzhou, [
      [zhongshan, 30],
      [guangzhou, 12],
      [guangzhou, 20, stay(wenzhou, '2020-02-05')],
      [wuhan, 2, stay(wuhan, '2020-02-08')],
    ])
    await record(second, xiangzhou, [
      [zhongshan, 25],
      [guangzhou, 3],
      [wenzhou, 10],
    ])
    await record(far, doumen, [
      [zhongshan, 40],
      [guangzhou, 6],
    ])
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })

  it('takes the rows that fit and hands back the others whole, with the reason', async () => {
    const answer = await bring(
      `\ufeff${header},note\r\n2020-02-01,420100,4109,2020-02-02,a\r\n2020-02-01,420000,9074,2020-02-02,whole province\r\n2020-02-02,420100,x,2020-02-03,\r\n2020-02-03,420100\r\n2020-02-02,330300,291,2020-02-03,`,
    )
    expect(answer).toMatchObject({
      is: 'ok',
      value: {
        rowsNew: 2,
        rowsKnown: 0,
        rowsRefused: 3,
        header: ['date', 'origin_code', 'confirmed_cum', 'published_on', 'note'],
        refused: [
          {
            row: 3,
            column: 'origin_code',
            cells: ['2020-02-01', '420000', '9074', '2020-02-02', 'whole province'],
          },
          { row: 4, column: 'confirmed_cum' },
          { row: 5, column: null },
        ],
      },
    })
  })

  it('counts nothing twice, and keeps every version that was said', async () => {
    const again = await bring(`${header}\n2020-02-01,420100,4109,2020-02-02`)
    expect(again).toMatchObject({ value: { rowsNew: 0, rowsKnown: 1 } })
    server.clock.now += 1_000
    expect(await bring(`${header}\n2020-02-01,420100,4115,2020-02-04`)).toMatchObject({
      value: { rowsNew: 1 },
    })
    expect(await known('2020-02-03', wuhan)).toMatchObject([{ confirmedTotal: 4109 }])
    expect(await known('2020-02-04', wuhan)).toMatchObject([{ confirmedTotal: 4115 }])
    server.clock.now += 1_000
    await bring(`${header}\n2020-02-01,420100,4110,2020-02-02`)
    expect(await known('2020-02-03', wuhan)).toMatchObject([{ confirmedTotal: 4110 }])
    const sets = await commander.client.call(listCaseSets, { query: { area: city } })
    expect(sets).toMatchObject({ value: { publishedUntil: '2020-02-04', origins: 2 } })
    expect(sets.is === 'ok' ? sets.value.sets.length : 0).toBe(4)
  })

  it.each([
    ['no columns', 'a,b\n1,2'],
    ['a column twice', `${header},date\n2020-02-01,420100,1,2020-02-02,2020-02-01`],
    ['broken quotes', `${header}\n"2020-02-01,420100`],
  ])('refuses a file with %s, and stores nothing of it', async (_, csv) => {
    const before = await server.db.pool.query('select count(*) from origin_case_sets')
    expect(await bring(csv)).toMatchObject({ is: 'refused', error: { code: 'CASE_FILE_UNREADABLE' } })
    const after = await server.db.pool.query('select count(*) from origin_case_sets')
    expect(after.rows).toEqual(before.rows)
  })

  it('takes files for the city alone', async () => {
    expect(await bring(`${header}\n2020-02-01,420100,1,2020-02-02`, doumen)).toMatchObject({
      error: { code: 'OUTSIDE_AREA' },
    })
  })

  it('tells arrivals as Situation does, and counts by post that give no small one away', async () => {
    const query = { area: city, day: '2020-02-10' }
    const risk = await commander.client.call(readOriginRisk, { query })
    if (risk.is !== 'ok') throw new Error('refused')
    const arrivals = new Map(risk.value.origins.map((row) => [row.originCode, row.arrivals]))
    expect(arrivals.get(zhongshan)).toBe(95)
    expect(arrivals.get(wuhan)).toBeNull()
    expect(risk.value.travellersTotal).toBe(148)
    const counts = await commander.client.call(readOriginCounts, { query: { ...query, origin: zhongshan } })
    if (counts.is !== 'ok') throw new Error('refused')
    expect(counts.value.rows.some(({ travellers }) => travellers !== null && travellers < 5)).toBe(false)
    const few = await commander.client.call(readOriginCounts, { query: { ...query, origin: wuhan } })
    expect(few).toMatchObject({ value: { rows: [], daysWithheld: ['2020-02-10'] } })
    expect(await findRollupDifferences(server.db.query, '2020-02-10')).toEqual([])
  })

  it('sees nothing beyond the own district', async () => {
    const lead = await server.signIn('post-lead', doumen)
    const query = { area: doumen, day: '2020-02-10' }
    const risk = await lead.client.call(readOriginRisk, { query })
    if (risk.is !== 'ok') throw new Error('refused')
    expect(risk.value.travellersTotal).toBe(46)
    expect(risk.value.origins.map(({ originCode }) => originCode).sort()).toEqual([guangzhou, zhongshan])
    const posts = server.context.reference.current().posts
    const counts = await lead.client.call(readOriginCounts, { query: { ...query, origin: zhongshan } })
    if (counts.is !== 'ok') throw new Error('refused')
    for (const { postId } of counts.value.rows)
      expect(posts.find(({ id }) => id === postId)?.jurisdiction).toBe(doumen)
    expect(await lead.client.call(readOriginRisk, { query: { ...query, area: city } })).toMatchObject({
      error: { code: 'OUTSIDE_AREA' },
    })
  })

  it('sets findings beside every origin that a rule singles out, and warns where they do not bear it out', async () => {
    const risk = await commander.client.call(readOriginRisk, { query: { area: city, day: '2020-02-10' } })
    if (risk.is !== 'ok') throw new Error('refused')
    const fairness = new Map(risk.value.origins.map((row) => [row.originCode, row.fairness]))
    expect(fairness.get(wenzhou)).toMatchObject({ isWarned: true, rulesVersion: 2, verdict: 'too-few' })
    expect(fairness.get(zhongshan)).toBeNull()
  })

  it('shows of an origin what had been published by the day, and nothing later', async () => {
    const trend = async (day: string) => {
      const answer = await commander.client.call(readOriginTrend, {
        query: { area: city, day, origin: wuhan },
      })
      if (answer.is !== 'ok') throw new Error('refused')
      return answer.value.days.find((each) => each.day === '2020-02-01')?.confirmedTotal
    }
    expect(await trend('2020-02-01')).toBeNull()
    expect(await trend('2020-02-03')).toBe(4110)
    expect(await trend('2020-02-10')).toBe(4115)
  })

  it('counts whom a change of risk areas would reselect, by day, post and district, and changes nothing', async () => {
    const before = await server.db.pool.query('select * from rule_sets order by version')
    const answer = await commander.client.call(previewRiskAreas, {
      body: {
        area: city,
        responseId: 'covid-19-like',
        days: 3,
        riskAreas: [{ areaCode: wenzhou, level: 'high', from: '2020-02-02' }],
      },
    })
    expect(answer).toMatchObject({
      is: 'ok',
      value: {
        rulesVersion: 2,
        travellers: 150,
        reselected: 20,
        byDay: [{ reselected: 0 }, { reselected: 0 }, { day: '2020-02-10', reselected: 20 }],
        byPost: [{ reselected: 20 }],
        byDistrict: [{ jurisdiction: xiangzhou, reselected: 20 }],
        byOutcome: [{ before: 'advised', after: 'home-quarantine', people: 20 }],
        notAsked: 10,
      },
    })
    const after = await server.db.pool.query('select * from rule_sets order by version')
    expect(after.rows).toEqual(before.rows)
    const { rows } = await server.db.pool.query(
      "select detail from audit_entries where action = 'origin.preview' and outcome = 'done'",
    )
    expect(rows).toEqual([{ detail: '330300 high from 2020-02-02' }])
  })

  it('previews what is there, and nothing beyond', async () => {
    const ask = (responseId: string, from: string) =>
      commander.client.call(previewRiskAreas, {
        body: { area: city, responseId, days: 1, riskAreas: [{ areaCode: wenzhou, level: 'high', from }] },
      })
    expect(await ask('none', '2020-02-02')).toMatchObject({ error: { code: 'UNKNOWN_RESPONSE' } })
    expect(await ask('covid-19-like', '2020-02-30')).toMatchObject({ error: { code: 'INVALID_INPUT' } })
  })
})
