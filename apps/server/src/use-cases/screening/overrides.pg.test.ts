import type { DecisionView } from '@guankou/contract/screening/decisions.ts'
import { findRollupDifferences, readCountedDays } from '@guankou/db/queries/situation/verify-rollups.ts'
import { slipCodeOf } from '@guankou/domain/subject-access/slip-code.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  anOverride,
  exposedTraveller,
  healthyTraveller,
  pushFrom,
  recordAnHourAgo,
} from '../../../tests-support/overrides.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
  testNowMs,
} from '../../../tests-support/test-server.ts'

const [city, district, neighbour] = [440400, 440402, 440403]
const deviceId = '6f1c1b1e-5d0a-4f0e-9b1a-0000000000b1'
const words = '出示张三的解除隔离证明'

describe.each(inject('databaseServers'))('overrides on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let lead: TestSession
  let commander: TestSession
  let phone: TestSession
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    lead = await server.signIn('post-lead', district)
    commander = await server.signIn('commander', city)
    phone = await server.signIn('post-lead', district, { id: deviceId, label: 'Lead phone' })
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })

  const override = (body: object, who = lead) => who.send({ path: '/api/screenings/overrides', body })
  const answer = (overrideId: string, agrees: boolean, who = commander) =>
    who.send({ path: '/api/screenings/overrides/answer', body: { overrideId, agrees } })
  const decisionOf = async (screeningId: string, who = lead): Promise<DecisionView> => {
    const found = await who.send({ method: 'GET', path: `/api/screenings/decision?screening=${screeningId}` })
    expect(found.status).toBe(200)
    return found.json as DecisionView
  }
  const differences = async () => {
    const days = await readCountedDays(server.db.query)
    return (await Promise.all(days.map((day) => findRollupDifferences(server.db.query, day)))).flat()
  }
  const counted = async () => {
    const { rows } = await server.db.pool.query(
      `select sum(second_checks)::int as second, sum(quarantined)::int as quarantined, sum(referred)::int as referred
       from rollup_post_slots`,
    )
    return rows[0] as { second: number; quarantined: number; referred: number }
  }

  it('stand beside what the rules gave, move the counts in the same commit, and name who decided', async () => {
    const { id } = await recordAnHourAgo(server, [exposedTraveller(), healthyTraveller({ seat: 2 })], 1)
    const before = await counted()
    const kept = await server.db.pool.query('select * from screening_travellers where screening_id = $1', [
      id,
    ])
    const body = { screeningId: id, seat: 1, disposition: 'referred', ground: 'medical-advice', words }
    expect(await override(body)).toMatchObject({ status: 201, json: { needsSecond: false } })
    const after = await counted()
    expect(after).toEqual({ ...before, quarantined: before.quarantined - 1, referred: before.referred + 1 })
    expect(await differences()).toEqual([])
    const now = await server.db.pool.query('select * from screening_travellers where screening_id = $1', [id])
    expect(now.rows).toEqual(kept.rows)
    const decision = await decisionOf(id)
    expect(decision.travellers).toMatchObject([
      {
        seat: 1,
        disposition: 'home-quarantine',
        ruleIds: ['R4', 'R7'],
        standing: 'referred',
        bound: 'home-quarantine',
        overrides: [
          {
            disposition: 'referred',
            stood: 'home-quarantine',
            state: 'in-force',
            stands: true,
            words,
            by: { accountId: lead.actor.accountId },
          },
        ],
      },
      { seat: 2, disposition: 'passed', standing: 'passed', overrides: [] },
    ])
    expect(decision.differences).toEqual([])
    expect(decision.rules?.riskAreas).toContainEqual(
      expect.objectContaining({
        areaCode: 420000,
        level: 'high',
        area: { zh: '湖北省', en: 'Hubei Province' },
      }),
    )
  })

  it('show in the latest findings as they count now', async () => {
    const { id } = await recordAnHourAgo(server, [healthyTraveller()], 8)
    const read = { method: 'GET', path: `/api/situation/events?area=${district}` } as const
    const events = async () => ((await lead.send(read)).json as { events: { screeningId: string }[] }).events
    expect((await events()).map(({ screeningId }) => screeningId)).not.toContain(id)
    await override({ screeningId: id, seat: 1, disposition: 'second-check', ground: 'stated-since' })
    expect(await events()).toContainEqual(
      expect.objectContaining({ screeningId: id, disposition: 'second-check', overridden: true }),
    )
    expect(await events()).toContainEqual(
      expect.objectContaining({ disposition: 'referred', ruleIds: ['R4', 'R7'], overridden: true }),
    )
  })

  it('are audited, with their words sealed', async () => {
    const { rows } = await server.db.pool.query<{ text: string }>(
      `select o::text as text from screening_overrides o
       union all select e::text from audit_entries e where action = 'screening.override'`,
    )
    expect(rows.length).toBeGreaterThan(1)
    expect(
      rows.filter(({ text }) => text.includes('张三') || text.includes(Buffer.from(words).toString('hex'))),
    ).toEqual([])
    const { rows: entries } = await server.db.pool.query(
      "select outcome, account_id from audit_entries where action = 'screening.override' and outcome = 'recorded'",
    )
    expect(entries).toContainEqual({ outcome: 'recorded', account_id: lead.actor.accountId })
  })

  it('come from a lead’s phone by screening or by slip, once however often they are sent', async () => {
    const { id } = await recordAnHourAgo(server, [exposedTraveller()], 2)
    const bySlip = anOverride({ slipCode: slipCodeOf(id, 1) })
    const later = anOverride({ screeningId: id, seat: 1 }, { disposition: 'referred' }, testNowMs - 60_000)
    const outcomes = await pushFrom(phone, deviceId, [bySlip, bySlip, later])
    expect(outcomes).toMatchObject([
      { outcome: 'accepted' },
      { outcome: 'accepted' },
      { outcome: 'accepted', duplicate: false },
    ])
    expect(await pushFrom(phone, deviceId, [bySlip, { ...bySlip, disposition: 'referred' }])).toMatchObject([
      { outcome: 'accepted', duplicate: true },
      { outcome: 'rejected', code: 'COMMAND_ID_REUSED' },
    ])
    const decision = await decisionOf(id)
    expect(decision.travellers[0]).toMatchObject({ standing: 'referred' })
    expect(decision.travellers[0]?.overrides.map(({ stands }) => stands)).toEqual([false, true])
    expect(await differences()).toEqual([])
  })

  it('count by when they were decided, whatever the order in which they arrive', async () => {
    const { id } = await recordAnHourAgo(server, [exposedTraveller()], 3)
    const about = { screeningId: id, seat: 1 }
    const late = anOverride(about, { disposition: 'referred' }, testNowMs - 10 * 60_000)
    const early = anOverride(about, { disposition: 'central-quarantine' }, testNowMs - 20 * 60_000)
    await pushFrom(phone, deviceId, [late])
    await pushFrom(phone, deviceId, [early])
    expect((await decisionOf(id)).travellers[0]?.standing).toBe('referred')
    expect(await differences()).toEqual([])
  })

  it('wait for a second person where they are milder than a lead may give alone', async () => {
    const { id } = await recordAnHourAgo(server, [exposedTraveller()], 4)
    const before = await counted()
    const made = await override({ screeningId: id, seat: 1, disposition: 'advised', ground: 'papers-shown' })
    expect(made).toMatchObject({ status: 201, json: { needsSecond: true } })
    const overrideId = (made.json as { id: string }).id
    expect(await counted()).toEqual(before)
    expect((await decisionOf(id)).travellers[0]).toMatchObject({
      standing: 'home-quarantine',
      overrides: [{ state: 'waits', stands: false, second: null }],
    })
    const list = await commander.send({ method: 'GET', path: `/api/screenings/overrides?area=${city}` })
    expect((list.json as { waiting: object[] }).waiting).toMatchObject([{ id: overrideId, state: 'waits' }])
    expect(await answer(overrideId, true, lead)).toMatchObject({
      status: 403,
      json: { code: 'OVERRIDE_OWN_SECOND' },
    })
    expect(await answer(overrideId, true)).toMatchObject({ status: 200, json: { agrees: true } })
    expect(await counted()).toEqual({ ...before, quarantined: before.quarantined - 1 })
    expect(await answer(overrideId, false)).toMatchObject({
      status: 409,
      json: { code: 'OVERRIDE_ANSWERED' },
    })
    expect((await decisionOf(id)).travellers[0]).toMatchObject({
      standing: 'advised',
      overrides: [
        { state: 'in-force', second: { agrees: true, by: { accountId: commander.actor.accountId } } },
      ],
    })
    expect(await differences()).toEqual([])
  })

  it('that a second person declines change nothing', async () => {
    const { id } = await recordAnHourAgo(server, [exposedTraveller()], 5)
    const before = await counted()
    const made = await override({ screeningId: id, seat: 1, disposition: 'passed', ground: 'papers-shown' })
    await answer((made.json as { id: string }).id, false)
    expect(await counted()).toEqual(before)
    expect((await decisionOf(id)).travellers[0]).toMatchObject({
      standing: 'home-quarantine',
      overrides: [{ state: 'declined', stands: false }],
    })
    expect(await differences()).toEqual([])
  })

  it('are refused from who may not, for what is not lawful, and for whom the server does not know', async () => {
    const { id } = await recordAnHourAgo(server, [exposedTraveller()], 6)
    const about = { screeningId: id, seat: 1 }
    const inspector = await server.signIn('inspector', district, {
      id: '6f1c1b1e-5d0a-4f0e-9b1a-0000000000b2',
      label: 'Inspector phone',
    })
    const pushed = await pushFrom(inspector, '6f1c1b1e-5d0a-4f0e-9b1a-0000000000b2', [anOverride(about)])
    expect(pushed).toMatchObject([{ outcome: 'rejected', code: 'ROLE_NOT_ALLOWED' }])
    const elsewhere = await server.signIn('post-lead', neighbour)
    const body = { ...about, disposition: 'referred', ground: 'papers-shown' }
    expect(await override(body, elsewhere)).toMatchObject({ json: { code: 'UNKNOWN_SCREENING' } })
    const read = { method: 'GET', path: `/api/screenings/decision?screening=${id}` } as const
    expect(await elsewhere.send(read)).toMatchObject({ json: { code: 'UNKNOWN_SCREENING' } })
    expect(await override({ ...body, disposition: 'turned-back' })).toMatchObject({
      json: { code: 'OVERRIDE_NOT_LAWFUL' },
    })
    expect(await override({ ...body, disposition: 'home-quarantine' })).toMatchObject({
      json: { code: 'OVERRIDE_CHANGES_NOTHING' },
    })
    const unknown = await pushFrom(phone, deviceId, [
      anOverride({ ...about, seat: 9 }),
      anOverride({ slipCode: '0000-0000-0000' }),
      anOverride(about, { jurisdiction: neighbour }),
    ])
    expect(unknown).toMatchObject([
      { code: 'UNKNOWN_SCREENING', retry: 'later' },
      { code: 'UNKNOWN_SCREENING' },
      { code: 'OUTSIDE_AREA' },
    ])
    expect((await decisionOf(id)).travellers[0]?.overrides).toEqual([])
  })

  it('of one person at one moment are counted once each, and the counts stay exact', async () => {
    const { id } = await recordAnHourAgo(server, [exposedTraveller(), exposedTraveller({ seat: 2 })], 7)
    const wanted = ['referred', 'central-quarantine', 'referred', 'central-quarantine'] as const
    const commands = [1, 2].flatMap((seat) =>
      wanted.map((disposition, index) =>
        anOverride({ screeningId: id, seat }, { disposition }, testNowMs - (40 - index) * 60_000),
      ),
    )
    await Promise.all(commands.toReversed().map((command) => pushFrom(phone, deviceId, [command])))
    expect(await differences()).toEqual([])
    const { travellers } = await decisionOf(id)
    expect(travellers.map(({ standing }) => standing)).toEqual(['central-quarantine', 'central-quarantine'])
  })
})

describe.each(inject('databaseServers'))('replay on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let commander: TestSession
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    commander = await server.signIn('commander', city)
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })
  const replay = async () =>
    (await commander.send({ method: 'GET', path: `/api/screenings/replay?area=${city}&day=2020-02-10` })).json

  it('finds nothing in what was recorded, overridden or not', async () => {
    for (let serial = 1; serial <= 3; serial += 1)
      await recordAnHourAgo(server, [exposedTraveller(), healthyTraveller({ seat: 2 })], serial)
    expect(await replay()).toMatchObject({ screenings: 3, travellers: 6, differing: 0, differences: [] })
  })

  it('finds a disposition that was changed in the database, and rules that were changed under a version', async () => {
    const { rows } = await server.db.pool.query<{ id: string }>('select id from screenings limit 1')
    const id = rows[0]?.id
    await server.db.pool.query(
      "update screening_travellers set disposition = 'passed', rule_ids = '{}' where screening_id = $1 and seat = 1",
      [id],
    )
    expect(await replay()).toMatchObject({
      differing: 1,
      differences: [
        { screeningId: id, seat: 1, part: 'disposition', kept: 'passed', replayed: 'home-quarantine' },
        { screeningId: id, seat: 1, part: 'rule-ids', kept: '', replayed: 'R4 R7' },
      ],
    })
    await server.db.pool.query(
      `update rule_sets set document = jsonb_set(document::jsonb, '{riskAreas}', '[]') where version = 2`,
    )
    await server.context.reference.refresh()
    expect(await replay()).toMatchObject({ differing: 3 })
  })
})
