import type { HouseholdFile } from '@guankou/contract/households/look-up.ts'
import type { HouseholdHappening } from '@guankou/contract/households/record-household-fact.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { aHouseholdFact } from '../../../tests-support/household-facts.ts'
import { minutesAgo } from '../../../tests-support/post-facts.ts'
import { anOrder, codeOf, quarantineDesk } from '../../../tests-support/quarantine.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
  testNowMs,
} from '../../../tests-support/test-server.ts'

const district = 440402
const reason = '核对一户的登记信息'
const passport = 'E12345678'
const phone = '13812345678'

type Answer = { households: HouseholdFile[]; more: boolean; limits: Record<string, number>; code?: string }

describe.each(inject('databaseServers'))('looking a household up on $name', ({ url }) => {
  let test: TestDatabase
  let server: TestServer
  let clerk: TestSession
  let street: TestSession
  let household: string
  let head: string
  let child: string
  let undoneOutcome: string

  const happens = async (happening: HouseholdHappening, householdId?: string, minutes = 300) => {
    const fact = aHouseholdFact(happening, {
      occurredAt: minutesAgo(minutes),
      ...(householdId === undefined ? {} : { householdId }),
    })
    expect((await street.send({ path: '/api/households/facts', body: fact })).status).toBe(201)
    return fact.id
  }
  const lookUp = async (who: TestSession, kind: string, text: string, purpose = 'follow-up') => {
    const { json } = await who.send({
      path: '/api/households/look-up',
      body: { purpose, reason, sought: { kind, text } },
    })
    return json as Answer
  }
  const unmask = async (who: TestSession, personId: string | null, field: string, householdId = household) =>
    (
      await who.send({
        path: '/api/households/unmask',
        body: { jurisdiction: district, householdId, personId, field },
      })
    ).json as { text?: string; code?: string; limits?: Record<string, number> }

  beforeAll(async () => {
    test = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: test.url })
    clerk = await server.signIn('screening-clerk', district)
    street = await server.signIn('community-street', district)
    const { rows } = await server.db.pool.query<{ id: number }>(
      'select id from grid_cells where jurisdiction = $1 order by id limit 1',
      [district],
    )
    const gridCellId = rows[0]?.id ?? 0
    household = await happens({
      is: 'household-opened',
      gridCellId,
      address: { estate: '翠湖苑', building: '3栋', stair: '2单元', floor: '5', door: '501' },
    })
    head = await happens(
      {
        is: 'member-added',
        member: {
          name: '欧阳住户',
          relation: 'head',
          phone,
          document: { kind: 'passport', number: passport },
          needs: ['medicine'],
        },
      },
      household,
      290,
    )
    child = await happens(
      { is: 'member-added', member: { name: '小住户', relation: 'child', reportedById: head } },
      household,
      280,
    )
    undoneOutcome = await happens({ is: 'door-outcome', outcome: 'dog', tasks: [] }, household, 200)
    await happens({ is: 'undone', factId: undoneOutcome }, household, 199)
    await happens({ is: 'door-outcome', outcome: 'nobody-home', tasks: ['rescreen'] }, household, 20)
    const planner = await server.signIn('duty-planner', district)
    const body = { jurisdiction: district, gridCellId, task: 'rescreen', dueBy: '2020-02-09' }
    await planner.send({ path: '/api/households/tasks', body })
  })
  beforeEach(() => {
    // So that limits by the minute do not answer first.
    server.clock.now += 60_000
  })
  afterAll(async () => {
    await server.close()
    await test.drop()
  })

  it.each([
    ['address', '翠湖苑3栋2单元501'],
    ['address', '珠海市香洲区翠湖苑 3 栋 2 单元 501'],
    ['phone', '138 1234 5678'],
    ['passport', 'e12345678'],
  ])('finds it by %s %s, everybody covered', async (kind, text) => {
    const answer = await lookUp(clerk, kind, text)
    expect(answer.households).toMatchObject([
      {
        householdId: household,
        jurisdiction: district,
        fields: [{ field: 'address', masked: '翠湖苑 *栋***' }],
        due: [{ task: 'rescreen', dueBy: '2020-02-09' }],
        overdue: true,
        next: { outcome: 'nobody-home', step: 'try-again', attempt: 1 },
        visits: [],
      },
    ])
    expect(answer.households[0]?.members).toMatchObject([
      {
        personId: head,
        relation: 'head',
        documentKind: 'passport',
        fields: [
          { field: 'name', masked: '欧**' },
          { field: 'document', masked: 'E******78' },
          { field: 'phone', masked: '138****5678' },
        ],
        needs: ['medicine'],
      },
      { personId: child, reportedById: head, fields: [{ field: 'name', masked: '小**' }] },
    ])
    for (const clear of ['欧阳', passport, phone, '501']) expect(JSON.stringify(answer)).not.toContain(clear)
  })

  it('finds a door by its number, and nothing by the number of another', async () => {
    expect((await lookUp(clerk, 'door', household)).households).toHaveLength(1)
    expect((await lookUp(clerk, 'door', head)).households).toEqual([])
    expect(await lookUp(clerk, 'door', 'E2A78E')).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await lookUp(clerk, 'address', '翠湖苑')).toMatchObject({ code: 'HOUSEHOLD_ADDRESS_UNCLEAR' })
  })

  it('tells its history with what was taken back, and by whom', async () => {
    const [file] = (await lookUp(clerk, 'door', household)).households
    const lines = file?.history ?? []
    expect(lines.map(({ what }) => what)).toEqual([
      'door-outcome',
      'undone',
      'door-outcome',
      'member-added',
      'member-added',
      'household-opened',
    ])
    expect(lines[1]).toMatchObject({ undoes: undoneOutcome, undone: false, role: 'community-street' })
    expect(lines[2]).toMatchObject({ id: undoneOutcome, outcome: 'dog', undone: true })
    expect(lines[3]).toMatchObject({ personId: child, undone: false })
  })

  it('is written where those who live there can see it, with the reason sealed, and in the audit', async () => {
    await server.db.pool.query('delete from identity_accesses')
    await server.db.pool.query('delete from identity_look_ups')
    const before = await lookUp(clerk, 'phone', phone)
    expect(before.limits.lookUpsLeftToday).toBe(199)
    const { rows } = await server.db.pool.query(
      'select about, screening_id, seat, via, purpose, fields, account_id, reason_sealed is not null as reason from identity_accesses',
    )
    expect(rows).toEqual([
      {
        about: 'household',
        screening_id: household,
        seat: 0,
        via: 'look-up',
        purpose: 'follow-up',
        fields: ['address', 'name', 'document', 'phone'],
        account_id: clerk.actor.accountId,
        reason: true,
      },
    ])
    const looked = await server.db.pool.query('select kind, matches from identity_look_ups')
    expect(looked.rows).toEqual([{ kind: 'phone', matches: 1 }])
    await lookUp(clerk, 'phone', '13800000000')
    expect((await server.db.pool.query('select 1 from identity_accesses')).rows).toHaveLength(1)
  })

  it('shows one field in full after a look-up of one’s own alone, for a while, and writes it under the person', async () => {
    await server.db.pool.query('delete from identity_accesses')
    expect(await unmask(clerk, head, 'name')).toMatchObject({ code: 'NOT_LOOKED_UP' })
    await lookUp(clerk, 'door', household)
    expect(await unmask(clerk, head, 'name')).toMatchObject({ text: '欧阳住户' })
    expect(await unmask(clerk, head, 'document')).toMatchObject({ text: passport })
    expect(await unmask(clerk, null, 'address')).toMatchObject({ text: '翠湖苑 3栋 2单元 5 501' })
    expect(await unmask(clerk, child, 'phone')).toMatchObject({ code: 'FIELD_NOT_HELD' })
    expect(await unmask(clerk, null, 'name')).toMatchObject({ code: 'FIELD_NOT_HELD' })
    const { rows } = await server.db.pool.query(
      "select screening_id, fields, purpose, reason_sealed is not null as reason from identity_accesses where via = 'unmask' order by fields desc",
    )
    expect(rows).toEqual([
      { screening_id: head, fields: ['name'], purpose: 'follow-up', reason: true },
      { screening_id: head, fields: ['document'], purpose: 'follow-up', reason: true },
      { screening_id: household, fields: ['address'], purpose: 'follow-up', reason: true },
    ])
    const desk = await server.signIn('desk-partner', district)
    expect(await unmask(desk, head, 'name')).toMatchObject({ code: 'NOT_LOOKED_UP' })
    server.clock.now += 16 * 60_000
    expect(await unmask(clerk, head, 'name')).toMatchObject({ code: 'NOT_LOOKED_UP' })
  })

  it('ends where the limits of look-ups end', async () => {
    const busy = await server.signIn('screening-clerk', district, undefined, 'busy')
    for (let times = 0; times < 10; times += 1) await lookUp(busy, 'phone', phone)
    expect(await lookUp(busy, 'phone', phone)).toMatchObject({ code: 'LOOK_UP_LIMIT_REACHED' })
  })

  it('leads to the quarantine of who lives there, for roles that work on it', async () => {
    const desk = quarantineDesk(server)
    const order = anOrder(testNowMs, {
      person: {
        name: '欧阳住户',
        document: { kind: 'passport', number: passport },
        address: '翠湖苑3栋2单元501',
      },
    })
    expect(codeOf(await desk.order(order))).toBe('ok')
    const [file] = (await lookUp(clerk, 'door', household)).households
    expect(file?.members.map(({ episodes }) => episodes.map(({ id }) => id))).toEqual([[order.id], []])
    const officer = await server.signIn('data-protection-officer', district)
    const [seen] = (await lookUp(officer, 'door', household, 'subject-request')).households
    expect(seen?.members[0]).toMatchObject({ needs: [], episodes: [] })
  })

  it('is for the purposes of a role, and for nobody of another district or at a post', async () => {
    expect(await lookUp(clerk, 'phone', phone, 'legal-request')).toMatchObject({
      code: 'PURPOSE_NOT_ALLOWED',
    })
    for (const role of ['post-lead', 'duty-planner', 'administrator', 'community-street'] as const)
      expect(await lookUp(await server.signIn(role, district), 'phone', phone)).toMatchObject({
        code: 'ROLE_NOT_ALLOWED',
      })
    const elsewhere = await server.signIn('screening-clerk', 440403)
    expect((await lookUp(elsewhere, 'door', household)).households).toEqual([])
    expect(await unmask(elsewhere, head, 'name')).toMatchObject({ code: 'OUTSIDE_AREA' })
  })
})
