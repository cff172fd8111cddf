import { lookUpHousehold } from '@guankou/contract/households/look-up.ts'
import type { HouseholdHappening } from '@guankou/contract/households/record-household-fact.ts'
import type { PersonPage } from '@guankou/contract/subject-access/person-page.ts'
import { formatSlipCode, slipCodeOf } from '@guankou/domain/subject-access/slip-code.ts'
import { aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aHouseholdFact } from '../../../tests-support/household-facts.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
  testNowMs,
} from '../../../tests-support/test-server.ts'

const [city, district] = [440400, 440402]
const passport = 'E12345678'
const screening = aScreening(
  {
    occurredAt: '2020-02-09T03:00:00.000Z',
    rulesVersion: 2,
    travellers: [
      aTraveller({
        seat: 1,
        name: '欧阳修',
        document: { kind: 'passport', number: passport },
        phone: '13812345678',
        readings: [],
      }),
      aTraveller({ seat: 2, name: '李清照', document: { kind: 'none' }, phone: '13812345678', readings: [] }),
    ],
  },
  91,
)

describe.each(inject('databaseServers'))('households on the person’s own page, on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let team: Record<'health' | 'street' | 'police', TestSession>
  let home: string
  let own: string
  let other: string
  let serial = 0

  const tell = async (
    who: TestSession,
    happening: HouseholdHappening,
    householdId?: string,
  ): Promise<string> => {
    serial += 1
    const occurredAt = new Date(testNowMs - 3_600_000 + serial * 1_000).toISOString()
    const body = aHouseholdFact(happening, {
      occurredAt,
      ...(householdId === undefined ? {} : { householdId }),
    })
    const answer = await who.send({ path: '/api/households/facts', body })
    expect(answer.status, answer.text).toBe(201)
    return body.id
  }

  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    const { actor } = await server.signIn('service-account', city)
    expect(await server.context.recorder.record(actor, screening)).toMatchObject({ ok: true })
    team = {
      health: await server.signIn('community-health', district),
      street: await server.signIn('community-street', district),
      police: await server.signIn('community-police', district),
    }
    const planner = await server.signIn('duty-planner', city)
    const { rows } = await server.db.pool.query(
      'select id from grid_cells where jurisdiction = $1 order by id',
      [district],
    )
    const gridCellId: number = rows[0].id
    const asked = {
      jurisdiction: district,
      teamId: 901,
      version: 1,
      name: { zh: '第901组', en: 'Team 901' },
      accountIds: Object.values(team).map((each) => each.actor.accountId),
      gridCellIds: [gridCellId],
    }
    expect((await planner.send({ path: '/api/households/teams', body: asked })).status).toBe(201)
    const task = { jurisdiction: district, gridCellId, task: 'register', dueBy: '2020-02-12' }
    expect((await planner.send({ path: '/api/households/tasks', body: task })).status).toBe(201)
    home = await tell(team.street, {
      is: 'household-opened',
      gridCellId,
      address: { estate: '翠湖苑', building: '3栋', door: '501' },
    })
    own = await tell(
      team.street,
      {
        is: 'member-added',
        member: {
          name: '欧阳修',
          relation: 'head',
          document: { kind: 'passport', number: 'e-1234 5678' },
          phone: '13900001111',
          needs: ['medicine'],
          exposure: { stays: [{ originCode: 420100, until: '2020-02-05' }], contact: false },
        },
      },
      home,
    )
    other = await tell(
      team.street,
      { is: 'member-added', member: { name: '薛夫人', relation: 'spouse', phone: '13812345678' } },
      home,
    )
    const visitId = await tell(team.health, { is: 'visit-opened', tasks: ['register'] }, home)
    const people = [
      { personId: own, temperatureCelsius: 36.6, symptoms: [] },
      { personId: other, temperatureCelsius: 39.1, symptoms: ['cough'] },
    ]
    await tell(team.health, { is: 'part-done', visitId, work: { part: 'health', people } }, home)
    const verified = [{ personId: own, how: 'document-seen' as const }]
    await tell(
      team.police,
      { is: 'part-done', visitId, work: { part: 'police', people: verified, refusal: 'none' } },
      home,
    )
  }, 120_000)
  afterAll(async () => {
    await server?.close()
    await database?.drop()
  })

  let address = 0
  const call = (path: string, body: unknown) => {
    address += 1
    return server.send({
      path: `/api/subject-access/${path}`,
      body,
      headers: { 'x-guankou-client': 'portal', 'x-forwarded-for': `10.8.0.${address}` },
    })
  }
  const pageOf = async (seat = 1): Promise<PersonPage> => {
    const opened = await call('open', { code: formatSlipCode(slipCodeOf(screening.id, seat)), tail: '5678' })
    expect(opened.status, opened.text).toBe(200)
    const { pass } = opened.json as { pass: string }
    const answer = await call('page', { pass })
    expect(answer.status, answer.text).toBe(200)
    return answer.json as PersonPage
  }

  it('tell what is held of the person, with visits, and nothing of who lives with them', async () => {
    const page = await pageOf()
    expect(page.households).toMatchObject([
      {
        district: { zh: '香洲区' },
        livesHere: true,
        relation: 'head',
        needs: ['medicine'],
        contactWithCase: false,
        fields: [
          { field: 'name', masked: '欧**', text: '欧阳修' },
          { field: 'document' },
          { field: 'phone', masked: '139****1111', text: '13900001111' },
          { field: 'address', text: '翠湖苑 3栋 501' },
        ],
        stays: [{ until: '2020-02-05' }],
        visits: [{ tasks: ['register'], temperatureCelsius: 36.6, symptoms: [], verified: 'document-seen' }],
        visitCount: 1,
        identityHeld: { is: 'held' },
      },
    ])
    expect(JSON.stringify(page)).not.toMatch(/薛夫人|39\.1|13812345678.*spouse/)
  })

  it('tell who read them: a team once a day, a desk each time, with its purpose', async () => {
    for (const who of [team.street, team.street, team.health])
      expect((await who.send({ path: `/api/households/round?jurisdiction=${district}` })).status).toBe(200)
    await team.street.send({
      path: `/api/households/household?jurisdiction=${district}&householdId=${home}`,
    })
    const clerk = await server.signIn('screening-clerk', city)
    const looked = await clerk.client.call(lookUpHousehold, {
      body: {
        purpose: 'follow-up',
        reason: '核对住户登记 household check',
        sought: { kind: 'passport', text: passport },
      },
    })
    expect(looked.is).toBe('ok')
    const [household] = (await pageOf()).households
    const seen = household?.seenBy.map(({ role, way, purpose }) => `${role} ${way} ${purpose}`).sort()
    expect(seen).toEqual([
      'community-health round follow-up',
      'community-street round follow-up',
      'screening-clerk look-up follow-up',
    ])
  })

  it('tell of fields in full those of the person alone, beside the address', async () => {
    const clerk = await server.signIn('screening-clerk', district)
    const search = { purpose: 'follow-up', reason: '核对住户登记 household check' }
    const path = '/api/households/look-up'
    await clerk.send({ path, body: { ...search, sought: { kind: 'door', text: home } } })
    for (const [personId, field] of [
      [own, 'phone'],
      [other, 'name'],
      [null, 'address'],
    ]) {
      const body = { jurisdiction: district, householdId: home, personId, field }
      expect((await clerk.send({ path: '/api/households/unmask', body })).status).toBe(200)
    }
    const [household] = (await pageOf()).households
    const inFull = household?.seenBy.filter(({ way }) => way === 'unmask').map(({ fields }) => fields)
    expect(inFull?.toSorted()).toEqual([['address'], ['phone']])
  })

  it('are none where no document was recorded, though the phone is the same', async () => {
    expect((await pageOf(2)).households).toEqual([])
  })

  it('are printed at a desk, which stands among those who read them', async () => {
    const partner = await server.signIn('desk-partner', district)
    const answer = await partner.send({
      path: '/api/subject-access/desk-page',
      body: {
        reason: '本人到窗口查询 the person came to the desk',
        by: { code: formatSlipCode(slipCodeOf(screening.id, 1)), tail: '5678' },
      },
    })
    expect(answer.status, answer.text).toBe(200)
    const [printed] = (answer.json as PersonPage).households
    expect(printed).toMatchObject({ relation: 'head' })
    expect(
      printed?.seenBy.some(({ way, role }) => way === 'subject-request' && role === 'desk-partner'),
    ).toBe(true)
  })

  it('are told no more once a team put another document in the place of theirs, and as left once they left', async () => {
    await tell(team.street, { is: 'member-left', personId: own, leftFor: 'other-city' }, home)
    expect((await pageOf()).households).toMatchObject([{ livesHere: false, relation: 'head' }])
    await tell(
      team.street,
      { is: 'member-changed', personId: own, change: { document: { kind: 'other', number: 'X99999999' } } },
      home,
    )
    expect((await pageOf()).households).toEqual([])
  })
})
