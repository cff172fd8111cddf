import { createClient } from '@guankou/contract/client.ts'
import { unmaskQuarantineField } from '@guankou/contract/quarantine/endpoints.ts'
import {
  askQuarantineHelp,
  mostReportsPerDay,
  readOwnQuarantine,
  reportQuarantine,
} from '@guankou/contract/quarantine/own.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  anOrder,
  aStep,
  codeOf,
  quarantineDesk,
  quarantineDistrict,
} from '../../../tests-support/quarantine.ts'
import { demoCityTemplate, startTestServer, type TestServer } from '../../../tests-support/test-server.ts'
import { runRetention } from '../retention/run-retention.ts'
import { followTheClock } from './follow-the-clock.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

describe.each(inject('databaseServers'))('one’s own quarantine on $name', ({ url }) => {
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

  let calls = 0
  /** Somebody without an account, each time from another address. */
  const anyone = () => {
    calls += 1
    const headers = { 'x-forwarded-for': `10.3.${calls >> 8}.${calls & 255}` }
    return createClient(fetch, { base: server.address, headers, front: 'portal' })
  }
  const ordered = async () => {
    const order = anOrder(server.clock.now)
    expect(codeOf(await desk.order(order))).toBe('ok')
    return { order, secret: await desk.secretOf(quarantineDistrict, order.id) }
  }
  const reportAt = (
    secret: string,
    atMs: number,
    more: { temperatureCelsius?: number; signs?: string[] } = {},
  ) => ({
    secret,
    id: v7({ msecs: atMs }),
    occurredAt: new Date(atMs).toISOString(),
    signs: [],
    ...more,
  })

  it('is opened by the link alone, says nothing of who it is, and is told who saw them', async () => {
    const { order, secret } = await ordered()
    const own = await anyone().call(readOwnQuarantine, { body: { secret } })
    expect(own).toMatchObject({
      is: 'ok',
      value: { state: 'ordered', dayNumber: 2, lastDay: '2020-02-22', feverCelsius: 37.3, seenBy: [] },
    })
    for (const word of ['欧阳', '889977', '13800138123', '香洲', order.id])
      expect(JSON.stringify(own)).not.toContain(word)
    const street = await desk.as('community-street', quarantineDistrict)
    const body = {
      jurisdiction: quarantineDistrict,
      id: order.id,
      field: 'phone' as const,
      reason: '电话核实今天上午的体温',
    }
    await street.call(unmaskQuarantineField, { body })
    expect(await anyone().call(readOwnQuarantine, { body: { secret } })).toMatchObject({
      value: { seenBy: [{ role: 'community-street', fields: ['phone'] }] },
    })
  })

  it('stays shut to a link that was not made here', async () => {
    const { secret } = await ordered()
    const forged = `${secret.slice(0, 30)}${secret[30] === 'A' ? 'B' : 'A'}${secret.slice(31)}`
    for (const wrong of [forged, 'A'.repeat(43)]) {
      const answer = await anyone().call(readOwnQuarantine, { body: { secret: wrong } })
      expect(codeOf(answer)).toBe('QUARANTINE_LINK_UNKNOWN')
    }
  })

  it('is reported twice a day, also later than it was written, and once however often it is sent', async () => {
    const { order, secret } = await ordered()
    const orderedMs = server.clock.now
    // 16:30 local lies in the window, and is sent after it has closed.
    const inWindowMs = Date.parse('2020-02-10T08:30:00.000Z')
    server.clock.now = Date.parse('2020-02-10T13:00:00.000Z')
    await followTheClock(server.context)
    expect((await desk.file(quarantineDistrict, order.id)).facts.map(({ kind }) => kind)).toContain('missed')
    const body = reportAt(secret, inWindowMs, { temperatureCelsius: 37.6, signs: ['cough'] })
    expect(await anyone().call(reportQuarantine, { body })).toMatchObject({ value: { duplicate: false } })
    expect(await anyone().call(reportQuarantine, { body })).toMatchObject({ value: { duplicate: true } })
    const other = { ...body, temperatureCelsius: 36.1 }
    expect(codeOf(await anyone().call(reportQuarantine, { body: other }))).toBe('COMMAND_ID_REUSED')
    const { line, days } = await desk.file(quarantineDistrict, order.id)
    expect(line).toMatchObject({ ladder: null })
    expect(days[0]).toMatchObject({ mark: 'abnormal', highestCelsius: 37.6, signs: ['cough'] })
    expect(days[0]?.contacts.at(-1)?.status).toBe('on-time')
    const wrongs: readonly (readonly [ReturnType<typeof reportAt>, string])[] = [
      [reportAt(secret, orderedMs - dayMs), 'QUARANTINE_TIME_RUNS_BACK'],
      [reportAt(secret, server.clock.now + hourMs), 'OCCURRED_IN_FUTURE'],
      [{ ...reportAt(secret, inWindowMs), signs: ['made-up'] }, 'QUARANTINE_SIGN_UNKNOWN'],
      [{ ...reportAt(secret, inWindowMs), occurredAt: '2020-02-10T08:30:00.001Z' }, 'ID_TIME_MISMATCH'],
    ]
    for (const [wrong, code] of wrongs)
      expect(codeOf(await anyone().call(reportQuarantine, { body: wrong }))).toBe(code)
  })

  it('asks for help, which stays open on the board until an officer says what became of it', async () => {
    const { order, secret } = await ordered()
    const { signs: _signs, ...word } = reportAt(secret, server.clock.now)
    const note = '家里没有米和降压药了'
    await anyone().call(askQuarantineHelp, { body: { ...word, help: 'medicine', note } })
    const { line, facts } = await desk.file(quarantineDistrict, order.id)
    expect(line.openHelp).toMatchObject([{ id: word.id, help: 'medicine' }])
    expect(facts.find(({ kind }) => kind === 'help')).toMatchObject({ by: null, note })
    const close = { helpId: word.id, result: 'done' }
    await desk.act(aStep(order, 'quarantine.close-help', server.clock.now, close), 'community-street')
    expect((await desk.file(quarantineDistrict, order.id)).line.openHelp).toEqual([])
    expect(await anyone().call(readOwnQuarantine, { body: { secret } })).toMatchObject({
      value: { help: [{ help: 'medicine', result: 'done' }] },
    })
  })

  it('is heard so often in a day and no more', async () => {
    const { secret } = await ordered()
    const codes: string[] = []
    for (let count = 0; count <= mostReportsPerDay; count += 1)
      codes.push(codeOf(await anyone().call(reportQuarantine, { body: reportAt(secret, server.clock.now) })))
    expect(codes).toEqual([
      ...Array.from({ length: mostReportsPerDay }, () => 'ok'),
      'QUARANTINE_REPORTS_FULL',
    ])
  })

  it('ends with the episode, and takes what was written before the end', async () => {
    const { order, secret } = await ordered()
    const writtenMs = server.clock.now
    server.clock.now += hourMs
    const release = { reason: 'mistake', note: '同名误下' }
    await desk.act(aStep(order, 'quarantine.release', server.clock.now, release))
    server.clock.now += hourMs
    expect(codeOf(await anyone().call(readOwnQuarantine, { body: { secret } }))).toBe('QUARANTINE_OVER')
    const kept = reportAt(secret, writtenMs, { temperatureCelsius: 36.5 })
    expect(codeOf(await anyone().call(reportQuarantine, { body: kept }))).toBe('ok')
    const late = reportAt(secret, server.clock.now)
    expect(codeOf(await anyone().call(reportQuarantine, { body: late }))).toBe('QUARANTINE_OVER')
  })

  it('leaves nobody named when the days of its last day are over, and no episode in the end', async () => {
    const { order } = await ordered()
    const { lastDay } = (await desk.file(quarantineDistrict, order.id)).line
    const parts = {
      db: server.db,
      keys: server.keys,
      reference: server.context.reference.current(),
      now: () => server.clock.now,
      by: 'test',
      forget: server.context.identity.sealer.forget,
    }
    const held = async (table: string, column: string): Promise<number> => {
      const { rows } = await server.db.pool.query<{ held: number }>(
        `select count(*)::integer as held from ${table} where ${column} = $1`,
        [order.id],
      )
      return rows[0]?.held ?? -1
    }
    server.clock.now = Date.parse(lastDay) + 27 * dayMs
    await runRetention(parts)
    expect(await held('quarantine_seals', 'quarantine_id')).toBeGreaterThan(0)
    server.clock.now = Date.parse(lastDay) + 30 * dayMs
    await runRetention(parts)
    expect(await held('quarantine_seals', 'quarantine_id')).toBe(0)
    expect((await desk.file(quarantineDistrict, order.id)).person).toEqual([])
    server.clock.now = Date.parse(lastDay) + 190 * dayMs
    await runRetention(parts)
    expect(await held('quarantines', 'id')).toBe(0)
    expect(await held('quarantine_facts', 'quarantine_id')).toBe(0)
  })
})
