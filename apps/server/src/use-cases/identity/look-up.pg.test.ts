import { lookUpLimits, wideLookUpsPerDay } from '@guankou/contract/identity/purposes.ts'
import type { Role } from '@guankou/contract/roles.ts'
import { aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openReason } from '#src/use-cases/identity/seal-access.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
  testNowMs,
} from '../../../tests-support/test-server.ts'

const [city, xiangzhou, doumen] = [440400, 440402, 440403]
const reason = '核对同车人员 check who travelled along'
const phone = '13812345678'
const passport = 'E12345678'
const plate = '粤CTEST1'

const person = (seat: number, more: Parameters<typeof aTraveller>[0] = {}) =>
  aTraveller({ seat, name: `甲乙${seat}`, readings: [], ...more })

const screenings = [
  aScreening(
    {
      occurredAt: '2020-02-09T03:00:00.000Z',
      rulesVersion: 2,
      conveyance: { kind: 'car', plate: '粤c·test1' },
      travellers: [
        person(1, {
          name: '欧阳修',
          phone: '+86 138 1234 5678',
          document: { kind: 'passport', number: 'e 123-45678' },
        }),
        person(2, { name: '李四', document: { kind: 'none' } }),
      ],
    },
    1,
  ),
  aScreening(
    {
      occurredAt: '2020-02-09T05:00:00.000Z',
      rulesVersion: 2,
      jurisdiction: doumen,
      postId: 5,
      conveyance: { kind: 'car', plate },
      travellers: [person(1, { name: '欧阳修', phone })],
    },
    2,
  ),
]

type Match = {
  screeningId: string
  seat: number
  disposition: string | null
  fields: { field: string; masked: string }[]
}
type Answer = { matches: Match[]; more: boolean; limits: Record<string, number> }

describe.each(inject('databaseServers'))('looking a person up on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    const { actor } = await server.signIn('service-account', city)
    for (const screening of screenings)
      expect(await server.context.recorder.record(actor, screening)).toMatchObject({ ok: true })
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })

  const search = (session: TestSession, kind: string, text: string, purpose = 'contact-tracing') =>
    session.send({
      path: '/api/identity/look-up',
      body: { purpose, reason, sought: { kind, text } },
    })
  const unmask = (session: TestSession, screeningId: string, seat: number, field: string) =>
    session.send({ path: '/api/identity/unmask', body: { screeningId, seat, field } })
  const accesses = async (screeningId: string, seat: number) => {
    const { rows } = await server.db.pool.query(
      `select *, reason_sealed as "reasonSealed" from identity_accesses
        where (jurisdiction, occurred_at, screening_id, seat) =
          (select jurisdiction, occurred_at, screening_id, seat from screening_travellers
            where screening_id = $1 and seat = $2) order by at, id`,
      [screeningId, seat],
    )
    return rows as Record<string, unknown>[]
  }

  it('finds by plate everyone aboard, masked, in the area of whoever asks', async () => {
    const clerk = await server.signIn('screening-clerk', city)
    const answer = await search(clerk, 'plate', '粤C-TEST1')
    expect(answer.status, answer.text).toBe(200)
    const { matches, more } = answer.json as Answer
    expect(matches.map((match) => [match.screeningId, match.seat])).toEqual([
      [screenings[1]?.id, 1],
      [screenings[0]?.id, 1],
      [screenings[0]?.id, 2],
    ])
    expect(more).toBe(false)
    expect(matches[1]?.fields).toEqual([
      { field: 'name', masked: '欧**' },
      { field: 'document', masked: 'E******78' },
      { field: 'phone', masked: '138****5678' },
      { field: 'plate', masked: '粤C****1' },
    ])
    for (const clear of ['欧阳', phone, passport, plate]) expect(answer.text).not.toContain(clear)
    const district = await server.signIn('screening-clerk', xiangzhou)
    const inDistrict = (await search(district, 'plate', plate)).json as Answer
    expect(inDistrict.matches.map((match) => match.screeningId)).toEqual([
      screenings[0]?.id,
      screenings[0]?.id,
    ])
  })

  it.each([
    ['phone', '138-1234-5678', 2],
    ['passport', 'e12345678', 1],
    ['resident-id', passport, 0],
    ['phone', '13812345679', 0],
    ['other', '欧阳修', 0],
  ])('finds by %s %s, exact after normalisation: %i', async (kind, text, count) => {
    const clerk = await server.signIn('screening-clerk', city)
    server.clock.now += 60_000
    const answer = await search(clerk, kind, text)
    expect(answer.status, answer.text).toBe(200)
    expect((answer.json as Answer).matches).toHaveLength(count)
  })

  it('writes each look-up where the person can see it, with purpose and sealed reason', async () => {
    const partner = await server.signIn('desk-partner', city)
    await search(partner, 'passport', passport, 'hand-over')
    const [latest] = (await accesses(screenings[0]?.id ?? '', 1)).toReversed()
    expect(latest).toMatchObject({
      account_id: partner.actor.accountId,
      role: 'desk-partner',
      purpose: 'hand-over',
      via: 'look-up',
      fields: ['name', 'document', 'phone', 'plate'],
      jurisdiction: xiangzhou,
    })
    expect(String(latest?.reason_sealed)).not.toContain('核对')
    expect(await openReason(server.context.identity.sealer, latest as never)).toBe(reason)
  })

  it('shows one field in full after a look-up of one’s own, and writes that too', async () => {
    const clerk = await server.signIn('screening-clerk', city)
    // By now what the clerk looked up above is too long ago.
    server.clock.now += 16 * 60_000
    await search(clerk, 'passport', passport)
    const id = screenings[0]?.id ?? ''
    const shown = await unmask(clerk, id, 1, 'phone')
    expect(shown.json).toMatchObject({ field: 'phone', text: phone, shownForSeconds: 30 })
    expect((await unmask(clerk, id, 1, 'name')).json).toMatchObject({ text: '欧阳修' })
    expect((await unmask(clerk, id, 1, 'plate')).json).toMatchObject({ text: plate })
    const unmasked = (await accesses(id, 1)).filter(({ via }) => via === 'unmask')
    expect(unmasked.map(({ fields, purpose }) => `${fields} for ${purpose}`).sort()).toEqual([
      'name for contact-tracing',
      'phone for contact-tracing',
      'plate for contact-tracing',
    ])
    for (const access of unmasked)
      expect(await openReason(server.context.identity.sealer, access as never)).toBe(reason)
    // Nobody aboard besides, nobody else's look-up, and not for long.
    expect((await unmask(clerk, id, 2, 'name')).json).toMatchObject({ code: 'NOT_LOOKED_UP' })
    const other = await server.signIn('desk-partner', xiangzhou)
    expect((await unmask(other, id, 1, 'name')).json).toMatchObject({ code: 'NOT_LOOKED_UP' })
    server.clock.now += 15 * 60_000 + 1
    expect((await unmask(clerk, id, 1, 'name')).json).toMatchObject({ code: 'NOT_LOOKED_UP' })
    expect(await accesses(id, 2)).not.toContainEqual(expect.objectContaining({ via: 'unmask' }))
  })

  it('says what was never recorded', async () => {
    const clerk = await server.signIn('screening-clerk', city)
    await search(clerk, 'plate', plate)
    expect((await unmask(clerk, screenings[0]?.id ?? '', 2, 'document')).json).toMatchObject({
      code: 'FIELD_NOT_HELD',
    })
  })

  it.each([
    ['administrator', 'contact-tracing', 'ROLE_NOT_ALLOWED'],
    ['auditor', 'contact-tracing', 'ROLE_NOT_ALLOWED'],
    ['inspector', 'contact-tracing', 'ROLE_NOT_ALLOWED'],
    ['service-account', 'contact-tracing', 'ROLE_NOT_ALLOWED'],
    ['post-lead', 'contact-tracing', 'PURPOSE_NOT_ALLOWED'],
    ['data-protection-officer', 'contact-tracing', 'PURPOSE_NOT_ALLOWED'],
    ['screening-clerk', 'legal-request', 'PURPOSE_NOT_ALLOWED'],
  ] satisfies [Role, string, string][])('refuses %s the purpose %s', async (role, purpose, code) => {
    const session = await server.signIn(role, city)
    expect((await search(session, 'phone', phone, purpose)).json).toMatchObject({ code })
  })

  it('shows the data-protection officer who was where, and not what was found', async () => {
    const officer = await server.signIn('data-protection-officer', city)
    const { matches } = (await search(officer, 'phone', phone, 'subject-request')).json as Answer
    expect(matches.map((match) => match.disposition)).toEqual([null, null])
    expect(matches[0]?.fields.length).toBeGreaterThan(0)
  })

  it.each(['........', '        ', 'aaaaaaaa', '12345678'])('takes “%s” for no reason', async (empty) => {
    const clerk = await server.signIn('screening-clerk', city)
    const answer = await clerk.send({
      path: '/api/identity/look-up',
      body: { purpose: 'follow-up', reason: empty, sought: { kind: 'phone', text: phone } },
    })
    expect(answer.json).toMatchObject({ code: 'REASON_TOO_SHORT', path: '/reason' })
  })

  it('holds an account to its limits, however many calls arrive at once, and says when again', async () => {
    const lead = await server.signIn('post-lead', city)
    const burst = await Promise.all(
      Array.from({ length: lookUpLimits.lookUpsPerMinute + 6 }, () =>
        search(lead, 'phone', '13800000000', 'hand-over'),
      ),
    )
    expect(burst.filter(({ status }) => status === 200)).toHaveLength(lookUpLimits.lookUpsPerMinute)
    const refused = burst.find(({ status }) => status === 429)
    expect(refused?.json).toMatchObject({ code: 'LOOK_UP_LIMIT_REACHED', retryAfterSeconds: 60 })
    expect(refused?.headers.get('retry-after')).toBe('60')
    const left = (await lead.send({ path: '/api/identity/own-look-ups' })).json as Answer & {
      lookUps: object[]
    }
    expect(left.limits).toMatchObject({
      lookUpsLeftThisMinute: 0,
      lookUpsLeftToday: lookUpLimits.lookUpsPerDay - 10,
    })
    expect(left.lookUps).toHaveLength(lookUpLimits.lookUpsPerMinute)
    server.clock.now += 59_999
    expect((await search(lead, 'phone', phone, 'hand-over')).status).toBe(429)
    server.clock.now += 1
    expect((await search(lead, 'phone', phone, 'hand-over')).status).toBe(200)
    const neighbour = await server.signIn('post-lead', doumen)
    expect((await search(neighbour, 'phone', phone, 'hand-over')).status).toBe(200)
  })

  it('holds to the limit of a day across a restart', async () => {
    const commander = await server.signIn('commander', city)
    await server.db.pool.query(
      `insert into identity_look_ups
        select $1, $2::timestamptz - n * interval '5 minutes', gen_random_uuid(), $3, 'commander', 'hand-over',
          'phone', '\\x00', 0, '2020-02-10', null from generate_series(1, $4) as n`,
      [city, new Date(server.clock.now), commander.actor.accountId, lookUpLimits.lookUpsPerDay],
    )
    const again = await startTestServer({ databaseUrl: database.url })
    again.clock.now = server.clock.now
    const session = await again.signIn('commander', city)
    const answer = await search(session, 'phone', phone, 'hand-over')
    const wait = 86_400 - lookUpLimits.lookUpsPerDay * 300
    expect(answer.json).toMatchObject({ code: 'LOOK_UP_LIMIT_REACHED', retryAfterSeconds: wait })
    await again.close()
  })

  it('audits a search without a match by its digest alone, and keeps what was searched for nowhere', async () => {
    const clerk = await server.signIn('screening-clerk', doumen)
    await search(clerk, 'phone', '13999999999')
    const { rows } = await server.db.pool.query<{ matches: number; searched_digest: Buffer; id: string }>(
      'select * from identity_look_ups where account_id = $1',
      [clerk.actor.accountId],
    )
    expect(rows).toMatchObject([{ matches: 0 }])
    expect(rows[0]?.searched_digest).toHaveLength(16)
    const { rows: entries } = await server.db.pool.query(
      'select * from audit_entries where jurisdiction = $1 and subject = $2',
      [doumen, rows[0]?.id],
    )
    expect(entries).toMatchObject([
      { action: 'identity.look-up', outcome: 'done', detail: 'contact-tracing, by phone, 0 matches' },
    ])
  })

  it('leaves no identity and no reason in clear in the database or the log', async () => {
    const { rows: tables } = await server.db.pool.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    )
    const dump: string[] = []
    for (const { name } of tables) {
      const { rows } = await server.db.pool.query<{ row: string }>(`select t::text as row from "${name}" t`)
      dump.push(...rows.map(({ row }) => row))
    }
    const everything = [...dump, ...server.logged].join('\n')
    expect(everything).toContain('contact-tracing')
    for (const clear of ['欧阳修', phone, passport, plate, '核对', '13999999999'])
      expect(everything.includes(clear), clear).toBe(false)
    for (const clear of ['欧阳修', phone, '核对'])
      expect(everything.includes(Buffer.from(clear).toString('hex')), clear).toBe(false)
  })

  it('shows the data-protection officer who saw people, wide look-ups first, and nobody else', async () => {
    const clerk = await server.signIn('screening-clerk', xiangzhou)
    await server.db.pool.query(
      `insert into identity_look_ups
        select $1, $2::timestamptz - n * interval '1 second', gen_random_uuid(), $3, 'screening-clerk', 'follow-up',
          'phone', '\\x00', 0, '2020-02-10', null from generate_series(1, $4) as n`,
      [xiangzhou, new Date(testNowMs), clerk.actor.accountId, wideLookUpsPerDay + 1],
    )
    const officer = await server.signIn('data-protection-officer', city)
    const answer = await officer.send({ path: `/api/identity/accesses?area=${city}&day=2020-02-10` })
    const { officers, latest } = answer.json as { officers: Record<string, unknown>[]; latest: unknown[] }
    // The commander of the limit of a day, and the clerk.
    expect(officers.map(({ wide }) => wide).lastIndexOf(true)).toBe(1)
    expect(officers.slice(0, 2)).toContainEqual(
      expect.objectContaining({
        accountId: clerk.actor.accountId,
        lookUpsWithoutMatch: wideLookUpsPerDay + 1,
        officer: { zh: '测试', en: 'Test' },
      }),
    )
    expect(latest.length).toBeGreaterThan(0)
    expect(JSON.stringify(answer.json)).not.toContain(screenings[0]?.id)
    for (const role of ['commander', 'administrator', 'screening-clerk'] as const) {
      const session = await server.signIn(role, city)
      const refused = await session.send({ path: `/api/identity/accesses?area=${city}` })
      expect(refused.json).toMatchObject({ code: 'ROLE_NOT_ALLOWED' })
    }
    const district = await server.signIn('auditor', doumen)
    expect((await district.send({ path: `/api/identity/accesses?area=${city}` })).json).toMatchObject({
      code: 'OUTSIDE_AREA',
    })
  })
})
