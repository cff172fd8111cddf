import type { Round } from '@guankou/contract/households/endpoints.ts'
import type { HouseholdHappening } from '@guankou/contract/households/record-household-fact.ts'
import { householdsOf } from '@guankou/domain/households/household-state.ts'
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

describe.each(inject('databaseServers'))('people whom two teams changed apart on $name', ({ url }) => {
  let test: TestDatabase
  let server: TestServer
  let one: TestSession
  let two: TestSession
  let from = ''
  let to = ''

  const record = async (
    who: TestSession,
    householdId: string | undefined,
    happening: HouseholdHappening,
    minutes: number,
  ): Promise<string> => {
    const body = aHouseholdFact(happening, {
      ...(householdId === undefined ? {} : { householdId }),
      occurredAt: minutesAgo(minutes),
    })
    const { json } = await who.send({ path: '/api/households/facts', body })
    expect(json).toMatchObject({ duplicate: false })
    return (json as { id: string }).id
  }
  const add = (who: TestSession, householdId: string, name: string) =>
    record(who, householdId, { is: 'member-added', member: { name, relation: 'lodger' } }, 60)
  const told = async (who: TestSession) =>
    (await who.send({ path: `/api/households/round?jurisdiction=${district}` })).json as Round
  /** Who lives behind the doors of a team, as its phone works it out from what it was told. */
  const seenBy = async (who: TestSession): Promise<Record<string, string[]>> => {
    const { facts, doors } = await told(who)
    const households = householdsOf(
      facts.map(({ occurredAt, ...fact }) => ({ ...fact, occurredAtMs: Date.parse(occurredAt) })),
    )
    return Object.fromEntries(
      doors.map(({ householdId }) => [
        householdId,
        (households.get(householdId)?.people ?? []).map(({ member }) => member.name).sort(),
      ]),
    )
  }

  beforeAll(async () => {
    test = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: test.url })
    const planner = await server.signIn('duty-planner', 440400)
    const { rows } = await server.db.pool.query<{ id: number }>(
      'select id from grid_cells where jurisdiction = $1 order by id limit 2',
      [district],
    )
    one = await server.signIn('community-street', district, undefined, 'one')
    two = await server.signIn('community-street', district, undefined, 'two')
    for (const [at, who] of [one, two].entries()) {
      const gridCellId = rows[at]?.id ?? 0
      await planner.send({
        path: '/api/households/teams',
        body: {
          jurisdiction: district,
          teamId: 901 + at,
          version: 1,
          name: { zh: `第${at}组`, en: `Team ${at}` },
          accountIds: [who.actor.accountId],
          gridCellIds: [gridCellId],
        },
      })
      const address = { estate: '翠湖苑', building: '3栋', door: `${at}01` }
      const id = await record(who, undefined, { is: 'household-opened', gridCellId, address }, 600)
      if (at === 0) from = id
      else to = id
      await planner.send({
        path: '/api/households/tasks',
        body: { jurisdiction: district, gridCellId, task: 'survey', dueBy: '2020-01-25' },
      })
    }
  })
  afterAll(async () => {
    await server.close()
    await test.drop()
  })

  it('go where they moved to by an entry that was merged into another before', async () => {
    const kept = await add(one, from, '甲一')
    const merged = await add(one, from, '甲乙')
    await record(one, from, { is: 'members-merged', keptId: kept, mergedId: merged }, 50)
    await record(one, from, { is: 'member-moved', personId: merged, toHouseholdId: to }, 40)
    expect(await seenBy(one)).toEqual({ [from]: [] })
    expect(await seenBy(two)).toEqual({ [to]: ['甲一'] })
  })

  it('are not shown twice where a move is undone after they were merged where they had moved to', async () => {
    const mover = await add(one, from, '丙')
    const moved = await record(one, from, { is: 'member-moved', personId: mover, toHouseholdId: to }, 50)
    const there = await add(two, to, '丁')
    await record(two, to, { is: 'members-merged', keptId: there, mergedId: mover }, 40)
    await record(one, from, { is: 'undone', factId: moved }, 30)
    expect((await seenBy(one))[from]).toEqual([])
    expect((await seenBy(two))[to]).toContain('丁')
    // The team that the person does not live with is told that much, and not who it is.
    const text = JSON.stringify(await told(one))
    expect(text).toContain(there)
    expect(text).not.toContain('丁')
  })

  it('come back alone where the entry that they were merged into is taken back', async () => {
    const mistake = await add(one, from, '戊误')
    const right = await add(two, to, '戊')
    await record(one, from, { is: 'members-merged', keptId: mistake, mergedId: right }, 40)
    expect((await seenBy(two))[to]).not.toContain('戊')
    await record(one, from, { is: 'undone', factId: mistake }, 30)
    expect((await seenBy(two))[to]).toContain('戊')
    expect((await seenBy(one))[from]).not.toContain('戊误')
  })
})
