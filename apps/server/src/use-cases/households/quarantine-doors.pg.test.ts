import type { Round } from '@guankou/contract/households/endpoints.ts'
import type { HouseholdHappening } from '@guankou/contract/households/record-household-fact.ts'
import { readOwnQuarantine } from '@guankou/contract/quarantine/own.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aHouseholdFact } from '../../../tests-support/household-facts.ts'
import { anOrder, aStep, codeOf, quarantineDesk } from '../../../tests-support/quarantine.ts'
import { demoCityTemplate, startTestServer, type TestServer } from '../../../tests-support/test-server.ts'
import { followTheClock } from '../quarantine/follow-the-clock.ts'

const district = 440402
const hourMs = 3_600_000
const windowEndMs = Date.parse('2020-02-10T12:00:00.000Z')

describe.each(inject('databaseServers'))('the door of somebody in quarantine, on $name', ({ url }) => {
  let test: TestDatabase
  let server: TestServer
  let desk: ReturnType<typeof quarantineDesk>
  let cell: number

  beforeAll(async () => {
    test = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: test.url })
    desk = quarantineDesk(server)
    const { rows } = await server.db.pool.query<{ id: number }>(
      'select id from grid_cells where jurisdiction = $1 order by id limit 1',
      [district],
    )
    cell = rows[0]?.id ?? 0
    const members = [await who('community-health'), await who('community-police')]
    const planner = await server.signIn('duty-planner', 440400)
    const made = await planner.send({
      path: '/api/households/teams',
      body: {
        ...{ jurisdiction: district, teamId: 931, version: 1, name: { zh: '小组', en: 'Team' } },
        accountIds: members.map(({ actor }) => actor.accountId),
        gridCellIds: [cell],
      },
    })
    expect(made.status).toBe(201)
  }, 120_000)
  afterAll(async () => {
    await server?.close()
    await test?.drop()
  })

  const who = (role: 'community-health' | 'community-police') =>
    server.signIn(role, district, undefined, 'door')
  const round = async (asked: 'community-health' | 'community-police' = 'community-health') =>
    (await (await who(asked)).send({ path: `/api/households/round?jurisdiction=${district}` })).json as Round
  const doorOf = async (quarantineId: string) =>
    (await round()).doors.find(({ checks = [] }) => checks.some((each) => each.quarantineId === quarantineId))
  const ordered = async (address: string, name = '欧阳在家') => {
    const order = anOrder(server.clock.now, { person: { name, address } })
    expect(codeOf(await desk.order(order))).toBe('ok')
    return order
  }
  const tell = async (
    householdId: string,
    happening: HouseholdHappening,
    role: 'community-health' | 'community-police' = 'community-health',
  ) => {
    server.clock.now += 60_000
    const occurredAt = new Date(server.clock.now).toISOString()
    const body = aHouseholdFact(happening, { ...(householdId === '' ? {} : { householdId }), occurredAt })
    const answer = await (await who(role)).send({ path: '/api/households/facts', body })
    return { body, answer, code: (answer.json as { code?: string }).code ?? 'ok' }
  }
  const lineOf = async (id: string) => (await desk.board(440400)).lines.find((line) => line.id === id)
  /** Nobody was heard of until the ladder reached a visit. */
  const missed = async () => {
    server.clock.now = windowEndMs + 3 * hourMs
    await followTheClock(server.context)
  }
  const at = { way: 'visit' as const }
  const measured = (quarantineId: string, result: 'reached' | 'not-there' = 'reached', celsius = 36.7) => {
    const seen = result === 'reached' ? { temperatureCelsius: celsius } : {}
    const checks = [{ ...at, quarantineId, result, ...seen, signs: [] }]
    return { part: 'health' as const, people: [], checks }
  }

  it('is gone to when its ladder reaches a visit, by the team of that estate, and until somebody is reached', async () => {
    const door = { estate: '海霞新村', building: '6栋', door: '602' }
    await tell('', { is: 'household-opened', gridCellId: cell, address: { ...door, building: '1栋' } })
    const order = await ordered('海霞新村6栋602')
    server.clock.now = windowEndMs + 2.9 * hourMs
    await followTheClock(server.context)
    expect(await doorOf(order.id)).toBeUndefined()
    await missed()
    const found = await doorOf(order.id)
    expect(found).toMatchObject({
      householdId: order.id,
      gridCellId: cell,
      address: door,
      asked: [{ task: 'quarantine-check', dueBy: '2020-02-11' }],
      checks: [
        { name: '欧阳在家', subject: 'person', dayNumber: 2, days: 14, way: 'visit', feverCelsius: 37.3 },
      ],
    })
    expect(JSON.stringify(found)).not.toContain('13800138123')
    const anyone = (await who('community-health')).client
    const own = await anyone.call(readOwnQuarantine, {
      body: { secret: await desk.secretOf(district, order.id) },
    })
    // Asked for several times, and told to the person once a day for each who was told.
    expect(own.is === 'ok' ? own.value.seenBy : own).toMatchObject([
      { role: 'community-health', fields: ['name', 'address'] },
    ])
    const visit = await tell(order.id, { is: 'visit-opened', tasks: ['quarantine-check'] })
    const done = { is: 'part-done' as const, visitId: visit.body.id, work: measured(order.id) }
    const { body, code } = await tell(order.id, done)
    expect(code).toBe('ok')
    expect(await lineOf(order.id)).toMatchObject({ ladder: null })
    const file = await desk.file(district, order.id)
    expect(file.days[0]).toMatchObject({ mark: 'late', highestCelsius: 36.7 })
    expect(file.facts.find(({ kind }) => kind === 'contact')).toMatchObject({ id: body.id, way: 'visit' })
    expect((await doorOf(order.id))?.asked ?? []).toEqual([])
    const again = await (await who('community-health')).send({ path: '/api/households/facts', body })
    expect(again.json).toMatchObject({ duplicate: true })
    expect((await desk.file(district, order.id)).facts.filter(({ kind }) => kind === 'contact')).toHaveLength(
      1,
    )
    const seen = (await round('community-police')).facts.find(({ id }) => id === body.id)
    expect(JSON.stringify(seen)).not.toContain('36.7')
  })

  it('counts as an attempt in vain where nobody opens, and is then due with the police', async () => {
    server.clock.now = windowEndMs - 9 * hourMs
    const order = await ordered('海霞新村6栋701')
    await missed()
    const outcome = { is: 'door-outcome' as const, outcome: 'nobody-home' as const }
    const checks = [{ ...at, quarantineId: order.id }]
    await tell(order.id, { ...outcome, tasks: ['quarantine-check'], checks })
    await followTheClock(server.context)
    expect(await lineOf(order.id)).toMatchObject({ ladder: { way: 'police' } })
    expect(await doorOf(order.id)).toMatchObject({ checks: [{ way: 'police' }] })
    const visit = await tell(order.id, { is: 'visit-opened', tasks: ['quarantine-check'] })
    await tell(order.id, { is: 'part-done', visitId: visit.body.id, work: measured(order.id, 'not-there') })
    await tell(order.id, { is: 'visit-signed', visitId: visit.body.id, part: 'health' })
    const police = { part: 'police' as const, people: [], refusal: 'none' as const }
    await tell(order.id, { is: 'part-done', visitId: visit.body.id, work: police }, 'community-police')
    await tell(order.id, { is: 'visit-signed', visitId: visit.body.id, part: 'police' }, 'community-police')
    // A complete visit that met nobody does not settle it.
    expect((await doorOf(order.id))?.asked).toMatchObject([{ task: 'quarantine-check' }])
    const { facts } = await desk.file(district, order.id)
    expect(facts.filter(({ kind }) => kind === 'contact').map(({ result }) => result)).toEqual([
      'no-answer',
      'not-there',
    ])
    await desk.act(
      aStep(order, 'quarantine.contact', server.clock.now, { way: 'call', result: 'reached', signs: [] }),
      'screening-clerk',
    )
    expect(await doorOf(order.id)).toBeUndefined()
  })

  it('is that of the household on file, and one for a family in quarantine together', async () => {
    server.clock.now = windowEndMs - 9 * hourMs
    const address = { estate: '海霞新村', building: '8栋', floor: '3', door: '301' }
    const { body } = await tell('', { is: 'household-opened', gridCellId: cell, address })
    const mother = await ordered('海霞新村 8栋301', '欧阳母')
    const child = await ordered('海霞新村8幢 301室', '欧阳子')
    const strangers = [await ordered('远处新村', '甲'), await ordered('远处新村', '乙')]
    await missed()
    const found = await doorOf(mother.id)
    expect(found?.householdId).toBe(body.householdId)
    const { doors } = await round()
    const ids = doors.flatMap(({ checks = [] }) => checks.map(({ quarantineId }) => quarantineId))
    expect(new Set(ids).size).toBe(ids.length)
    expect((await doorOf(child.id))?.householdId).toBe(body.householdId)
    expect(found?.checks?.map(({ name }) => name).toSorted()).toEqual(['欧阳子', '欧阳母'].toSorted())
    const apart = await Promise.all(strangers.map(async ({ id }) => (await doorOf(id))?.householdId))
    expect(new Set(apart).size).toBe(2)
    await desk.act(
      aStep(mother, 'quarantine.release', server.clock.now, { reason: 'early', note: '专家组同意' }),
    )
    expect(await doorOf(mother.id)).toBeUndefined()
  })

  it('is taken in whatever order it is told, and refused where the episode is none of this district', async () => {
    server.clock.now = windowEndMs - 9 * hourMs
    const order = await ordered('海霞新村9栋101')
    await missed()
    await desk.act(
      aStep(order, 'quarantine.release', server.clock.now, { reason: 'early', note: '专家组同意' }),
    )
    const visitId = order.id
    const late = await tell(order.id, { is: 'part-done', visitId, work: measured(order.id, 'reached', 37) })
    expect(late.code).toBe('ok')
    const other = '01702d00-0000-7000-8000-000000000001'
    const unknown = await tell(order.id, { is: 'part-done', visitId, work: measured(other) })
    expect(unknown.code).toBe('UNKNOWN_QUARANTINE')
    const twice = measured(order.id)
    const both = { ...twice, checks: [...twice.checks, ...twice.checks] }
    expect((await tell(order.id, { is: 'part-done', visitId, work: both })).code).toBe('INVALID_INPUT')
    const signs = { ...twice, checks: twice.checks.map((each) => ({ ...each, signs: ['larvae'] })) }
    expect((await tell(order.id, { is: 'part-done', visitId, work: signs })).code).toBe(
      'QUARANTINE_SIGN_UNKNOWN',
    )
    const { rows } = await server.db.pool.query('select 1 from household_facts where household_id = $1', [
      order.id,
    ])
    expect(rows).toHaveLength(1)
  })

  it('is made once by several servers, moves with an extension, and goes with what is kept of the episode', async () => {
    server.clock.now = windowEndMs - 9 * hourMs
    const order = await ordered('海霞新村10栋101')
    server.clock.now = windowEndMs + 3 * hourMs
    await Promise.all(Array.from({ length: 3 }, () => followTheClock(server.context)))
    const doors = async () => {
      const { rows } = await server.db.pool.query<{ digest: Buffer }>(
        `select h.digest from quarantine_doors d join household_digests h on h.fact_id = d.quarantine_id
         where d.quarantine_id = $1 and h.kind = 'address'`,
        [order.id],
      )
      return rows.map(({ digest }) => digest.toString('hex'))
    }
    const before = await doors()
    expect(before).toHaveLength(1)
    const { lastDay } = (await desk.file(district, order.id)).line
    const later = new Date(Date.parse(lastDay) + 2 * 86_400_000).toISOString().slice(0, 10)
    await desk.act(aStep(order, 'quarantine.extend', server.clock.now, { lastDay: later, reason: 'signs' }))
    await followTheClock(server.context)
    const after = await doors()
    expect(after).toHaveLength(1)
    expect(after).not.toEqual(before)
    const searched = await (await who('community-health')).send({
      path: '/api/households/duplicates',
      body: {
        jurisdiction: district,
        address: { estate: '海霞新村', building: '10栋', floor: '1', door: '101' },
      },
    })
    expect(searched.json).toMatchObject({ found: [{ ground: 'address', householdId: order.id }] })
  })
})
