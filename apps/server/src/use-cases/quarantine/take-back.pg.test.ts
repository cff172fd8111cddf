import { createClient } from '@guankou/contract/client.ts'
import { actOnQuarantine } from '@guankou/contract/quarantine/endpoints.ts'
import { askQuarantineHelp, readOwnQuarantine, reportQuarantine } from '@guankou/contract/quarantine/own.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import {
  anOrder,
  aStep,
  codeOf,
  quarantineDesk,
  quarantineDistrict,
} from '../../../tests-support/quarantine.ts'
import { demoCityTemplate, startTestServer, type TestServer } from '../../../tests-support/test-server.ts'
import { followTheClock } from './follow-the-clock.ts'

const neighbour = 440403
const city = 440400
const hourMs = 3_600_000

describe.each(inject('databaseServers'))('hand-overs and links that are taken back, on $name', ({ url }) => {
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
  beforeEach(() => {
    server.clock.now += hourMs
  })

  let calls = 0
  /** Somebody without an account, each time from another address. */
  const anyone = () => {
    calls += 1
    const headers = { 'x-forwarded-for': `10.7.${calls >> 8}.${calls & 255}` }
    return createClient(fetch, { base: server.address, headers, front: 'portal' })
  }
  const ordered = async () => {
    const order = anOrder(server.clock.now)
    expect(codeOf(await desk.order(order))).toBe('ok')
    server.clock.now += 60_000
    return order
  }
  type Place = { id: string; jurisdiction: number }
  const act = async (place: Place, kind: Parameters<typeof aStep>[1], fields: object = {}) => {
    server.clock.now += 1_000
    const step = aStep(place, kind, server.clock.now, { ...fields })
    const client = await desk.as('community-health', place.jurisdiction)
    return codeOf(await client.call(actOnQuarantine, { body: step }))
  }
  const lineOf = async (place: Place) => (await desk.file(place.jurisdiction, place.id)).line
  const nextOf = async (order: Place): Promise<Place> => {
    const { after } = await desk.file(order.jurisdiction, order.id, 'commander', city)
    if (after === null) throw new Error('nothing was carried across')
    return { id: after.id, jurisdiction: after.jurisdiction }
  }
  const handOn = async (order: Place, toArea = neighbour) => {
    expect(await act(order, 'quarantine.transfer', { toArea })).toBe('ok')
    server.clock.now += 1_000
  }
  const report = (secret: string, atMs = server.clock.now) => ({
    ...{ secret, id: v7({ msecs: atMs }), occurredAt: new Date(atMs).toISOString(), signs: [] },
    temperatureCelsius: 36.6,
  })
  const own = async (secret: string) => {
    const answer = await anyone().call(readOwnQuarantine, { body: { secret } })
    return answer.is === 'ok' ? answer.value : codeOf(answer)
  }

  it('are over for both districts, keep what was told meanwhile, and can be made again', async () => {
    const order = await ordered()
    // Whoever sees one district alone is told of the others that they can hand on to.
    const { handOnTo } = await desk.file(quarantineDistrict, order.id)
    expect(handOnTo.map(({ code }) => code)).toEqual([440403, 440404])
    const secret = await desk.secretOf(quarantineDistrict, order.id)
    await handOn(order)
    await followTheClock(server.context)
    const next = await nextOf(order)
    const said = report(secret)
    expect(codeOf(await anyone().call(reportQuarantine, { body: said }))).toBe('ok')
    server.clock.now += 1_000
    const asked = { ...report(secret), help: 'medicine' as const, note: '降压药快吃完了' }
    const { signs: _signs, temperatureCelsius: _celsius, ...help } = asked
    expect(codeOf(await anyone().call(askQuarantineHelp, { body: help }))).toBe('ok')
    expect((await desk.file(neighbour, next.id)).facts.map(({ kind }) => kind)).toEqual(['report', 'help'])
    expect(await act(order, 'quarantine.withdraw')).toBe('ok')
    expect(await act(order, 'quarantine.withdraw')).toBe('QUARANTINE_NOTHING_TO_WITHDRAW')
    server.clock.now += 1_000
    await Promise.all([followTheClock(server.context), followTheClock(server.context)])
    expect(await lineOf(order)).toMatchObject({ state: 'ordered', openHelp: [{ help: 'medicine' }] })
    const { facts } = await desk.file(quarantineDistrict, order.id)
    expect(facts.map(({ kind }) => kind)).toEqual([
      'transferred',
      'report',
      'help',
      'withdrawal',
      'withdrawn',
    ])
    expect(facts.find(({ kind }) => kind === 'help')?.note).toBe('降压药快吃完了')
    expect(await lineOf(next)).toMatchObject({ state: 'cancelled', step: 'nothing', endReason: null })
    expect(await act(next, 'quarantine.receive')).toBe('QUARANTINE_TAKEN_BACK')
    expect(await own(secret)).toMatchObject({
      handOver: { from: { zh: '香洲区' }, to: { zh: '斗门区' }, is: 'taken-back' },
    })
    // The answer to what was said before was lost: it is there already, in the district that goes on.
    expect(await anyone().call(reportQuarantine, { body: said })).toMatchObject({
      value: { duplicate: true },
    })
    await handOn(order)
    await followTheClock(server.context)
    const again = await nextOf(order)
    expect(again.id).not.toBe(next.id)
    expect(await act(again, 'quarantine.receive')).toBe('ok')
    server.clock.now += 1_000
    await followTheClock(server.context)
    expect(await lineOf(order)).toMatchObject({ state: 'moved' })
    expect(await lineOf(again)).toMatchObject({ state: 'ordered' })
  })

  it('are not over where the other district had received the person first', async () => {
    const order = await ordered()
    await handOn(order)
    await followTheClock(server.context)
    const next = await nextOf(order)
    expect(await act(next, 'quarantine.receive')).toBe('ok')
    expect(await act(order, 'quarantine.withdraw')).toBe('ok')
    server.clock.now += 1_000
    await followTheClock(server.context)
    expect(await lineOf(order)).toMatchObject({ state: 'moved' })
    expect(await lineOf(next)).toMatchObject({ state: 'ordered' })
  })

  it('are over before the other district heard of them', async () => {
    const order = await ordered()
    await handOn(order)
    expect(await act(order, 'quarantine.withdraw')).toBe('ok')
    server.clock.now += 1_000
    await followTheClock(server.context)
    expect(await lineOf(order)).toMatchObject({ state: 'ordered' })
    // The server goes round by itself as well, and may have begun the episode there in between.
    const { rows } = await server.db.pool.query(
      `select 1 from quarantines q where before_id = $1 and not exists (
        select from quarantine_facts f where f.quarantine_id = q.id and f.kind = 'recalled')`,
      [order.id],
    )
    expect(rows).toEqual([])
  })

  it('to another city leave the person heard here until its receipt is noted', async () => {
    const order = await ordered()
    const secret = await desk.secretOf(quarantineDistrict, order.id)
    await handOn(order, 440100)
    expect(await own(secret)).toMatchObject({ state: 'in-transfer', handOver: { is: 'waiting' } })
    expect(codeOf(await anyone().call(reportQuarantine, { body: report(secret) }))).toBe('ok')
    expect(await desk.secretOf(quarantineDistrict, order.id)).toBe(secret)
    expect(await act(order, 'quarantine.withdraw')).toBe('ok')
    server.clock.now += 1_000
    expect(await lineOf(order)).toMatchObject({ state: 'ordered' })
    await handOn(order, 440100)
    const before = report(secret)
    server.clock.now += 1_000
    expect(await act(order, 'quarantine.receipt')).toBe('ok')
    server.clock.now += 1_000
    expect(await own(secret)).toBe('QUARANTINE_MOVED')
    expect(codeOf(await anyone().call(reportQuarantine, { body: before }))).toBe('ok')
    expect(codeOf(await anyone().call(reportQuarantine, { body: report(secret) }))).toBe('QUARANTINE_MOVED')
  })

  it('of a link: the old one opens nothing at once, and the new one does', async () => {
    const order = await ordered()
    const other = await ordered()
    const lost = await desk.secretOf(quarantineDistrict, order.id)
    const others = await desk.secretOf(quarantineDistrict, other.id)
    const street = await desk.as('community-street', quarantineDistrict)
    const relink = aStep(order, 'quarantine.relink', server.clock.now)
    expect(codeOf(await street.call(actOnQuarantine, { body: relink }))).toBe('ok')
    expect(await street.call(actOnQuarantine, { body: relink })).toMatchObject({ value: { duplicate: true } })
    expect(await own(lost)).toBe('QUARANTINE_LINK_REPLACED')
    expect(codeOf(await anyone().call(reportQuarantine, { body: report(lost) }))).toBe(
      'QUARANTINE_LINK_REPLACED',
    )
    const secret = await desk.secretOf(quarantineDistrict, order.id)
    expect(secret).not.toBe(lost)
    expect(await own(secret)).toMatchObject({ state: 'ordered' })
    expect(await own(others)).toMatchObject({ state: 'ordered' })
    expect((await desk.file(quarantineDistrict, order.id)).facts.at(-1)).toMatchObject({ kind: 'relinked' })
    // The district that takes over replaces the links of before as well.
    await handOn(order)
    await followTheClock(server.context)
    const next = await nextOf(order)
    expect(await own(secret)).toMatchObject({ state: 'incoming' })
    expect(await act(next, 'quarantine.relink')).toBe('ok')
    expect(await own(secret)).toBe('QUARANTINE_LINK_REPLACED')
    expect(await own(await desk.secretOf(neighbour, next.id))).toMatchObject({ state: 'incoming' })
  })
})
