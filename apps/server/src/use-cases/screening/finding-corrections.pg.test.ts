import type { DecisionView } from '@guankou/contract/screening/decisions.ts'
import type { PersonPage } from '@guankou/contract/subject-access/person-page.ts'
import { aReading } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { anExport, downloadFile, makeExport } from '../../../tests-support/exports.ts'
import { healthyTraveller, recordAnHourAgo } from '../../../tests-support/overrides.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'

const district = 440402

describe.each(inject('databaseServers'))('corrections of what was found on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let clerk: TestSession
  let screeningId: string
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    clerk = await server.signIn('screening-clerk', district)
    const certificates = [
      {
        format: 'eu-dcc' as const,
        statements: ['vaccination' as const],
        outcome: 'forged' as const,
        country: 'DE',
      },
    ]
    const people = [healthyTraveller({ certificates }), healthyTraveller({ seat: 2, name: '王武' })]
    screeningId = (await recordAnHourAgo(server, people, 1)).id
  })
  afterAll(async () => {
    await server?.close()
    await database?.drop()
  })

  const decision = async (): Promise<DecisionView> => {
    const answer = await clerk.send({
      method: 'GET',
      path: `/api/screenings/decision?screening=${screeningId}`,
    })
    expect(answer.status).toBe(200)
    return answer.json as DecisionView
  }
  const correct = (findings: object, who = clerk, more = {}) =>
    who.send({
      path: '/api/screenings/finding-corrections',
      body: { screeningId, seat: 1, ground: 'typed-wrongly', findings, ...more },
    })
  const hot = async (celsius: number) => {
    const [first] = (await decision()).travellers[0]?.recorded.readings ?? []
    return [
      aReading({ ...first, temperatureCelsius: celsius }),
      aReading({ ...first, method: 'ear', temperatureCelsius: celsius }),
    ]
  }

  it('stand beside what was recorded and decided, with what the rules of that hour would say now', async () => {
    const before = await server.db.pool.query('select * from screening_travellers order by seat')
    const rollups = await server.db.pool.query('select * from rollup_post_slots order by day, post_id, slot')
    expect((await decision()).travellers[0]).toMatchObject({
      corrections: [],
      corrected: null,
      standing: 'passed',
    })
    expect(
      await correct({ readings: await hot(38.4) }, clerk, { words: '纸上写的是三十八度四' }),
    ).toMatchObject({ status: 201 })
    const [one, two] = (await decision()).travellers
    expect(one).toMatchObject({
      disposition: 'passed',
      standing: 'passed',
      certificates: [{ format: 'eu-dcc', outcome: 'forged', country: 'DE' }],
      corrections: [
        {
          ground: 'typed-wrongly',
          words: '纸上写的是三十八度四',
          by: { accountId: clerk.actor.accountId },
          after: { readings: [{ temperatureCelsius: 38.4 }, { temperatureCelsius: 38.4 }] },
        },
      ],
      corrected: { fever: 'confirmed', disposition: expect.not.stringMatching(/^passed$/) },
    })
    expect(two).toMatchObject({ corrections: [], corrected: null })
    expect((await server.db.pool.query('select * from screening_travellers order by seat')).rows).toEqual(
      before.rows,
    )
    expect(
      (await server.db.pool.query('select * from rollup_post_slots order by day, post_id, slot')).rows,
    ).toEqual(rollups.rows)
    expect((await decision()).differences).toEqual([])
  })

  it('follow one another, each with what it took the place of', async () => {
    expect(
      await correct({ origin: { code: 420100, evidence: 'ticket' }, contactWithCase: false }),
    ).toMatchObject({ status: 201 })
    expect(await correct({ readings: await hot(36.6) })).toMatchObject({ status: 201 })
    const [one] = (await decision()).travellers
    expect(one?.corrections.map(({ before, after }) => [Object.keys(before), Object.keys(after)])).toEqual([
      [['readings'], ['readings']],
      // Contact was no already, and is no part of the change.
      [['origin'], ['origin']],
      [['readings'], ['readings']],
    ])
    expect(one?.corrections[2]?.before.readings?.[0]?.temperatureCelsius).toBe(38.4)
    expect(one?.corrected).toMatchObject({ disposition: 'passed', findings: { origin: { code: 420100 } } })
  })

  it('are shown to the person, in words and without who made them', async () => {
    const lead = await server.signIn('post-lead', district)
    const { document } = healthyTraveller()
    const sought = { kind: document.kind, text: document.number }
    const looked = await lead.send({
      path: '/api/identity/look-up',
      body: { purpose: 'subject-request', reason: '本人到服务台查询', sought },
    })
    expect(looked.status, looked.text).toBe(200)
    const { json, status, text } = await lead.send({
      path: '/api/subject-access/desk-page',
      body: { reason: '本人到服务台查询', by: { screeningId, seat: 1 } },
    })
    expect(status, text).toBe(200)
    const [own] = (json as PersonPage).records
    expect(own?.findingCorrections).toMatchObject([
      { ground: 'typed-wrongly', readings: [{ temperatureCelsius: 38.4 }, { temperatureCelsius: 38.4 }] },
      { ground: 'typed-wrongly', origin: { zh: '武汉市' } },
      { readings: [{ temperatureCelsius: 36.6 }, { temperatureCelsius: 36.6 }] },
    ])
    expect(JSON.stringify(own?.findingCorrections)).not.toMatch(/三十八度四|accountId/)
  })

  it('are refused where they say nothing new, cannot have been, or are not for the asker', async () => {
    expect(await correct({})).toMatchObject({ json: { code: 'CORRECTION_EMPTY' } })
    expect(await correct({ contactWithCase: false })).toMatchObject({
      json: { code: 'CORRECTION_CHANGES_NOTHING' },
    })
    expect(await correct({ symptoms: ['no-such'] })).toMatchObject({ json: { code: 'UNKNOWN_SYMPTOM' } })
    expect(await correct({ contactWithCase: true }, clerk, { words: 'a\ud800' })).toMatchObject({
      json: { code: 'TEXT_NOT_WELL_FORMED' },
    })
    const elsewhere = await server.signIn('screening-clerk', 440403)
    expect(await correct({ contactWithCase: true }, elsewhere)).toMatchObject({
      json: { code: 'UNKNOWN_SCREENING' },
    })
    const inspector = await server.signIn('inspector', district)
    expect((await correct({ contactWithCase: true }, inspector)).status).toBe(403)
  })

  it('stand in lists, where temperatures, symptoms and certificates have their columns', async () => {
    const exportId = await makeExport(
      server,
      clerk,
      anExport({
        purpose: 'hand-over',
        columns: ['name', 'readings', 'symptoms', 'certificates', 'corrections'],
        fromDay: '2020-02-10',
        toDay: '2020-02-10',
      }),
    )
    const file = await downloadFile(server, clerk, exportId, 'csv')
    const text = file.content.toString().replace(/[\u200b-\u200f\u2060-\u2064\ufeff]/g, '')
    expect(text).toMatch(/36\.\d °C 额温 \d\d:\d\d/)
    expect(text).toContain('欧盟数字新冠证明 DE 签名不符')
    expect(text).toMatch(/体温：38\.4 °C .*（2020-02-10）/)
    // Origin is no column of this list, so that its correction is none of it either.
    expect(text).not.toContain('来源地：')
  })

  it('seal what was said in words', async () => {
    const { rows } = await server.db.pool.query('select * from screening_finding_corrections')
    expect(rows).toHaveLength(3)
    expect(JSON.stringify(rows)).not.toContain('三十八度四')
  })
})
