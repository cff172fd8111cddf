import type { Round } from '@guankou/contract/households/endpoints.ts'
import type { PartWork } from '@guankou/contract/households/record-household-fact.ts'
import type { VisitPart } from '@guankou/contract/households/vocabulary.ts'
import { openNextCall, recordCall, takeBackCall } from '@guankou/contract/worklists/follow-up.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aHouseholdFact } from '../../../tests-support/household-facts.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'
import { takeList } from '../../../tests-support/worklists.ts'

const district = 440402

describe.each(inject('databaseServers'))('a row of a list that is to be visited, on $name', ({ url }) => {
  let test: TestDatabase
  let server: TestServer
  let clerk: TestSession
  let near: TestSession
  let far: TestSession
  let cells: readonly number[]

  beforeAll(async () => {
    test = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: test.url })
    clerk = await server.signIn('screening-clerk', district)
    near = await server.signIn('community-street', district, undefined, 'near')
    far = await server.signIn('community-street', district, undefined, 'far')
    const { rows } = await server.db.pool.query<{ id: number }>(
      'select id from grid_cells where jurisdiction = $1 order by id',
      [district],
    )
    cells = rows.map(({ id }) => id)
    const planner = await server.signIn('duty-planner', 440400)
    for (const [at, who] of [near, far].entries())
      await planner.send({
        path: '/api/households/teams',
        body: {
          jurisdiction: district,
          teamId: 911 + at,
          version: 1,
          name: { zh: '小组', en: 'Team' },
          accountIds: [who.actor.accountId],
          gridCellIds: [cells[at]],
        },
      })
    const address = { estate: '翠湖苑', building: '1栋', door: '101' }
    await near.send({
      path: '/api/households/facts',
      body: aHouseholdFact({ is: 'household-opened', gridCellId: cells[0] ?? 0, address }),
    })
  })
  afterAll(async () => {
    await server.close()
    await test.drop()
  })

  const round = async (who: TestSession) =>
    (await who.send({ path: `/api/households/round?jurisdiction=${district}` })).json as Round
  /** Calls the next of a list and has them visited. */
  const escalate = async (listId: string) => {
    const next = await clerk.client.call(openNextCall, { body: { listId } })
    if (next.is !== 'ok' || next.value.call === null) throw new Error('nobody to call')
    const { row } = next.value.call
    const id = v7({ msecs: server.clock.now })
    const body = { id, listId, row, outcome: 'visit' as const, answers: [] }
    expect(await clerk.client.call(recordCall, { body })).toMatchObject({ value: { state: 'to-visit' } })
    return { id, row }
  }
  const take = async (title: string, ...lines: readonly string[]) =>
    (
      await takeList(
        { client: clerk.client, context: server.context },
        Buffer.from(['姓名,手机,现住地址', ...lines].join('\r\n')),
        { title },
      )
    ).listId

  it('becomes a door of the team that goes to that estate, with the name alone', async () => {
    const listId = await take('转上门', '周五,13812340001,翠湖苑3栋2单元501')
    await escalate(listId)
    const { doors } = await round(near)
    expect(doors).toMatchObject([
      {
        gridCellId: cells[0],
        address: { estate: '翠湖苑', building: '3栋', stair: '2单元', floor: '5', door: '501' },
        askFor: '周五',
        asked: [{ task: 'escalated', dueBy: '2020-02-11' }],
      },
    ])
    expect(JSON.stringify(doors)).not.toContain('13812340001')
    expect((await round(far)).doors).toEqual([])
    const searched = await near.send({
      path: '/api/households/duplicates',
      body: { jurisdiction: district, address: doors[0]?.address },
    })
    expect(searched.json).toMatchObject({ found: [{ ground: 'address', mayOpen: true }] })
  })

  it('is a door no more when the call is taken back', async () => {
    const listId = await take('收回', '吴六,13812340002,翠湖苑9栋101')
    const { id, row } = await escalate(listId)
    const asked = async () => (await round(near)).doors.map(({ askFor }) => askFor)
    expect(await asked()).toContain('吴六')
    const body = { id: v7({ msecs: server.clock.now }), listId, row, takesBack: id }
    expect(await clerk.client.call(takeBackCall, { body })).toMatchObject({ value: { state: 'open' } })
    expect(await asked()).not.toContain('吴六')
  })

  it('goes to one team where nobody knows the estate', async () => {
    const listId = await take('陌生', '郑七,13812340003,远方新村1号', '冯八,13812340004,')
    await escalate(listId)
    await escalate(listId)
    const all = [...(await round(near)).doors, ...(await round(far)).doors]
    for (const name of ['郑七', '冯八']) expect(all.filter(({ askFor }) => askFor === name)).toHaveLength(1)
  })

  it('is settled by a complete visit at that door, whose facts carry its id', async () => {
    const { doors } = await round(near)
    const householdId = doors.find(({ askFor }) => askFor === '周五')?.householdId ?? ''
    const team = {
      health: await server.signIn('community-health', district),
      street: near,
      police: await server.signIn('community-police', district),
    }
    const at = (seconds: number) => new Date(server.clock.now + seconds * 1_000).toISOString()
    const visit = aHouseholdFact(
      { is: 'visit-opened', tasks: ['escalated'] },
      { householdId, occurredAt: at(1) },
    )
    const works: Readonly<Record<VisitPart, PartWork>> = {
      health: { part: 'health', people: [] },
      street: { part: 'street', explained: true, needs: [] },
      police: { part: 'police', people: [], refusal: 'none' },
    }
    await near.send({ path: '/api/households/facts', body: visit })
    for (const part of ['health', 'street', 'police'] as const) {
      const more = { householdId, occurredAt: at(2) }
      const work = aHouseholdFact({ is: 'part-done', visitId: visit.id, work: works[part] }, more)
      await team[part].send({ path: '/api/households/facts', body: work })
      const sign = aHouseholdFact(
        { is: 'visit-signed', visitId: visit.id, part },
        { householdId, occurredAt: at(3) },
      )
      await team[part].send({ path: '/api/households/facts', body: sign })
    }
    const { rows } = await server.db.pool.query(
      "select settled ? 'escalated' as settled from household_states where household_id = $1",
      [householdId],
    )
    expect(rows).toEqual([{ settled: true }])
  })
})
