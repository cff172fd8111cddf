import type { CoverageBoard, Round } from '@guankou/contract/households/endpoints.ts'
import type { DueDoors } from '@guankou/contract/households/planning.ts'
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

describe.each(inject('databaseServers'))('tasks of a grid cell on $name', ({ url }) => {
  let test: TestDatabase
  let server: TestServer
  let planner: TestSession
  let street: TestSession
  let gridCellId = 0
  const doors: string[] = []

  const record = async (happening: HouseholdHappening, householdId?: string, minutes = 10) => {
    const body = aHouseholdFact(happening, {
      ...(householdId === undefined ? {} : { householdId }),
      occurredAt: minutesAgo(minutes),
    })
    const { json } = await street.send({ path: '/api/households/facts', body })
    return (json as { id: string }).id
  }
  const ask = async (task: string) =>
    (
      await planner.send({
        path: '/api/households/tasks',
        body: { jurisdiction: district, gridCellId, task, dueBy: '2020-01-25' },
      })
    ).json as { id: string; doors: number }
  const withdraw = async (taskId: string, who = planner, jurisdiction = district) =>
    (await who.send({ path: '/api/households/tasks/withdraw', body: { jurisdiction, taskId } })).json
  const due = async () =>
    (await planner.send({ path: `/api/households/due-doors?area=${district}` })).json as DueDoors
  const round = async () =>
    (await street.send({ path: `/api/households/round?jurisdiction=${district}` })).json as Round
  const cell = async () =>
    (
      (await planner.send({ path: `/api/households/coverage?area=${district}` })).json as CoverageBoard
    ).gridCells.find((each) => each.gridCellId === gridCellId)
  const topics = async () =>
    (
      await server.db.pool.query<{ payload: { topic: string } }>('select payload from outbox order by id')
    ).rows.map(({ payload }) => payload)

  beforeAll(async () => {
    test = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: test.url })
    planner = await server.signIn('duty-planner', 440400)
    street = await server.signIn('community-street', district)
    const { rows } = await server.db.pool.query<{ id: number }>(
      'select id from grid_cells where jurisdiction = $1 order by id limit 1',
      [district],
    )
    gridCellId = rows[0]?.id ?? 0
    await planner.send({
      path: '/api/households/teams',
      body: {
        jurisdiction: district,
        teamId: 901,
        version: 1,
        name: { zh: '一组', en: 'One' },
        accountIds: [street.actor.accountId],
        gridCellIds: [gridCellId],
      },
    })
    for (const door of ['101', '201', '301'])
      doors.push(
        await record(
          { is: 'household-opened', gridCellId, address: { estate: '翠湖苑', building: '3栋', door } },
          undefined,
          600,
        ),
      )
  })
  afterAll(async () => {
    await server.close()
    await test.drop()
  })

  it('are taken back: no door is due, what was done stays, and what else was asked is due still', async () => {
    const rescreen = await ask('rescreen')
    const survey = await ask('survey')
    expect((await due()).asked.map(({ id }) => id)).toEqual(expect.arrayContaining([rescreen.id, survey.id]))
    const visitId = await record({ is: 'visit-opened', tasks: ['survey'] }, doors[0], -1)
    const work = { part: 'street', explained: true, needs: [] } as const
    await record({ is: 'part-done', visitId, work: { ...work, needs: [] } }, doors[0], -2)
    await record({ is: 'visit-signed', visitId, part: 'street' }, doors[0], -3)
    expect(await cell()).toMatchObject({ due: 3, completeToday: 1 })

    expect(await withdraw(survey.id)).toEqual({ doors: 2 })
    expect((await due()).asked.map(({ id }) => id)).toEqual([rescreen.id])
    expect(new Set((await round()).doors.flatMap(({ asked }) => asked.map(({ task }) => task)))).toEqual(
      new Set(['rescreen']),
    )
    expect(await withdraw(rescreen.id)).toEqual({ doors: 3 })
    expect(await cell()).toMatchObject({ due: 0, completeToday: 1, overdue: 0 })
    expect((await due()).doors).toEqual([])
    // What a team stood at today stays on the phone, with nothing to do.
    expect((await round()).doors.map(({ asked }) => asked)).toEqual([[]])
    expect(await withdraw(rescreen.id)).toEqual({ doors: 0 })

    await ask('rescreen')
    expect(await cell()).toMatchObject({ due: 3 })
  })

  it('are taken back where they were asked, by who may ask, and by nobody for another district', async () => {
    const { id } = await ask('register')
    expect(await withdraw('016fd2d1-42d0-7881-8034-84e6d1c4acd0')).toMatchObject({
      code: 'UNKNOWN_VISIT_TASK',
    })
    expect(await withdraw(id, planner, 440403)).toMatchObject({ code: 'UNKNOWN_VISIT_TASK' })
    expect(await withdraw(id, street)).toMatchObject({ code: 'ROLE_NOT_ALLOWED' })
    const away = await server.signIn('duty-planner', 440403)
    expect(await withdraw(id, away)).toMatchObject({ code: 'OUTSIDE_AREA' })
    expect((await due()).asked.map((each) => each.id)).toContain(id)
  })

  it('and each step of a door are told to who watches, without which door it is', async () => {
    const before = (await topics()).length
    await record({ is: 'member-added', member: { name: '王小明', relation: 'head' } }, doors[1], 8)
    expect((await topics()).length).toBe(before)
    await record({ is: 'door-outcome', outcome: 'nobody-home', tasks: ['rescreen'] }, doors[1], 5)
    const [payload, ...more] = (await topics()).slice(before)
    expect(more).toEqual([])
    expect(payload).toEqual({
      topic: 'households',
      jurisdiction: district,
      committedAt: expect.any(String) as string,
    })
  })
})
