import type { PostsBoard, PostView } from '@guankou/contract/posts/endpoints.ts'
import { aReading, aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aPostFact, minutesAgo } from '../../../tests-support/post-facts.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'

const district = 440402
const deviceId = '6f1c1b1e-5d0a-4f0e-9b1a-0000000000b1'
const phone = { id: deviceId, label: 'Test phone' }

describe.each(inject('databaseServers'))('the running of posts on $name', ({ url }) => {
  let test: TestDatabase
  let server: TestServer
  let inspector: TestSession
  let lead: TestSession
  let planner: TestSession
  beforeAll(async () => {
    test = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: test.url })
    inspector = await server.signIn('inspector', district, phone)
    lead = await server.signIn('post-lead', district)
    planner = await server.signIn('duty-planner', 440400)
  })
  afterAll(async () => {
    await server.close()
    await test.drop()
  })
  const record = (who: TestSession, body: object) => who.send({ path: '/api/posts/facts', body })
  const push = (who: TestSession, commands: readonly object[], rejected = 0) =>
    who.send({
      path: '/api/sync/push',
      body: {
        deviceId: who.actor.deviceId ?? deviceId,
        sentAt: minutesAgo(0),
        outbox: { queued: 3, rejected, unreadable: 0 },
        commands,
      },
    })
  const look = async (who: TestSession, postId = 1) =>
    (await who.send({ path: `/api/posts/post?postId=${postId}` })).json as PostView
  const board = async (who = lead) =>
    ((await who.send({ path: `/api/posts/board?area=${district}` })).json as PostsBoard).posts.find(
      ({ postId }) => postId === 1,
    )

  it('takes facts from phones once each, and tells the state that follows', async () => {
    const commands = [
      aPostFact({
        is: 'clocked-in',
        health: { is: 'checked', temperatureCelsius: 36.4, symptoms: ['cough'] },
      }),
      aPostFact({ is: 'lane-set', lane: 1, open: true }),
      aPostFact({ is: 'lane-set', lane: 2, open: true }),
      aPostFact({ is: 'lane-set', lane: 2, open: false }, { occurredAt: minutesAgo(5) }),
      aPostFact({ is: 'queue-seen', vehicles: 12 }),
      aPostFact({ is: 'supply-counted', item: 'masks', quantity: 40 }),
      aPostFact({ is: 'book-written', text: '二号道升降杆坏了，已报修', open: true }),
    ]
    expect((await push(inspector, commands)).json).toMatchObject({
      outcomes: commands.map(() => ({ outcome: 'accepted', duplicate: false })),
    })
    expect((await push(inspector, commands)).json).toMatchObject({
      outcomes: commands.map(() => ({ outcome: 'accepted', duplicate: true })),
    })
    await record(lead, aPostFact({ is: 'supply-low-at', item: 'masks', quantity: 50 }))
    expect(await board()).toMatchObject({
      state: 'silent',
      lanesOpen: [1],
      lanesAreRecorded: true,
      crew: { onPost: 1, withoutCheck: 0, conflicts: 0 },
      queueSeen: { vehicles: 12 },
      wait: { is: 'unknown', why: 'nothing-recorded' },
      suppliesLow: ['masks'],
      book: { open: 1, unread: 1 },
      handoversOpen: 0,
      devices: { count: 1, unsent: 3, rejected: 0 },
    })
  })

  it('keeps what a health check found and what the book says sealed, and shows the one to the lead alone', async () => {
    const { rows } = await server.db.pool.query<{ text: string }>(
      "select happening::text || coalesce(encode(sealed, 'escape'), '') as text from post_facts",
    )
    const stored = rows.map(({ text }) => text).join('\n')
    expect(stored).not.toContain('cough')
    expect(stored).not.toContain('36.4')
    expect(stored).not.toContain('升降杆')
    for (const who of [inspector, lead, planner]) {
      const view = await look(who)
      expect(JSON.stringify(view)).not.toMatch(/cough|36\.4|temperature/)
      expect(JSON.stringify(view)).toContain('升降杆')
      expect(view.facts.find(({ happening }) => happening.is === 'clocked-in')?.happening).toEqual({
        is: 'clocked-in',
        health: { is: 'checked' },
      })
    }
    const path = '/api/posts/crew-health?postId=1'
    expect((await lead.send({ path })).json).toMatchObject({
      checks: [{ officerId: inspector.actor.accountId, health: { temperatureCelsius: 36.4 } }],
    })
    for (const who of [inspector, planner])
      expect((await who.send({ path })).json).toMatchObject({ code: 'ROLE_NOT_ALLOWED' })
    const other = await server.signIn('post-lead', 440403)
    expect((await other.send({ path })).json).toMatchObject({ code: 'OUTSIDE_AREA' })
  })

  it('tells the wait from what passed, the lanes and the queue that was seen', async () => {
    const { actor } = await server.signIn('service-account', 440400)
    const person = aTraveller({ readings: [aReading({ at: minutesAgo(59) })] })
    for (let at = 0; at < 30; at += 1) {
      const occurredAt = new Date(Date.parse(minutesAgo(58)) + at * 110_000).toISOString()
      const travellers = [{ ...person, readings: [{ ...aReading(), at: occurredAt }] }]
      const command = aScreening({ occurredAt, rulesVersion: 2, travellers, queueVehicles: 12 }, 70_000 + at)
      expect(await server.context.recorder.record(actor, command)).toMatchObject({ ok: true })
    }
    const line = await board()
    expect(line).toMatchObject({
      state: 'running',
      flow: { vehicles: 30, meanSecondsPerVehicle: 20 },
      wait: { is: 'estimated', basis: 'queue-seen', version: 'queueing-1' },
    })
    if (line?.wait.is !== 'estimated') throw new Error('no estimate')
    const { low, value, high } = line.wait.waitMinutes
    // Thirteen more vehicles at 30 an hour: 26 minutes.
    expect(value).toBeGreaterThan(20)
    expect(value).toBeLessThan(32)
    expect(Number(low)).toBeLessThan(Number(value))
    expect(Number(high)).toBeGreaterThan(Number(value))
    expect((await look(planner)).slots.reduce((total, { vehicles }) => total + vehicles, 0)).toBe(30)
  })

  it.each([
    [{ is: 'lane-set', lane: 60, open: true }, 'UNKNOWN_LANE'],
    [{ is: 'clocked-in', health: { is: 'checked', symptoms: [] } }, 'READING_INCOMPLETE'],
    [
      { is: 'book-taken-over', entryIds: [aPostFact({ is: 'queue-seen', vehicles: 1 }).id] },
      'NOT_OF_THIS_ROLE',
    ],
    [{ is: 'book-written', text: '司机电话 13800138000', open: false }, 'BOOK_NAMES_SOMEBODY'],
    [{ is: 'clocked-out', officerId: '016fd2d1-42d0-7881-8034-84e6d1c4acd0' }, 'NOT_YOURSELF'],
    [{ is: 'supply-low-at', item: 'masks', quantity: 1 }, 'NOT_OF_THIS_ROLE'],
  ] as const)('refuses %o of an inspector', async (happening, code) => {
    expect((await record(inspector, aPostFact(happening as never))).json).toMatchObject({ code })
  })

  it('refuses the same id for something else, and says so', async () => {
    const first = aPostFact({ is: 'queue-seen', vehicles: 12 })
    expect(await record(inspector, first)).toMatchObject({ status: 201 })
    const other = { ...first, happening: { is: 'queue-seen', vehicles: 13 } }
    expect((await record(inspector, other)).json).toMatchObject({ code: 'COMMAND_ID_REUSED' })
  })

  describe('an officer of another district who is sent', () => {
    let away: TestSession
    const awayPhone = { id: '6f1c1b1e-5d0a-4f0e-9b1a-0000000000b2', label: 'Phone from the next district' }
    const sent = () =>
      aPostFact(
        {
          is: 'reinforcement-sent',
          officers: 2,
          unit: '斗门分局',
          officerIds: [away.actor.accountId],
          until: minutesAgo(-300),
        },
        { occurredAt: minutesAgo(9) },
      )
    beforeAll(async () => {
      away = await server.signIn('inspector', 440403, awayPhone)
    })
    const arrival = (sentId: string) =>
      aPostFact(
        { is: 'reinforcement-arrived', sentId, officerId: away.actor.accountId },
        { occurredAt: minutesAgo(7) },
      )
    const screening = (minutes: number, serial: number) => {
      const occurredAt = minutesAgo(minutes)
      const travellers = [aTraveller({ readings: [{ ...aReading(), at: occurredAt }] })]
      return aScreening({ occurredAt, rulesVersion: 2, travellers }, serial)
    }
    let dispatch: ReturnType<typeof sent>

    it('may do nothing there before that, and cannot let themselves in', async () => {
      dispatch = sent()
      const outcome = await push(away, [screening(6, 80_001), arrival(dispatch.id), { ...dispatch }])
      expect(outcome.json).toMatchObject({
        outcomes: [{ code: 'OUTSIDE_AREA' }, { code: 'OUTSIDE_AREA' }, { code: 'OUTSIDE_AREA' }],
      })
      expect((await away.send({ path: '/api/posts/post?postId=1' })).json).toMatchObject({
        code: 'OUTSIDE_AREA',
      })
    })

    it('is named by whoever answers for both districts, and by nobody else', async () => {
      expect((await record(lead, dispatch)).json).toMatchObject({ code: 'UNKNOWN_OFFICER' })
      expect(await record(planner, dispatch)).toMatchObject({ status: 201 })
      expect(await board()).toMatchObject({ reinforcement: { underWay: 2, arrived: 0 } })
    })

    it('is told of the post, and records there from arriving on, in one push with it', async () => {
      const told = (await away.send({ path: '/api/posts/dispatches' })).json
      expect(told).toMatchObject({
        dispatches: [{ id: dispatch.id, post: { id: 1 }, place: { code: district } }],
      })
      expect((await inspector.send({ path: '/api/posts/dispatches' })).json).toEqual({ dispatches: [] })
      const elsewhere = aPostFact({ is: 'queue-seen', vehicles: 3 }, { postId: 2, occurredAt: minutesAgo(5) })
      const outcome = await push(away, [
        screening(6, 80_002),
        screening(8, 80_003),
        arrival(dispatch.id),
        elsewhere,
      ])
      expect(outcome.json).toMatchObject({
        outcomes: [
          { outcome: 'accepted' },
          // Before arriving, and at another post of that district.
          { code: 'OUTSIDE_AREA' },
          { outcome: 'accepted' },
          { code: 'OUTSIDE_AREA' },
        ],
      })
      expect(await board()).toMatchObject({
        crew: { onPost: 2, reinforcements: 1 },
        reinforcement: { underWay: 1, arrived: 1 },
      })
      expect((await look(away)).facts.length).toBeGreaterThan(0)
    })

    it('is named to the crew and its lead, as is who sent them, and nobody else of another area is', async () => {
      const { accountId } = (await server.signIn('inspector', 440404)).actor
      // A lead writes of whomever they like: that alone tells no name.
      const stranger = aPostFact({ is: 'clocked-out', officerId: accountId })
      expect(await record(lead, stranger)).toMatchObject({ status: 201 })
      const named = (await look(lead)).officers.map(({ id }) => id)
      expect(named).toContain(away.actor.accountId)
      expect(named).toContain(planner.actor.accountId)
      expect(named).not.toContain(accountId)
    })

    it('is one of the crew there, whatever they lead at home', async () => {
      const taken = aPostFact(
        { is: 'book-taken-over', entryIds: [dispatch.id] },
        { occurredAt: minutesAgo(4) },
      )
      expect((await push(away, [taken])).json).toMatchObject({ outcomes: [{ code: 'NOT_OF_THIS_ROLE' }] })
    })

    it('leaves, and from then on is outside again', async () => {
      const left = aPostFact(
        { is: 'reinforcement-left', sentId: dispatch.id, officerId: away.actor.accountId },
        { occurredAt: minutesAgo(3) },
      )
      expect((await push(away, [left])).json).toMatchObject({ outcomes: [{ outcome: 'accepted' }] })
      expect((await push(away, [screening(2, 80_004)])).json).toMatchObject({
        outcomes: [{ code: 'OUTSIDE_AREA' }],
      })
      // What they did before, and sent late, is theirs still.
      expect((await push(away, [screening(5, 80_005)])).json).toMatchObject({
        outcomes: [{ outcome: 'accepted' }],
      })
      expect((await away.send({ path: '/api/posts/post?postId=1' })).json).toMatchObject({
        code: 'OUTSIDE_AREA',
      })
      expect(await board()).toMatchObject({ crew: { onPost: 1, reinforcements: 0 } })
    })
  })

  it('counts hand-overs that no clinic has taken', async () => {
    const id = '016fd2d1-42d0-7881-8034-84e6d1c4acd1'
    await server.db.pool.query(
      `insert into handovers values (440402, $1, $2, $1, '2020-02-10', 1, 'covid-19-like', $2, null, $2, null, '')`,
      [minutesAgo(20), id],
    )
    expect(await board()).toMatchObject({ handoversOpen: 1 })
    expect((await look(lead)).handoversOpen).toBe(1)
    await server.db.pool.query(
      `insert into handover_facts (jurisdiction, occurred_at, handover_id, id, kind, at, recorded_at, day, account_id,
        reason, content_digest)
       values (440402, $1, $2, $2, 'closed', $1, $1, '2020-02-10', $2, 'other', '')`,
      [minutesAgo(20), id],
    )
    expect(await board()).toMatchObject({ handoversOpen: 0 })
  })

  it('lists who can be sent and where they are, in the own area alone', async () => {
    const answer = await lead.send({ path: `/api/posts/officers?area=${district}` })
    const { officers } = answer.json as { officers: { id: string; areaCode: number; atPostId: number }[] }
    expect(officers.every(({ areaCode }) => areaCode === district)).toBe(true)
    expect(officers.find(({ id }) => id === inspector.actor.accountId)?.atPostId).toBe(1)
  })

  it('shows the phones of a post with what was refused of them by reason, but not to inspectors', async () => {
    await push(inspector, [aPostFact({ is: 'lane-set', lane: 60, open: true })], 1)
    expect((await look(lead)).devices.find(({ id }) => id === deviceId)).toMatchObject({
      label: 'Test phone',
      queued: 3,
      rejected: 1,
      refused: [{ code: 'UNKNOWN_LANE', count: 1 }],
    })
    expect((await look(inspector)).devices).toEqual([])
  })
})
