import type { CoverageBoard } from '@guankou/contract/households/endpoints.ts'
import type { DueDoors, TeamBoard } from '@guankou/contract/households/planning.ts'
import type { HouseholdHappening } from '@guankou/contract/households/record-household-fact.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aHouseholdFact } from '../../../tests-support/household-facts.ts'
import { minutesAgo } from '../../../tests-support/post-facts.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'

const district = 440402

describe.each(inject('databaseServers'))('the planning of rounds on $name', ({ url }) => {
  let test: TestDatabase
  let server: TestServer
  let planner: TestSession
  let street: TestSession
  let health: TestSession
  let cells: readonly number[]

  const record = async (
    happening: HouseholdHappening,
    householdId?: string,
    occurredAt = minutesAgo(600),
  ) => {
    const fact = aHouseholdFact(happening, {
      occurredAt,
      ...(householdId === undefined ? {} : { householdId }),
    })
    const { json } = await street.send({ path: '/api/households/facts', body: fact })
    expect(json).toMatchObject({ duplicate: false })
    return fact.id
  }
  const open = (door: string, cell: number) =>
    record({
      is: 'household-opened',
      gridCellId: cells[cell] ?? 0,
      address: { estate: '翠湖苑', building: '3栋', door },
    })
  const ask = (task: string, cell: number, dueBy: string) =>
    planner.send({
      path: '/api/households/tasks',
      body: { jurisdiction: district, gridCellId: cells[cell], task, dueBy },
    })
  const read = async <T>(who: TestSession, path: string, area = district): Promise<T> =>
    (await who.send({ path: `/api/households/${path}?area=${area}` })).json as T

  beforeAll(async () => {
    test = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: test.url })
    planner = await server.signIn('duty-planner', 440400)
    street = await server.signIn('community-street', district)
    health = await server.signIn('community-health', district)
    const { rows } = await server.db.pool.query<{ id: number }>(
      'select id from grid_cells where jurisdiction = $1 order by id',
      [district],
    )
    cells = rows.map(({ id }) => id)
  })
  afterAll(async () => {
    await server.close()
    await test.drop()
  })

  it('offers the community accounts of the area that are in use, and tells of teams who is in them', async () => {
    const away = await server.signIn('community-police', 440403)
    const gone = await server.signIn('community-police', district, undefined, 'gone')
    await server.db.pool.query('update accounts set disabled_at = now() where id = $1', [
      gone.actor.accountId,
    ])
    const before = await read<TeamBoard>(planner, 'teams')
    const offered = before.people.map(({ accountId }) => accountId)
    expect(before.teams).toEqual([])
    expect(offered).toContain(street.actor.accountId)
    expect(offered).not.toContain(gone.actor.accountId)
    expect(offered).not.toContain(away.actor.accountId)
    expect(before.people.every(({ role }) => role.startsWith('community-'))).toBe(true)
    expect(Object.keys(before.people[0] ?? {}).toSorted()).toEqual(['accountId', 'areaCode', 'name', 'role'])
    const city = await read<TeamBoard>(planner, 'teams', 440400)
    expect(city.people.map(({ accountId }) => accountId)).toContain(away.actor.accountId)

    const body = {
      jurisdiction: district,
      teamId: 901,
      version: 1,
      name: { zh: '第901组', en: 'Team 901' },
      accountIds: [street.actor.accountId, health.actor.accountId],
      gridCellIds: [cells[0]],
    }
    expect((await planner.send({ path: '/api/households/teams', body })).status).toBe(201)
    const { teams } = await read<TeamBoard>(planner, 'teams')
    expect(teams).toMatchObject([
      { id: 901, version: 1, jurisdiction: district, gridCellIds: [cells[0]], members: [{}, {}] },
    ])
    expect(teams[0]?.members.map(({ role }) => role).toSorted()).toEqual([
      'community-health',
      'community-street',
    ])
  })

  it('lists doors with the overdue first and the next step of each, without address or name', async () => {
    const first = await open('101', 0)
    const second = await open('201', 0)
    const elsewhere = await open('301', 1)
    await ask('rescreen', 0, '2020-02-09')
    await ask('survey', 1, '2020-02-12')
    for (const minutes of [500, 250, 5])
      await record(
        { is: 'door-outcome', outcome: 'nobody-home', tasks: ['rescreen'] },
        second,
        minutesAgo(minutes),
      )
    await record({ is: 'door-outcome', outcome: 'dog', tasks: ['survey'] }, elsewhere, minutesAgo(10))
    const clerk = await server.signIn('screening-clerk', district)
    const board = await read<DueDoors>(clerk, 'due-doors')
    expect(board).toMatchObject({ day: '2020-02-10', due: 3, overdue: 2, more: false })
    expect(board.doors.map(({ householdId }) => householdId)).toEqual([
      ...[first, second].toSorted(),
      elsewhere,
    ])
    const of = (id: string) => board.doors.find(({ householdId }) => householdId === id)
    expect(of(first)).toMatchObject({ overdue: true, triedAt: null, next: null, teamIds: [901] })
    expect(of(second)).toMatchObject({
      tasks: ['rescreen'],
      dueBy: '2020-02-09',
      next: { outcome: 'nobody-home', step: 'leave-notice', attempt: 3, againFrom: null },
    })
    expect(of(elsewhere)).toMatchObject({
      overdue: false,
      dueBy: '2020-02-12',
      teamIds: [],
      next: { step: 'have-dog-tied', attempt: 1, againFrom: minutesAgo(-50) },
    })
    expect(board.asked).toMatchObject([
      { gridCellId: cells[0], task: 'rescreen', dueBy: '2020-02-09', openDoors: 2 },
      { gridCellId: cells[1], task: 'survey', openDoors: 1 },
    ])
    expect(JSON.stringify(board)).not.toContain('翠湖苑')
    const coverage = await read<CoverageBoard>(clerk, 'coverage')
    const [one, two] = coverage.gridCells
    expect(one).toMatchObject({ due: 2, overdue: 2, triedToday: 1 })
    expect(two).toMatchObject({ due: 1, overdue: 0 })
  })

  it('counts a door no more once a complete visit has settled what it was asked for', async () => {
    const door = await open('401', 2)
    await ask('survey', 2, '2020-02-09')
    expect((await read<DueDoors>(planner, 'due-doors')).due).toBe(4)
    server.clock.now += 10 * 60_000
    const visitId = await record({ is: 'visit-opened', tasks: ['survey'] }, door, minutesAgo(-7))
    const work = { part: 'street' as const, explained: true, needs: [] }
    await record({ is: 'part-done', visitId, work }, door, minutesAgo(-8))
    await record({ is: 'visit-signed', visitId, part: 'street' }, door, minutesAgo(-9))
    const after = await read<DueDoors>(planner, 'due-doors')
    expect(after.doors.map(({ householdId }) => householdId)).not.toContain(door)
    expect(after.asked.map(({ gridCellId }) => gridCellId)).not.toContain(cells[2])
  })

  it('lists a door that quarantine sends a team to, with the household looked up there', async () => {
    const door = await open('501', 3)
    await server.db.pool.query(
      `insert into quarantine_doors (jurisdiction, occurred_at, quarantine_id, household_id, asked_at, due_at, due_by, way)
        values ($1, $2, $3, $4, $2, $2, '2020-02-09', 'visit')`,
      [district, minutesAgo(60), door, door],
    )
    const listed = (await read<DueDoors>(planner, 'due-doors')).doors
    expect(listed.find(({ householdId }) => householdId === door)).toMatchObject({
      tasks: ['quarantine-check'],
      dueBy: '2020-02-09',
      overdue: true,
    })
    const clerk = await server.signIn('screening-clerk', district)
    const sought = { kind: 'door', text: door }
    const { json } = await clerk.send({
      path: '/api/households/look-up',
      body: { purpose: 'follow-up', reason: '核对隔离巡查的一户', sought },
    })
    expect(json).toMatchObject({
      households: [{ due: [{ task: 'quarantine-check', dueBy: '2020-02-09' }], overdue: true }],
    })
  })

  it('is told to nobody of another district', async () => {
    const elsewhere = await server.signIn('duty-planner', 440403)
    for (const path of ['due-doors', 'teams'])
      expect((await elsewhere.send({ path: `/api/households/${path}?area=${district}` })).json).toMatchObject(
        { code: 'OUTSIDE_AREA' },
      )
    expect(await read<DueDoors>(elsewhere, 'due-doors', 440403)).toMatchObject({ due: 0, doors: [] })
    const lead = await server.signIn('post-lead', district)
    expect((await lead.send({ path: `/api/households/teams?area=${district}` })).json).toMatchObject({
      code: 'ROLE_NOT_ALLOWED',
    })
  })
})
