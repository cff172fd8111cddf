import {
  actOnQuarantine,
  orderQuarantine,
  unmaskQuarantineField,
} from '@guankou/contract/quarantine/endpoints.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { somebodyWithPhone } from '../../../tests-support/handovers.ts'
import {
  anOrder,
  aStep,
  codeOf,
  quarantineDesk,
  quarantineDistrict,
} from '../../../tests-support/quarantine.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  testNowMs,
} from '../../../tests-support/test-server.ts'
import { followTheClock } from './follow-the-clock.ts'

const city = 440400
const neighbour = 440403
const hourMs = 3_600_000
const dayMs = 24 * hourMs

describe.each(inject('databaseServers'))('quarantine on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let desk: ReturnType<typeof quarantineDesk>
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    desk = quarantineDesk(server)
  }, 120_000)
  afterAll(async () => {
    await server?.close()
    await database?.drop()
  })

  /** An order that is stored, its notice delivered an hour later. */
  const ordered = async (atMs: number, overrides: Parameters<typeof anOrder>[1] = {}) => {
    const order = anOrder(atMs, overrides)
    server.clock.now = Math.max(server.clock.now, atMs + hourMs)
    expect(codeOf(await desk.order(order))).toBe('ok')
    expect(
      codeOf(await desk.act(aStep(order, 'quarantine.deliver', atMs + hourMs), 'community-street')),
    ).toBe('ok')
    return order
  }
  const lineOf = async (id: string, area = city) =>
    (await desk.board(area)).lines.find((line) => line.id === id)

  it('is ordered once, however often it is sent, and covered to whoever reads it', async () => {
    const order = anOrder(testNowMs)
    expect(codeOf(await desk.order(order))).toBe('ok')
    expect(await desk.order(order)).toMatchObject({ is: 'ok', value: { duplicate: true } })
    expect(codeOf(await desk.order({ ...order, site: 'hotel' }))).toBe('COMMAND_ID_REUSED')
    expect(await lineOf(order.id)).toMatchObject({
      state: 'ordered',
      countedFrom: '2020-02-08',
      lastDay: '2020-02-22',
      dayNumber: 2,
      days: 14,
      step: 'deliver-notice',
      overdue: false,
    })
    const file = await desk.file(quarantineDistrict, order.id)
    expect(file.person).toEqual([
      { field: 'name', masked: '欧**' },
      { field: 'document', masked: 'Q*****77' },
      { field: 'phone', masked: '138****8123' },
      { field: 'address', masked: '香洲区吉大街***' },
    ])
    expect(JSON.stringify(file)).not.toContain('欧阳隔离')
    const street = await desk.as('community-street', quarantineDistrict)
    const body = { jurisdiction: quarantineDistrict, id: order.id, field: 'address' as const }
    const shown = await street.call(unmaskQuarantineField, {
      body: { ...body, reason: '上门送告知书，需要门牌' },
    })
    expect(shown).toMatchObject({ is: 'ok', value: { text: '香洲区吉大街道某小区 3 栋 1204' } })
    const { rows } = await server.db.pool.query(
      "select action from audit_entries where subject = $1 and action like 'quarantine.%' order by action",
      [order.id],
    )
    expect(rows.map(({ action }) => action)).toEqual([
      'quarantine.file',
      'quarantine.order',
      'quarantine.unmask',
    ])
  })

  it('is refused to whoever may not order it, and where the plan or the calendar speaks against it', async () => {
    const order = anOrder(testNowMs)
    expect(codeOf(await desk.order(order, 'community-police'))).toBe('ROLE_NOT_ALLOWED')
    const other = await desk.as('community-health', neighbour)
    expect(codeOf(await other.call(orderQuarantine, { body: order }))).toBe('OUTSIDE_AREA')
    for (const [overrides, code] of [
      [{ lastExposureOn: '2020-01-20' }, 'QUARANTINE_EXPOSURE_IMPOSSIBLE'],
      [{ lastExposureOn: '2020-02-30' }, 'QUARANTINE_EXPOSURE_IMPOSSIBLE'],
      [{ lastExposureOn: '2020-02-11' }, 'QUARANTINE_EXPOSURE_IMPOSSIBLE'],
      [{ responseId: 'measles' }, 'UNKNOWN_RESPONSE'],
      [{ fromArea: neighbour }, 'QUARANTINE_AREA_WRONG'],
      [{ person: { address: '某地' } }, 'QUARANTINE_PERSON_UNKNOWN'],
      [{ person: { name: '\ud800', address: '某地' } }, 'TEXT_NOT_WELL_FORMED'],
      [{ person: { name: '张三', address: '  ' } }, 'INVALID_INPUT'],
    ] as const)
      expect(codeOf(await desk.order(anOrder(testNowMs, overrides)))).toBe(code)
  })

  it('climbs the ladder by the clock, each step once, until somebody is reached', async () => {
    const orderedMs = testNowMs
    const order = await ordered(orderedMs)
    const windowEndMs = Date.parse('2020-02-10T12:00:00.000Z')
    server.clock.now = windowEndMs
    expect(await followTheClock(server.context)).toBeGreaterThan(0)
    expect(await followTheClock(server.context)).toBe(0)
    expect(await lineOf(order.id)).toMatchObject({
      step: 'contact',
      overdue: true,
      ladder: { way: 'message', nextWay: 'call' },
    })
    server.clock.now = windowEndMs + 1.5 * hourMs
    await followTheClock(server.context)
    const inVain = { way: 'call', result: 'no-answer', signs: [] }
    expect(
      codeOf(await desk.act(aStep(order, 'quarantine.contact', server.clock.now, inVain), 'screening-clerk')),
    ).toBe('ok')
    expect(await lineOf(order.id)).toMatchObject({ ladder: { way: 'visit', nextWay: 'police' } })
    const board = await desk.board(city)
    expect(board.lines.findLastIndex(({ overdue }) => overdue)).toBeLessThan(
      board.lines.findIndex(({ overdue }) => !overdue) >>> 0,
    )
    await followTheClock(server.context)
    server.clock.now += hourMs
    const reached = { way: 'visit', result: 'reached', temperatureCelsius: 36.8, signs: [] }
    await desk.act(aStep(order, 'quarantine.contact', server.clock.now, reached), 'community-police')
    expect(await lineOf(order.id)).toMatchObject({ ladder: null, step: 'await-report', overdue: false })
    const { facts, days } = await desk.file(quarantineDistrict, order.id)
    const told = facts.map(({ kind, way }) => (way === null ? kind : `${kind} ${way}`))
    expect(told.toSorted()).toEqual([
      'contact call',
      'contact visit',
      'delivered',
      'escalated call',
      'escalated message',
      'escalated visit',
      'missed',
    ])
    expect(days[0]).toMatchObject({ day: '2020-02-10', number: 2, mark: 'late', highestCelsius: 36.8 })
  })

  it('lasts through a hospital leave, is extended, and ends when its days are done and not before', async () => {
    const orderedMs = server.clock.now
    const order = await ordered(orderedMs)
    const at = (hours: number) => orderedMs + hours * hourMs
    server.clock.now = at(3)
    await desk.act(aStep(order, 'quarantine.leave', at(2), { reason: 'hospital' }))
    expect(await lineOf(order.id)).toMatchObject({ state: 'on-leave', step: 'await-return' })
    const completed = () => aStep(order, 'quarantine.release', server.clock.now, { reason: 'completed' })
    expect(codeOf(await desk.act(completed()))).toBe('QUARANTINE_AWAY')
    await desk.act(aStep(order, 'quarantine.return', at(3)))
    expect(codeOf(await desk.act(completed()))).toBe('QUARANTINE_NOT_DUE')
    const { lastDay } = (await lineOf(order.id)) ?? { lastDay: '' }
    const later = new Date(Date.parse(lastDay) + 2 * dayMs).toISOString().slice(0, 10)
    const longer = (day: string) =>
      aStep(order, 'quarantine.extend', server.clock.now, { lastDay: day, reason: 'signs' })
    expect(codeOf(await desk.act(longer(lastDay)))).toBe('QUARANTINE_LAST_DAY_WRONG')
    expect(codeOf(await desk.act(longer('2020-06-31')))).toBe('QUARANTINE_LAST_DAY_WRONG')
    expect(codeOf(await desk.act(longer(later), 'community-street'))).toBe('ROLE_NOT_ALLOWED')
    expect(codeOf(await desk.act(longer(later)))).toBe('ok')
    await followTheClock(server.context)
    const { rows } = await server.db.pool.query(
      'select distinct kept_day from quarantine_seals where quarantine_id = $1',
      [order.id],
    )
    expect(rows).toEqual([{ kept_day: later }])
    server.clock.now = Date.parse(`${later}T16:00:00.000Z`)
    expect(await lineOf(order.id)).toMatchObject({ state: 'release-due' })
    expect(codeOf(await desk.act(completed()))).toBe('ok')
    expect(await lineOf(order.id)).toMatchObject({
      state: 'released',
      step: 'nothing',
      endReason: 'completed',
    })
    expect((await desk.board(city)).endings.completed).toBe(1)
    expect(codeOf(await desk.act(completed()))).toBe('QUARANTINE_OVER')
    const early = aStep(order, 'quarantine.release', server.clock.now, { reason: 'early' })
    expect(codeOf(await desk.act(early))).toBe('QUARANTINE_NOTE_NEEDED')
  })

  it('of the same person a second time is an episode of its own, and each file names the other', async () => {
    const person = {
      name: '欧阳再次',
      document: { kind: 'resident-id' as const, number: '44040219900101123X' },
      phone: '13900139111',
      address: '拱北某路 1 号',
    }
    const first = await ordered(server.clock.now, { person })
    const early = { reason: 'early', note: '核酸阴性，专家组同意' }
    await desk.act(aStep(first, 'quarantine.release', server.clock.now, early))
    const second = await ordered(server.clock.now + dayMs, {
      person: { ...person, document: { kind: 'resident-id', number: '4404 0219 9001 0112 3x' } },
      site: 'central',
    })
    const child = { ...person, document: { kind: 'passport' as const, number: 'QX112233' } }
    await ordered(server.clock.now, { person: child })
    const files = [
      await desk.file(quarantineDistrict, first.id),
      await desk.file(quarantineDistrict, second.id),
    ]
    expect(files.map(({ samePerson }) => samePerson.map(({ id, open }) => [id, open]))).toEqual([
      [[second.id, true]],
      [[first.id, false]],
    ])
    expect(files.map(({ line }) => line.state)).toEqual(['released', 'active'])
    expect(files[0]?.facts.find(({ kind }) => kind === 'released')).toMatchObject({
      note: '核酸阴性，专家组同意',
    })
  })

  it('moves to the next district by an offer and a receipt, and the person goes along covered', async () => {
    const order = await ordered(server.clock.now)
    const act = (role: 'community-health', area: number) => desk.as(role, area)
    const offer = aStep(order, 'quarantine.transfer', server.clock.now, { toArea: neighbour })
    expect(codeOf(await desk.act({ ...offer, toArea: quarantineDistrict }))).toBe('QUARANTINE_AREA_WRONG')
    expect(codeOf(await desk.act({ ...offer, toArea: 111111 }))).toBe('QUARANTINE_AREA_WRONG')
    expect(codeOf(await desk.act(offer))).toBe('ok')
    expect(await lineOf(order.id)).toMatchObject({ state: 'in-transfer', step: 'await-receipt' })
    await followTheClock(server.context)
    await followTheClock(server.context)
    const { after } = await desk.file(quarantineDistrict, order.id, 'commander', city)
    expect((await desk.file(quarantineDistrict, order.id)).after).toBeNull()
    if (after === null) throw new Error('nothing was carried across')
    expect(after.jurisdiction).toBe(neighbour)
    const incoming = { id: after.id, jurisdiction: neighbour }
    expect(await lineOf(after.id, neighbour)).toMatchObject({ state: 'incoming', step: 'receive' })
    const health = await act('community-health', neighbour)
    const early = aStep(incoming, 'quarantine.extend', server.clock.now, {
      lastDay: '2020-04-01',
      reason: 'rules',
    })
    expect(codeOf(await health.call(actOnQuarantine, { body: early }))).toBe('QUARANTINE_NOT_RECEIVED')
    const receive = aStep(incoming, 'quarantine.receive', server.clock.now)
    expect(codeOf(await health.call(actOnQuarantine, { body: receive }))).toBe('ok')
    await followTheClock(server.context)
    expect(await lineOf(order.id)).toMatchObject({ state: 'moved', step: 'nothing' })
    const file = await desk.file(neighbour, after.id)
    expect(file.line.state).toBe('ordered')
    expect(file.before).toMatchObject({ id: order.id, jurisdiction: quarantineDistrict })
    expect(file.person.map(({ masked }) => masked)).toContain('欧**')
  })

  it('takes what phones tell in any order, and twice', async () => {
    const order = anOrder(server.clock.now)
    const fromMs = server.clock.now
    server.clock.now += 4 * hourMs
    const phone = await somebodyWithPhone(server, 'community-health', quarantineDistrict)
    const told = [
      aStep(order, 'quarantine.deliver', fromMs + hourMs),
      aStep(order, 'quarantine.leave', fromMs + 2 * hourMs, { reason: 'test' }),
      aStep(order, 'quarantine.return', fromMs + 3 * hourMs),
      aStep(order, 'quarantine.contact', fromMs + 3.5 * hourMs, {
        way: 'visit',
        result: 'reached',
        signs: ['cough'],
      }),
    ]
    const release = aStep(order, 'quarantine.release', fromMs + 3.6 * hourMs, { reason: 'case' })
    const outcomes = await phone.push([order, ...told.toReversed(), ...told, order, release])
    expect(outcomes.at(-1)).toMatchObject({ code: 'UNKNOWN_COMMAND_KIND' })
    // Of two that are the same, whichever comes first is new.
    const taken = outcomes
      .slice(0, -1)
      .map((each) => `${each.id} ${each.outcome === 'accepted' && each.duplicate}`)
    const once = [order, ...told].flatMap(({ id }) => [`${id} false`, `${id} true`])
    expect(taken.toSorted()).toEqual(once.toSorted())
    const { line, facts, days } = await desk.file(quarantineDistrict, order.id)
    expect(line.state).toBe('active')
    expect(facts.map(({ kind }) => kind)).toEqual(['delivered', 'leave', 'return', 'contact'])
    expect(days.some(({ mark, signs }) => mark === 'abnormal' && signs.includes('cough'))).toBe(true)
  })
})
