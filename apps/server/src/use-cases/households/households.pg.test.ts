import type { Round } from '@guankou/contract/households/endpoints.ts'
import type { HouseholdHappening } from '@guankou/contract/households/record-household-fact.ts'
import { dueTasksOf } from '@guankou/domain/households/due.ts'
import { emptyHousehold, householdsOf } from '@guankou/domain/households/household-state.ts'
import { usualVisitRules } from '@guankou/domain/households/visit-rules.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aHouseholdFact } from '../../../tests-support/household-facts.ts'
import { aPostFact, minutesAgo } from '../../../tests-support/post-facts.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'

const district = 440402
const documentNumber = '440402199001010123'

type Members = { health: TestSession; street: TestSession; police: TestSession }

const address = (door: string, estate = '翠湖苑') => ({
  estate,
  building: '3栋',
  stair: '1单元',
  floor: door.slice(0, -2),
  door,
})

describe.each(inject('databaseServers'))('households on $name', ({ url }) => {
  let test: TestDatabase
  let server: TestServer
  let one: Members
  let two: Members
  let planner: TestSession
  let cells: readonly number[]
  const team = async (name: string): Promise<Members> => ({
    health: await server.signIn('community-health', district, undefined, name),
    street: await server.signIn('community-street', district, undefined, name),
    police: await server.signIn('community-police', district, undefined, name),
  })
  const record = async (who: TestSession, body: object) => {
    const { json } = await who.send({ path: '/api/households/facts', body })
    return json as { id: string; code?: string; duplicate?: boolean }
  }
  const happens = (
    who: TestSession,
    householdId: string,
    happening: HouseholdHappening,
    occurredAt?: string,
  ) =>
    record(
      who,
      aHouseholdFact(happening, { householdId, ...(occurredAt === undefined ? {} : { occurredAt }) }),
    )
  const open = async (who: TestSession, door: string, gridCellId = cells[0] ?? 0, estate = '翠湖苑') =>
    (
      await record(
        who,
        aHouseholdFact(
          { is: 'household-opened', gridCellId, address: address(door, estate) },
          { occurredAt: minutesAgo(600) },
        ),
      )
    ).id
  const round = async (who: TestSession) =>
    (await who.send({ path: `/api/households/round?jurisdiction=${district}` })).json as Round
  const setTeam = async (teamId: number, members: Members, gridCellIds: readonly number[], version = 1) =>
    (
      await planner.send({
        path: '/api/households/teams',
        body: {
          jurisdiction: district,
          teamId,
          version,
          name: { zh: `第${teamId}组`, en: `Team ${teamId}` },
          accountIds: Object.values(members).map(({ actor }: TestSession) => actor.accountId),
          gridCellIds,
        },
      })
    ).json
  const ask = async (task: string, gridCellId = cells[0]) =>
    (
      await planner.send({
        path: '/api/households/tasks',
        body: { jurisdiction: district, gridCellId, task, dueBy: '2020-01-25' },
      })
    ).json

  beforeAll(async () => {
    test = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: test.url })
    planner = await server.signIn('duty-planner', 440400)
    const { rows } = await server.db.pool.query<{ id: number }>(
      'select id from grid_cells where jurisdiction = $1 order by id',
      [district],
    )
    cells = rows.map(({ id }) => id)
    one = await team('one')
    two = await team('two')
    expect(await setTeam(901, one, cells.slice(0, 1))).toEqual({ teamId: 901, version: 1 })
    expect(await setTeam(902, two, cells.slice(1, 2))).toEqual({ teamId: 902, version: 1 })
  })
  afterAll(async () => {
    await server.close()
    await test.drop()
  })

  it('take facts once each, and from the three who stand at the door alone', async () => {
    const fact = aHouseholdFact({
      is: 'household-opened',
      gridCellId: cells[0] ?? 0,
      address: address('101'),
    })
    expect(await record(one.street, fact)).toMatchObject({ duplicate: false })
    expect(await record(one.street, fact)).toMatchObject({ duplicate: true })
    const other = { ...fact, happening: { ...fact.happening, gridCellId: cells[1] ?? 0 } }
    expect(await record(one.street, other)).toMatchObject({ code: 'COMMAND_ID_REUSED' })
    expect(await record(planner, fact)).toMatchObject({ code: 'ROLE_NOT_ALLOWED' })
    const away = await server.signIn('community-street', 440403)
    expect(await record(away, fact)).toMatchObject({ code: 'OUTSIDE_AREA' })
  })

  it('come by the push of a phone, and a community role pushes nothing else', async () => {
    const push = async (who: TestSession, command: object) =>
      (
        (
          await who.send({
            path: '/api/sync/push',
            body: {
              deviceId: '6f1c1b1e-5d0a-4f0e-9b1a-0000000000c1',
              sentAt: minutesAgo(0),
              outbox: { queued: 0, rejected: 0, unreadable: 0 },
              commands: [command],
            },
          })
        ).json as { outcomes: { outcome: string; code?: string }[] }
      ).outcomes[0]
    const fact = aHouseholdFact({
      is: 'household-opened',
      gridCellId: cells[0] ?? 0,
      address: address('102'),
    })
    expect(await push(one.street, fact)).toMatchObject({ outcome: 'accepted' })
    expect(await push(one.street, aPostFact({ is: 'queue-seen', vehicles: 1 }))).toMatchObject({
      code: 'ROLE_NOT_ALLOWED',
    })
    const inspector = await server.signIn('inspector', district)
    expect(await push(inspector, { ...fact, id: aHouseholdFact(fact.happening).id })).toMatchObject({
      code: 'ROLE_NOT_ALLOWED',
    })
  })

  it.each([
    [{ is: 'household-opened', gridCellId: 2_000_000_000, address: address('101') }, 'UNKNOWN_GRID_CELL'],
    [{ is: 'task-asked', task: 'register', dueBy: '2020-02-30' }, 'INVALID_INPUT'],
    [{ is: 'address-corrected', address: { estate: '\ud800', door: '1' } }, 'TEXT_NOT_WELL_FORMED'],
    [
      {
        is: 'part-done',
        visitId: '016fd2d1-42d0-7881-8034-84e6d1c4acd0',
        work: { part: 'police', people: [], refusal: 'none' },
      },
      'NOT_OF_THIS_PART',
    ],
    [
      {
        is: 'visit-signed',
        visitId: '016fd2d1-42d0-7881-8034-84e6d1c4acd0',
        part: 'police',
        by: { role: 'community-police', accountId: '6f1c1b1e-5d0a-4f0e-9b1a-000000000004' },
      },
      'NOT_A_TEAM_MEMBER',
    ],
  ] as const)('refuse %o', async (happening, code) => {
    const change =
      happening.is === 'household-opened' ? {} : { householdId: '016fd2d1-42d0-7881-8034-84e6d1c4acd0' }
    expect(await record(one.street, aHouseholdFact(happening as never, change))).toMatchObject({ code })
  })

  it('make a round of what is due, in walking order, and a complete visit settles it', async () => {
    for (const door of ['1201', '201', '901']) await open(one.street, door)
    expect((await round(one.health)).doors).toEqual([])
    expect(await ask('rescreen')).toMatchObject({ doors: 5 })
    const before = await round(one.health)
    expect(before.doors.map((each) => each.address.door)).toEqual(['101', '102', '201', '901', '1201'])
    expect(before.walk.plannedMinutes).toBeLessThanOrEqual(before.walk.naiveMinutes)
    expect(before.gridCells).toMatchObject([{ gridCellId: cells[0], doors: 5, due: 5, triedToday: 0 }])
    expect((await round(two.health)).doors).toEqual([])

    const home = before.doors.find((each) => each.address.door === '901')?.householdId ?? ''
    const { id: personId } = await happens(one.street, home, {
      is: 'member-added',
      member: {
        name: '王小明',
        relation: 'head',
        phone: '13800001234',
        document: { kind: 'resident-id', number: documentNumber },
        exposure: { stays: [{ originCode: 420100, until: '2020-01-20' }], contact: false },
      },
    })
    const { id: visitId } = await happens(
      one.street,
      home,
      { is: 'visit-opened', tasks: ['rescreen'] },
      minutesAgo(-1),
    )
    await happens(
      one.health,
      home,
      {
        is: 'part-done',
        visitId,
        work: { part: 'health', people: [{ personId, temperatureCelsius: 38.2, symptoms: ['cough'] }] },
      },
      minutesAgo(-2),
    )
    await happens(
      one.street,
      home,
      {
        is: 'part-done',
        visitId,
        work: { part: 'street', explained: true, needs: ['meals'], note: '需要送菜' },
      },
      minutesAgo(-2),
    )
    await happens(one.health, home, { is: 'visit-signed', visitId, part: 'health' }, minutesAgo(-3))
    const half = await round(one.health)
    expect(half.gridCells).toMatchObject([{ due: 5, triedToday: 1, completeToday: 0 }])
    await happens(one.street, home, { is: 'visit-signed', visitId, part: 'street' }, minutesAgo(-4))
    const after = await round(one.health)
    expect(after.gridCells).toMatchObject([{ due: 4, triedToday: 1, completeToday: 1 }])
    expect(after.doors.map((each) => each.address.door)).toContain('901')

    // The phone comes to the same state from the same facts.
    const households = householdsOf(
      after.facts.map(({ occurredAt, ...fact }) => ({ ...fact, occurredAtMs: Date.parse(occurredAt) })),
    )
    const dueOnPhone = after.doors.filter(({ householdId, asked }) => {
      const elsewhere = asked.map(({ askedAt, ...each }) => ({ ...each, atMs: Date.parse(askedAt) }))
      return (
        dueTasksOf(usualVisitRules, households.get(householdId) ?? emptyHousehold(householdId), elsewhere)
          .length > 0
      )
    })
    expect(dueOnPhone).toHaveLength(4)
  })

  it('tell each of the three what their part needs, documents and phones covered', async () => {
    const told = async (who: TestSession) => JSON.stringify(await round(who))
    const [health, street, police] = [await told(one.health), await told(one.street), await told(one.police)]
    for (const text of [health, street, police]) {
      expect(text).toContain('王小明')
      expect(text).not.toContain('13800001234')
      expect(text).not.toContain(documentNumber)
    }
    expect(health).toContain('38.2')
    expect(health).toContain('420100')
    expect(street).toContain('需要送菜')
    expect(street).not.toMatch(/38\.2|cough/)
    expect(police).not.toMatch(/38\.2|cough|需要送菜|420100/)
  })

  it('keep what names somebody and what was measured sealed, and audit each look', async () => {
    const { rows } = await server.db.pool.query<{ text: string }>(
      "select happening::text || coalesce(encode(sealed, 'escape'), '') as text from household_facts",
    )
    const stored = rows.map(({ text }) => text).join('\n')
    for (const word of ['王小明', '翠湖苑', '1380000', documentNumber, '38.2', 'cough', '需要送菜', '420100'])
      expect(stored).not.toContain(word)
    const audited = await server.db.pool.query<{ detail: string }>(
      "select detail from audit_entries where action = 'households.round' and account_id = $1 and outcome = 'done'",
      [one.police.actor.accountId],
    )
    expect(audited.rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(audited.rows)).not.toMatch(/王小明|翠湖苑/)
  })

  it('are opened one by one where the own team goes, and nowhere else', async () => {
    const home = (await round(one.health)).doors[0]?.householdId ?? ''
    const path = `/api/households/household?jurisdiction=${district}&householdId=${home}`
    expect((await one.street.send({ path })).json).toMatchObject({ door: { householdId: home } })
    expect((await two.street.send({ path })).json).toMatchObject({ code: 'UNKNOWN_HOUSEHOLD' })
    const alone = await server.signIn('community-street', district)
    expect((await alone.send({ path })).json).toMatchObject({ code: 'NOT_IN_A_TEAM' })
  })

  it('say of a document, a phone or a door that it is on file, and not whose', async () => {
    const search = async (who: TestSession, body: object) =>
      (await who.send({ path: '/api/households/duplicates', body: { jurisdiction: district, ...body } })).json
    const byDocument = await search(two.street, {
      document: { kind: 'resident-id', number: `44 0402${documentNumber.slice(6)}` },
    })
    expect(byDocument).toMatchObject({ found: [{ ground: 'document', mayOpen: false }] })
    expect(Object.keys((byDocument as { found: object[] }).found[0] ?? {}).sort()).toEqual([
      'ground',
      'householdId',
      'mayOpen',
      'personId',
    ])
    expect(await search(one.street, { phone: '+86 138 0000 1234' })).toMatchObject({
      found: [{ ground: 'phone', mayOpen: true }],
    })
    expect(
      await search(one.street, {
        address: { estate: '翠湖苑', building: '三幢', stair: '1', floor: '9', door: '901室' },
      }),
    ).toMatchObject({
      found: [{ ground: 'address', personId: null, mayOpen: true }],
    })
    expect(await search(one.street, { phone: '13899999999' })).toEqual({ found: [] })
  })

  it('forget a duplicate that was undone, and know it again when the undoing is undone', async () => {
    const home = await open(two.street, '301', cells[1])
    const phone = '13911119999'
    const { id: personId } = await happens(two.street, home, {
      is: 'member-added',
      member: { name: '李四', relation: 'lodger', phone },
    })
    const search = async () =>
      (
        (
          await two.street.send({
            path: '/api/households/duplicates',
            body: { jurisdiction: district, phone },
          })
        ).json as { found: object[] }
      ).found
    expect(await search()).toHaveLength(1)
    const { id: undoing } = await happens(two.street, home, { is: 'undone', factId: personId }, minutesAgo(4))
    expect(await search()).toEqual([])
    await happens(two.street, home, { is: 'undone', factId: undoing }, minutesAgo(3))
    expect(await search()).toHaveLength(1)
  })

  it('follow somebody who moved into the round of another team, without the household they left', async () => {
    const from = await open(one.street, '401')
    const to = await open(two.street, '501', cells[1])
    await ask('survey', cells[1])
    const mover = await happens(one.street, from, {
      is: 'member-added',
      member: { name: '赵搬家', relation: 'lodger' },
    })
    await happens(one.street, from, { is: 'member-added', member: { name: '钱留下', relation: 'head' } })
    await happens(
      one.street,
      from,
      { is: 'member-moved', personId: mover.id, toHouseholdId: to },
      minutesAgo(3),
    )
    const told = await round(two.street)
    expect(JSON.stringify(told.facts)).toContain('赵搬家')
    expect(JSON.stringify(told.facts)).not.toContain('钱留下')
    const households = householdsOf(
      told.facts.map(({ occurredAt, ...fact }) => ({ ...fact, occurredAtMs: Date.parse(occurredAt) })),
    )
    expect(households.get(to)?.people.map(({ member }) => member.name)).toEqual(['赵搬家'])
  })

  it('are divided between two teams of one cell, and stay with the team that began', async () => {
    const cell = cells[2] ?? 0
    for (const door of ['101', '201', '301', '401', '501', '601'])
      await open(one.street, door, cell, '海悦湾')
    await ask('register', cell)
    expect(await setTeam(901, one, [cell], 1)).toMatchObject({ code: 'TEAM_OVERTAKEN' })
    await setTeam(901, one, [cell], 2)
    await setTeam(902, two, [cell], 2)
    const doors = async (who: TestSession) => (await round(who)).doors.map((each) => each.address.door)
    expect(await doors(one.street)).toEqual(['101', '201', '301'])
    expect(await doors(two.street)).toEqual(['401', '501', '601'])
    const last = (await round(two.street)).doors.at(-1)?.householdId ?? ''
    await happens(
      one.street,
      last,
      { is: 'door-outcome', outcome: 'nobody-home', tasks: ['register'] },
      minutesAgo(2),
    )
    expect(await doors(one.street)).toContain('601')
    expect(await doors(two.street)).not.toContain('601')
    const board = (await planner.send({ path: `/api/households/coverage?area=${district}` })).json
    expect(board).toMatchObject({
      gridCells: expect.arrayContaining([
        expect.objectContaining({
          gridCellId: cell,
          doors: 6,
          due: 6,
          triedToday: 1,
          outcomes: [{ outcome: 'nobody-home', doors: 1 }],
        }),
      ]),
      teams: expect.arrayContaining([
        expect.objectContaining({ id: 901, version: 2, triedToday: 2, completeToday: 1 }),
      ]),
    })
    expect(JSON.stringify(board)).not.toMatch(/翠湖苑|海悦湾|王小明/)
  })
})
