import type { OpenHandover } from '@guankou/contract/handovers/commands.ts'
import {
  actOnHandover,
  changeHandoverLimits,
  listHandovers,
  readHandoverChain,
  readHandoverNames,
} from '@guankou/contract/handovers/endpoints.ts'
import { deleteFacts } from '@guankou/db/queries/retention/destroy.ts'
import { aReading, aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { anOpening, type SomebodyWithPhone, somebodyWithPhone } from '../../../tests-support/handovers.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
  testNowMs,
} from '../../../tests-support/test-server.ts'
import { escalateHandovers } from './escalate-handovers.ts'

const city = 440400
const [district, neighbour] = [440402, 440403]
const minuteMs = 60_000
const ago = (minutes: number): number => testNowMs - minutes * minuteMs

describe.each(inject('databaseServers'))('hand-overs on $name', ({ url }) => {
  let test: TestDatabase
  let server: TestServer
  let post: SomebodyWithPhone
  let transport: SomebodyWithPhone
  let clinic: SomebodyWithPhone
  let commander: TestSession
  beforeAll(async () => {
    test = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: test.url })
    post = await somebodyWithPhone(server, 'inspector', district)
    transport = await somebodyWithPhone(server, 'transport-crew', city)
    clinic = await somebodyWithPhone(server, 'clinic-staff', city)
    commander = await server.signIn('commander', city)
  })
  afterAll(async () => {
    await server.close()
    await test.drop()
  })

  const lineOf = async ({ id, jurisdiction: area }: OpenHandover, session = commander) => {
    const answer = await session.client.call(listHandovers, { query: { area } })
    const line = answer.is === 'ok' ? answer.value.handovers.find((each) => each.id === id) : undefined
    if (line === undefined) throw new Error(`no such line: ${JSON.stringify(answer)}`)
    return line
  }
  const chainOf = async ({ id, jurisdiction }: OpenHandover, session = commander) => {
    const answer = await session.client.call(readHandoverChain, { query: { jurisdiction, id } })
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value
  }
  const codes = (outcomes: readonly { outcome: string; code?: string }[]) =>
    outcomes.map(({ outcome, code }) => code ?? outcome)
  const fullChain = async (opening: OpenHandover, openedMs: number) => [
    await post.sign(opening, 'post-gives', openedMs + 2 * minuteMs),
    await transport.sign(opening, 'transport-takes', openedMs + 3 * minuteMs, null),
    await transport.sign(opening, 'transport-gives', openedMs + 20 * minuteMs),
    await clinic.sign(opening, 'clinic-takes', openedMs + 21 * minuteMs),
  ]

  it('go from the post by transport to the clinic, each signing on its own device', async () => {
    const openedMs = ago(200)
    const opening = anOpening(openedMs)
    const [gives, takes, givesOn, received] = await fullChain(opening, openedMs)
    expect(codes(await post.push([opening, gives]))).toEqual(['accepted', 'accepted'])
    expect(await lineOf(opening)).toMatchObject({ state: 'at-post', opening: { postId: 1 } })
    expect(codes(await transport.push([takes]))).toEqual(['accepted'])
    expect(await lineOf(opening)).toMatchObject({ state: 'with-transport', doubts: [] })
    expect(codes(await transport.push([givesOn]))).toEqual(['accepted'])
    expect(codes(await clinic.push([received]))).toEqual(['accepted'])
    const { line, signatures } = await chainOf(opening)
    expect(line).toMatchObject({ state: 'received', overdueAt: null, doubts: [] })
    expect(signatures.map(({ verdict, counts }) => [verdict, counts])).toEqual([
      ['good', true],
      ['by-code', true],
      ['good', true],
      ['good', true],
    ])
    const close = {
      kind: 'handover.close' as const,
      ...clinic.step(opening, ago(100)),
      reason: 'admitted' as const,
      note: '已入住隔离病房 3',
    }
    expect(codes(await clinic.push([close]))).toEqual(['accepted'])
    const closed = await chainOf(opening)
    expect(closed.line.state).toBe('closed')
    expect(closed.notes).toEqual([{ factId: close.id, note: '已入住隔离病房 3' }])
    const { rows } = await server.db.pool.query<{ payload: { state: string } }>(
      "select payload from outbox where payload->>'topic' = 'handovers' and payload->>'handoverId' = $1 order by id",
      [opening.id],
    )
    expect(rows.map(({ payload }) => payload.state)).toEqual([
      'at-post',
      'at-post',
      'with-transport',
      'with-transport',
      'received',
      'closed',
    ])
  })

  it('end in the same state when signatures arrive before the opening, backwards and twice', async () => {
    const openedMs = ago(190)
    const opening = anOpening(openedMs)
    const [gives, takes, givesOn, received] = await fullChain(opening, openedMs)
    expect(codes(await clinic.push([received, received]))).toEqual(['accepted', 'accepted'])
    expect(await lineOf(opening)).toMatchObject({
      state: 'received',
      opening: null,
      doubts: [
        { kind: 'signature-missing', side: 'post-gives' },
        { kind: 'signature-missing', side: 'transport-takes' },
        { kind: 'signature-missing', side: 'transport-gives' },
      ],
    })
    expect(codes(await transport.push([givesOn, takes]))).toEqual(['accepted', 'accepted'])
    expect(codes(await post.push([gives, opening, opening]))).toEqual(['accepted', 'accepted', 'accepted'])
    const { line, signatures } = await chainOf(opening)
    expect(line).toMatchObject({ state: 'received', doubts: [] })
    expect(signatures.filter(({ counts }) => counts)).toHaveLength(4)
    expect(signatures).toHaveLength(4)
  })

  it('refuse whoever signs for the other side, again, or with a key that is not of the device', async () => {
    const openedMs = ago(180)
    const opening = anOpening(openedMs)
    const takenFor = await post.sign(opening, 'transport-takes', openedMs + minuteMs)
    const early = await transport.sign(opening, 'transport-takes', openedMs + 2 * minuteMs)
    const late = await transport.sign(opening, 'transport-takes', openedMs + 9 * minuteMs)
    const forged = {
      ...(await clinic.sign(opening, 'clinic-takes', openedMs + 9 * minuteMs)),
      proof: early.proof,
    }
    const before = await transport.sign(opening, 'transport-takes', openedMs - 6 * minuteMs)
    expect(codes(await post.push([opening, takenFor]))).toEqual(['accepted', 'HANDOVER_NOT_YOUR_SIDE'])
    expect(codes(await transport.push([before]))).toEqual(['HANDOVER_TIME_RUNS_BACK'])
    expect(codes(await transport.push([early]))).toEqual(['accepted'])
    expect(codes(await transport.push([late]))).toEqual(['HANDOVER_ALREADY_SIGNED'])
    expect(codes(await clinic.push([forged]))).toEqual(['HANDOVER_SIGNATURE_WRONG'])
    const other = { ...early, opening: 'A'.repeat(43) }
    expect(codes(await transport.push([other]))).toEqual(['HANDOVER_SIGNATURE_WRONG'])
    const cancel = {
      kind: 'handover.cancel' as const,
      ...post.step(opening, openedMs + 10 * minuteMs),
      reason: 'refused' as const,
    }
    expect(codes(await post.push([cancel]))).toEqual(['HANDOVER_TAKEN'])
  })

  it('tell apart a signature for other content, and one that was changed in the database', async () => {
    const openedMs = ago(175)
    const opening = anOpening(openedMs)
    await post.push([opening])
    const digest = 'Q'.repeat(43)
    await transport.push([await transport.sign(opening, 'transport-takes', openedMs + minuteMs, digest)])
    expect((await chainOf(opening)).signatures.map(({ verdict }) => verdict)).toEqual(['other-content'])
    await server.db.pool.query(
      "update handover_facts set at = at + interval '1 minute' where handover_id = $1 and kind = 'signed'",
      [opening.id],
    )
    expect((await chainOf(opening)).signatures.map(({ verdict }) => verdict)).toEqual(['wrong'])
  })

  it('let those who take people over send nothing else, and open none', async () => {
    const opening = anOpening(ago(170))
    const screening = aScreening({ occurredAt: new Date(ago(170)).toISOString() }, 77)
    expect(codes(await transport.push([screening, opening]))).toEqual([
      'ROLE_NOT_ALLOWED',
      'ROLE_NOT_ALLOWED',
    ])
    expect(codes(await clinic.push([opening]))).toEqual(['ROLE_NOT_ALLOWED'])
    const answer = await transport.session.send({ path: '/api/screenings', body: screening })
    expect(answer.json).toMatchObject({ code: 'ROLE_NOT_ALLOWED' })
  })

  it.each([
    ['UNKNOWN_POST', { postId: 5 }],
    ['UNKNOWN_RESPONSE', { responseId: 'none' }],
    ['HANDOVER_WITHOUT_INDEX', { people: [{ seat: 1, part: 'near' as const }] }],
    [
      'SEAT_TAKEN_TWICE',
      {
        people: [
          { seat: 1, part: 'index' as const },
          { seat: 1, part: 'near' as const },
        ],
      },
    ],
    ['HANDOVER_NOT_OF_SCREENING', { screeningId: anOpening(ago(1)).screeningId }],
    ['OUTSIDE_AREA', { jurisdiction: neighbour, postId: 5 }],
  ])('refuse an opening with %s', async (code, overrides) => {
    expect(codes(await post.push([anOpening(ago(165), overrides)]))).toEqual([code])
  })

  it('go to the lead and then to the commander by the clock, once each, and stop once somebody takes over', async () => {
    const opening = anOpening(server.clock.now)
    await post.push([opening])
    const levels: (string | null)[] = []
    for (let minute = 0; minute <= 95; minute += 5) {
      // Two servers at once.
      await Promise.all([escalateHandovers(server.context), escalateHandovers(server.context)])
      levels.push((await lineOf(opening)).escalatedTo)
      server.clock.now += 5 * minuteMs
    }
    expect(levels.indexOf('post-lead')).toBe(6)
    expect(levels.indexOf('commander')).toBe(12)
    const { rows } = await server.db.pool.query<{ to_role: string }>(
      "select to_role from handover_facts where kind = 'escalated' and handover_id = $1 order by at",
      [opening.id],
    )
    expect(rows.map(({ to_role }) => to_role)).toEqual(['post-lead', 'commander'])
    await transport.push([await transport.sign(opening, 'transport-takes', server.clock.now)])
    await escalateHandovers(server.context)
    expect((await lineOf(opening)).escalatedTo).toBeNull()
    server.clock.now += 60 * minuteMs
    await escalateHandovers(server.context)
    expect((await lineOf(opening)).escalatedTo).toBe('post-lead')
    const audited = await server.db.pool.query<{ n: number }>(
      "select count(*)::int as n from audit_entries where action = 'handovers.escalate' and subject = $1",
      [opening.id],
    )
    expect(audited.rows[0]?.n).toBe(3)
    server.clock.now = testNowMs
  })

  it('follow limits that the commander of the city alone decides', async () => {
    const wanted = { waitMinutes: 10, roadMinutes: 20 }
    expect(await commander.client.call(changeHandoverLimits, { body: wanted })).toMatchObject({ is: 'ok' })
    const lead = await server.signIn('commander', district)
    const refusedThere = await lead.client.call(changeHandoverLimits, { body: wanted })
    expect(refusedThere).toMatchObject({ is: 'refused', error: { code: 'OUTSIDE_AREA' } })
    const opening = anOpening(ago(11))
    await post.push([opening])
    await escalateHandovers(server.context)
    expect((await lineOf(opening)).escalatedTo).toBe('post-lead')
  })

  it('show findings to whoever stands beside the people, covered names to whoever takes them, and nobody more', async () => {
    const screenedMs = ago(60)
    const readings = [aReading({ at: new Date(screenedMs - 8_000).toISOString() })]
    const screening = aScreening(
      {
        occurredAt: new Date(screenedMs).toISOString(),
        rulesVersion: 2,
        travellers: [
          aTraveller({ seat: 1, name: '欧阳小明', readings }),
          aTraveller({ seat: 2, name: '李四', readings }),
          aTraveller({ seat: 3, name: '王五', readings }),
        ],
      },
      901,
    )
    const opening = anOpening(screenedMs + minuteMs, {
      screeningId: screening.id,
      people: [
        { seat: 1, part: 'index' },
        { seat: 2, part: 'companion' },
        { seat: 3, part: 'near' },
      ],
    })
    expect(codes(await post.push([screening, opening]))).toEqual(['accepted', 'accepted'])
    const findings = async (session: TestSession) =>
      (await lineOf(opening, session)).opening?.people.map((person) => person.findings !== null)
    expect(await findings(transport.session)).toEqual([true, true, true])
    expect(await findings(await server.signIn('auditor', city))).toEqual([false, false, false])
    const query = { jurisdiction: district, id: opening.id }
    const names = await transport.session.client.call(readHandoverNames, { query })
    expect(names).toMatchObject({
      is: 'ok',
      value: {
        people: [
          { seat: 1, maskedName: '欧**' },
          { seat: 2, maskedName: '李*' },
        ],
      },
    })
    expect(names.is === 'ok' ? names.value.people : []).toHaveLength(2)
    expect(await commander.client.call(readHandoverNames, { query })).toMatchObject({ is: 'refused' })
    const { rows } = await server.db.pool.query<{ seat: number; purpose: string; fields: string[] }>(
      'select seat, purpose, fields from identity_accesses where screening_id = $1 order by seat',
      [screening.id],
    )
    expect(rows).toEqual([
      { seat: 1, purpose: 'hand-over', fields: ['name'] },
      { seat: 2, purpose: 'hand-over', fields: ['name'] },
    ])
    const answer = JSON.stringify([await lineOf(opening, transport.session), await chainOf(opening)])
    for (const name of ['欧阳小明', '欧', '李四', '王五']) expect(answer).not.toContain(name)
  })

  it('are closed and cancelled from a desk in its own area, and never signed there', async () => {
    const openedMs = ago(9)
    const opening = anOpening(openedMs)
    await post.push([opening])
    const lead = await server.signIn('post-lead', district)
    const stranger = await server.signIn('post-lead', neighbour)
    const cancel = {
      kind: 'handover.cancel' as const,
      ...post.step(opening, ago(5)),
      reason: 'other' as const,
    }
    const call = (session: TestSession, body: object) =>
      session.client.call(actOnHandover, { body: body as typeof cancel })
    expect(await call(stranger, cancel)).toMatchObject({ error: { code: 'OUTSIDE_AREA' } })
    expect(await call(lead, cancel)).toMatchObject({ error: { code: 'HANDOVER_NOTE_NEEDED' } })
    const told = { ...cancel, note: '当事人由家属送医' }
    expect(await call(lead, told)).toMatchObject({ is: 'ok', value: { duplicate: false } })
    expect(await call(lead, told)).toMatchObject({ is: 'ok', value: { duplicate: true } })
    expect((await lineOf(opening)).state).toBe('cancelled')
    const signed = await post.sign(opening, 'post-gives', ago(4))
    expect(await call(lead, signed)).toMatchObject({ is: 'refused', error: { code: 'INVALID_INPUT' } })
    await transport.push([await transport.sign(opening, 'transport-takes', ago(6))])
    expect((await lineOf(opening)).state).toBe('with-transport')
    const { rows } = await server.db.pool.query<{ note: Buffer }>(
      'select note_sealed as note from handover_facts where id = $1',
      [cancel.id],
    )
    expect(rows[0]?.note.includes(Buffer.from('家属'))).toBe(false)
  })

  it('go with the facts of their day', async () => {
    const from = new Date(ago(24 * 60))
    const window = { jurisdiction: district, from, until: new Date(testNowMs + 600 * minuteMs) }
    await deleteFacts(server.db.query, window)
    const { rows } = await server.db.pool.query<{ left: number }>(
      `select (select count(*) from handovers) + (select count(*) from handover_people)
        + (select count(*) from handover_facts) as left`,
    )
    expect(Number(rows[0]?.left)).toBe(0)
  })
})
