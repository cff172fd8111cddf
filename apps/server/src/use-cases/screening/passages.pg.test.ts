import { passageLimits } from '@guankou/contract/identity/purposes.ts'
import type { PassagesAnswer } from '@guankou/contract/screening/passages.ts'
import type { RecordScreening, Traveller } from '@guankou/contract/screening/record-screening.ts'
import type { PushAnswer } from '@guankou/contract/sync/push.ts'
import { aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { findBrokenLinks } from '@guankou/testkit/server/read-audit.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'

const [xiangzhou, doumen] = [440402, 440403]
const plate = '粤CPASS1'
const driver = aTraveller({
  name: '欧阳修',
  document: { kind: 'passport', number: 'E12345678' },
  phone: '13812345678',
  readings: [],
})
const sister = aTraveller({ seat: 2, name: '王小明', document: { kind: 'none' }, readings: [] })
const child: Traveller = {
  seat: 3,
  document: { kind: 'none' },
  origin: { code: 440400, evidence: 'declared' },
  exposures: [],
  contactWithCase: false,
  readings: [],
  symptoms: [],
}

describe.each(inject('databaseServers'))('a vehicle that passes again, on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let inspector: TestSession
  let serial = 9_000
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    inspector = await server.signIn('inspector', xiangzhou)
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })
  const at = (occurredAt: string, overrides: Partial<RecordScreening> = {}): RecordScreening =>
    aScreening({ occurredAt, rulesVersion: 2, conveyance: { kind: 'car', plate }, ...overrides }, ++serial)
  const record = async (command: RecordScreening, session = inspector) => {
    const result = await server.context.recorder.record(session.actor, command)
    if (!result.ok) throw new Error(result.refusal.code)
    return result.value
  }
  const ask = (session: TestSession, asked: string) =>
    session.send({ path: '/api/screenings/passages', body: { plate: asked } })
  const storedOf = async (screeningId: string, seat: number) => {
    const { rows } = await server.db.pool.query(
      `select t.*, s.day::text as day from screening_travellers t join screenings s on s.id = t.screening_id
        where t.screening_id = $1 and t.seat = $2`,
      [screeningId, seat],
    )
    return rows[0] as Record<string, Buffer | string | null>
  }
  const open = (screeningId: string, seat: number, field: string, day: string, envelope: unknown) =>
    unlessDestroyed(
      server.context.identity.sealer.open(
        { jurisdiction: xiangzhou, day },
        `${screeningId}|${seat}|${field}`,
        envelope as Buffer,
      ),
    )

  const morning = at('2020-02-09T01:00:00.000Z', { travellers: [driver, sister, child] })
  const confirming = (screeningId: string, seats: readonly number[]): Traveller[] =>
    seats.map((seat) => ({ ...child, seat, sameAs: { screeningId, seat } }))

  it('answers its last passages, and who was aboard with most of them covered', async () => {
    await record(at('2020-02-08T01:00:00.000Z', { travellers: [driver, { ...sister, name: '李四' }] }))
    await record(morning)
    const answer = await ask(inspector, '粤c·pass1')
    expect(answer.status, answer.text).toBe(200)
    const { passages, occupants } = answer.json as PassagesAnswer
    expect(passages.map(({ people, postId, occurredAt }) => [people, postId, occurredAt])).toEqual([
      [3, 1, morning.occurredAt],
      [2, 1, '2020-02-08T01:00:00.000Z'],
    ])
    expect(
      occupants.map(({ seat, lastAboard, fields }) => [seat, lastAboard, fields.map(({ masked }) => masked)]),
    ).toEqual([
      [1, true, ['欧**', '****5678']],
      [2, true, ['王**']],
      [3, true, []],
      [2, false, ['李*']],
    ])
    for (const clear of ['欧阳', '小明', 'E12345678', '13812345678', 'disposition', 'fever'])
      expect(answer.text).not.toContain(clear)
  })

  it('is written where each person can see it, audited, and no look-up of an officer', async () => {
    const { rows } = await server.db.pool.query(
      'select via, purpose, fields, reason_sealed from identity_accesses where screening_id = $1 order by seat',
      [morning.id],
    )
    expect(rows).toEqual([
      { via: 'passage', purpose: 'screening', fields: ['name', 'document'], reason_sealed: null },
      { via: 'passage', purpose: 'screening', fields: ['name'], reason_sealed: null },
    ])
    const { rows: audited } = await server.db.pool.query(
      "select outcome, detail from audit_entries where action = 'screening.passages'",
    )
    expect(audited).toEqual([{ outcome: 'done', detail: '4 occupants offered' }])
    const lead = await server.signIn('post-lead', xiangzhou)
    await ask(lead, plate)
    const own = await lead.send({ path: '/api/identity/own-look-ups' })
    expect(own.json).toMatchObject({ lookUps: [], limits: { lookUpsLeftToday: 200 } })
    expect(await findBrokenLinks(server.db)).toEqual([])
  })

  it('is told nothing of elsewhere, and nothing at all to who does not stand at a post', async () => {
    const there = await server.signIn('inspector', doumen)
    expect((await ask(there, plate)).json).toEqual({ passages: [], occupants: [] })
    for (const role of ['screening-clerk', 'commander', 'administrator', 'service-account'] as const)
      expect((await ask(await server.signIn(role, xiangzhou), plate)).status).toBe(403)
    expect((await ask(inspector, '---')).status).toBe(400)
  })

  it('takes over the identity of those who were confirmed, under the key of its own day', async () => {
    const evening = at('2020-02-10T01:00:00.000Z', { travellers: confirming(morning.id, [1, 2]) })
    expect(await record(evening)).not.toHaveProperty('withoutIdentity')
    const row = await storedOf(evening.id, 1)
    expect(row.confirmed_as).toBe('resolved')
    expect(row.document_kind).toBe('passport')
    const day = String(row.day)
    expect(day).toBe('2020-02-10')
    expect(await open(evening.id, 1, 'name', day, row.name_sealed)).toBe('欧阳修')
    expect(await open(evening.id, 1, 'document', day, row.document_sealed)).toBe('E12345678')
    expect(await open(evening.id, 1, 'phone', day, row.phone_sealed)).toBe('13812345678')
    const clerk = await server.signIn('screening-clerk', xiangzhou)
    const found = await clerk.send({
      path: '/api/identity/look-up',
      body: {
        purpose: 'contact-tracing',
        reason: '核对同车人员 check',
        sought: { kind: 'passport', text: 'E12345678' },
      },
    })
    const { matches } = found.json as { matches: { screeningId: string }[] }
    expect(matches.map(({ screeningId }) => screeningId)).toContain(evening.id)
  })

  it('keeps what was entered now before what is held, kind and number together', async () => {
    const [confirmed] = confirming(morning.id, [1])
    const command = at('2020-02-10T01:10:00.000Z', {
      travellers: [
        { ...confirmed, seat: 1, document: { kind: 'hk-macao-permit', number: 'H12345678' } } as Traveller,
      ],
    })
    await record(command)
    const row = await storedOf(command.id, 1)
    expect(row.document_kind).toBe('hk-macao-permit')
    expect(await open(command.id, 1, 'document', String(row.day), row.document_sealed)).toBe('H12345678')
    expect(await open(command.id, 1, 'name', String(row.day), row.name_sealed)).toBe('欧阳修')
  })

  it('keeps whom nobody can tell any more without identity, says so, and says so again to a retry', async () => {
    const nobody = aScreening({ occurredAt: '2020-02-01T01:00:00.000Z' }, 77).id
    const command = at('2020-02-10T01:20:00.000Z', {
      travellers: [
        ...confirming(nobody, [1]),
        ...confirming(morning.id, [2]),
        ...confirming(morning.id, [3]),
      ],
    })
    expect(await record(command)).toMatchObject({ duplicate: false, withoutIdentity: [1, 3] })
    expect(await record(command)).toMatchObject({ duplicate: true, withoutIdentity: [1, 3] })
    expect(await storedOf(command.id, 1)).toMatchObject({ confirmed_as: 'unknown', name_sealed: null })
    expect(await storedOf(command.id, 2)).toMatchObject({ confirmed_as: 'resolved' })
  })

  it('takes nothing from another area, though the reference is right', async () => {
    const there = await server.signIn('inspector', doumen)
    const command = at('2020-02-10T01:30:00.000Z', {
      jurisdiction: doumen,
      postId: 5,
      travellers: confirming(morning.id, [1]),
    })
    expect(await record(command, there)).toMatchObject({ withoutIdentity: [1] })
  })

  it('takes over identities from a vehicle of the same push, chains of them too', async () => {
    const phone = await server.signIn('inspector', xiangzhou, { id: crypto.randomUUID(), label: 'Phone' })
    const first = at('2020-02-10T02:00:00.000Z', { travellers: [driver] })
    const second = at('2020-02-10T02:10:00.000Z', { travellers: confirming(first.id, [1]) })
    const third = at('2020-02-10T02:20:00.000Z', { travellers: confirming(second.id, [1]) })
    const answer = await phone.send({
      path: '/api/sync/push',
      body: {
        deviceId: phone.actor.deviceId,
        sentAt: new Date(server.clock.now).toISOString(),
        outbox: { queued: 3, rejected: 0, unreadable: 0 },
        commands: [first, second, third],
      },
    })
    expect(answer.status, answer.text).toBe(200)
    const { outcomes } = answer.json as PushAnswer
    expect(outcomes.map((outcome) => outcome.outcome)).toEqual(['accepted', 'accepted', 'accepted'])
    expect(await storedOf(third.id, 1)).toMatchObject({ confirmed_as: 'resolved' })
  })

  it('keeps whom a destroyed key held without identity', async () => {
    const { sealer } = server.context.identity
    await server.db.pool.query(
      "update identity_keys set wrapped = null, destroyed_at = now() where jurisdiction = $1 and day = '2020-02-08'",
      [xiangzhou],
    )
    sealer.forget({ jurisdiction: xiangzhou, day: '2020-02-08' })
    const { rows } = await server.db.pool.query(
      "select id from screenings where jurisdiction = $1 and day = '2020-02-08'",
      [xiangzhou],
    )
    const gone = (rows[0] as { id: string }).id
    const command = at('2020-02-10T02:30:00.000Z', { travellers: confirming(gone, [1]) })
    expect(await record(command)).toMatchObject({ withoutIdentity: [1] })
    expect(await storedOf(command.id, 1)).toMatchObject({ confirmed_as: 'expired' })
  })

  it('lets an account ask about as often as a lane can pass, and then asks it to wait', async () => {
    const lead = await server.signIn('post-lead', xiangzhou)
    server.clock.now += 120_000
    const statuses: number[] = []
    for (let turn = 0; turn <= passageLimits.perMinute; turn += 1)
      statuses.push((await ask(lead, `粤CZ${String(turn).padStart(4, '0')}`)).status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(passageLimits.perMinute)
    expect(statuses.at(-1)).toBe(429)
  })
})
