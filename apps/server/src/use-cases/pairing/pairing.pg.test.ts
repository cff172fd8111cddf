import { lookUpPerson } from '@guankou/contract/identity/look-up.ts'
import {
  endPairing,
  joinPairing,
  listPairings,
  listPartners,
  lookUpInPairing,
  openPairing,
  readOwnPairings,
  readPairing,
  type Said,
  sayInPairing,
} from '@guankou/contract/pairing/endpoints.ts'
import { aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'

const [city, district, neighbour] = [440400, 440402, 440403]
const plate = '粤C12345'

describe.each(inject('databaseServers'))('pairings on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let field: TestSession
  let desk: TestSession
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    field = await server.signIn('inspector', district)
    desk = await server.signIn('desk-partner', city)
  }, 120_000)
  afterAll(async () => {
    await server?.close()
    await database?.drop()
  })

  const newId = (): string => v7({ msecs: server.clock.now })
  const open = async (who = field, partner?: string) => {
    const body = { id: newId(), ...(partner === undefined ? {} : { partner }) }
    const answer = await who.client.call(openPairing, { body })
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value
  }
  const paired = async () => {
    const { pairingId, code } = await open()
    const joined = await desk.client.call(joinPairing, { body: { code: code ?? '' } })
    if (joined.is !== 'ok') throw new Error(JSON.stringify(joined))
    return pairingId
  }
  const say = (who: TestSession, pairingId: string, said: Said, id = newId()) =>
    who.client.call(sayInPairing, { body: { pairingId, id, said } })
  const facts = async (who: TestSession, pairing: string, after = 0) => {
    const answer = await who.client.call(readPairing, { query: { pairing, after } })
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value.facts
  }
  const end = (who: TestSession, pairingId: string) => who.client.call(endPairing, { body: { pairingId } })

  it('are joined once by a code that only the field is shown', async () => {
    const { pairingId, code, state } = await open()
    expect(state).toBe('waiting')
    expect(code).toMatch(/^\d{6}$/)
    const joined = await desk.client.call(joinPairing, { body: { code: code ?? '' } })
    expect(joined).toMatchObject({ value: { pairingId, state: 'running', code: null } })
    const late = await server.signIn('desk-partner', district)
    expect(await late.client.call(joinPairing, { body: { code: code ?? '' } })).toMatchObject({
      error: { code: 'UNKNOWN_PAIRING' },
    })
    expect(await late.client.call(readPairing, { query: { pairing: pairingId } })).toMatchObject({
      error: { code: 'UNKNOWN_PAIRING' },
    })
    await end(field, pairingId)
  })

  it('wait for a partner who is picked, and go on where a page was closed', async () => {
    const partners = await field.client.call(listPartners, {})
    expect(partners).toMatchObject({
      value: {
        partners: expect.arrayContaining([expect.objectContaining({ accountId: desk.actor.accountId })]),
      },
    })
    const { pairingId, code } = await open(field, desk.actor.accountId)
    expect(code).toBeNull()
    expect(await desk.client.call(readOwnPairings, {})).toMatchObject({
      value: { current: null, waiting: [{ pairingId }] },
    })
    await desk.client.call(joinPairing, { body: { pairingId } })
    for (const who of [field, desk])
      expect(await who.client.call(readOwnPairings, {})).toMatchObject({
        value: { current: { pairingId, state: 'running' }, waiting: [] },
      })
    const stranger = await server.signIn('desk-partner', neighbour)
    expect(
      await field.client.call(openPairing, { body: { id: newId(), partner: stranger.actor.accountId } }),
    ).toMatchObject({ error: { code: 'UNKNOWN_PARTNER' } })
    await end(desk, pairingId)
  })

  it('carry a question to the desk and its answer back, in order, each once however often it is sent', async () => {
    const pairingId = await paired()
    await say(field, pairingId, { kind: 'subject', subject: { kind: 'plate', text: plate } })
    const question = newId()
    const asked: Said = { kind: 'question', asked: 'vehicle', words: '司机说昨天来过' }
    for (let times = 0; times < 3; times += 1)
      expect(await say(field, pairingId, asked, question)).toMatchObject({ value: { seq: 3 } })
    expect(await say(desk, pairingId, asked)).toMatchObject({ error: { code: 'PAIRING_NOT_YOURS_TO_SAY' } })
    expect(await say(desk, pairingId, { kind: 'answer', to: newId(), answer: 'see-words' })).toMatchObject({
      error: { code: 'UNKNOWN_QUESTION' },
    })
    await say(desk, pairingId, { kind: 'answer', to: question, answer: 'on-file-as-told' })
    const seen = await facts(field, pairingId)
    expect(seen).toEqual(await facts(desk, pairingId))
    expect(seen.map(({ seq, side, kind }) => [seq, side, kind])).toEqual([
      [1, 'desk', 'joined'],
      [2, 'field', 'subject'],
      [3, 'field', 'question'],
      [4, 'desk', 'answer'],
    ])
    expect(seen[1]?.subject).toEqual({ kind: 'plate', text: plate })
    expect(await facts(field, pairingId, 3)).toHaveLength(1)
    const { rows } = await server.db.pool.query<{ sealed: Buffer | null }>(
      'select sealed from pairing_facts where pairing_id = $1',
      [pairingId],
    )
    for (const { sealed } of rows) expect(sealed?.includes(plate) ?? false).toBe(false)
    const { rows: sent } = await server.db.pool.query<{ payload: object }>(
      `select payload from outbox where payload ->> 'topic' = 'pairing'`,
    )
    expect(JSON.stringify(sent)).not.toContain(plate)
    await end(field, pairingId)
  })

  it('look up under a purpose and the usual limits, and keep that they did', async () => {
    const { actor } = await server.signIn('service-account', city)
    const seen = aScreening({ conveyance: { kind: 'car', plate }, travellers: [aTraveller()] }, 41)
    expect(await server.context.recorder.record(actor, seen)).toMatchObject({ ok: true })
    const pairingId = await paired()
    const question = newId()
    await say(field, pairingId, { kind: 'question', asked: 'vehicle' }, question)
    const body = { pairingId, id: newId(), questionId: question, purpose: 'contact-tracing' as const }
    expect(await desk.client.call(lookUpInPairing, { body })).toMatchObject({
      error: { code: 'PAIRING_SUBJECT_MISSING' },
    })
    await say(field, pairingId, { kind: 'subject', subject: { kind: 'plate', text: plate } })
    const again = newId()
    await say(field, pairingId, { kind: 'question', asked: 'vehicle' }, again)
    const asked = { ...body, id: newId(), questionId: again }
    const found = await desk.client.call(lookUpInPairing, { body: asked })
    expect(found).toMatchObject({ value: { is: 'screenings', matches: [{ screeningId: seen.id }] } })
    expect(JSON.stringify(found)).not.toContain(plate)
    const usual = {
      purpose: 'contact-tracing',
      reason: 'compare with the other way',
      sought: { kind: 'plate', text: plate },
    } as const
    expect(await desk.client.call(lookUpPerson, { body: usual })).toMatchObject({
      value: { matches: [{ screeningId: seen.id }] },
    })
    expect(
      await desk.client.call(lookUpInPairing, { body: { ...asked, id: newId(), purpose: 'legal-request' } }),
    ).toMatchObject({ error: { code: 'PURPOSE_NOT_ALLOWED' } })
    expect((await facts(field, pairingId)).at(-1)).toMatchObject({
      kind: 'looked-up',
      purpose: 'contact-tracing',
      matches: 1,
      to: again,
    })
    await end(desk, pairingId)
    const commander = await server.signIn('commander', city)
    const day = new Date(server.clock.now + 8 * 3_600_000).toISOString().slice(0, 10)
    const log = await commander.client.call(listPairings, { query: { day } })
    expect(log.is).toBe('ok')
    expect(JSON.stringify(log)).toContain('looked-up')
    expect(JSON.stringify(log)).not.toContain(plate)
    expect(JSON.stringify(log)).not.toContain('司机')
  })

  it('end by either of them, by a new one, and by themselves', async () => {
    const pairingId = await paired()
    const next = await open()
    expect(await say(field, pairingId, { kind: 'question', asked: 'other' })).toMatchObject({
      error: { code: 'PAIRING_ENDED' },
    })
    expect(await end(desk, pairingId)).toMatchObject({ value: { state: 'ended', ended: 'field' } })
    server.clock.now += 11 * 60_000
    expect(await desk.client.call(joinPairing, { body: { code: next.code ?? '' } })).toMatchObject({
      error: { code: 'UNKNOWN_PAIRING' },
    })
    const quiet = await paired()
    const stood = newId()
    server.clock.now += 21 * 60_000
    expect(await say(field, quiet, { kind: 'question', asked: 'other' }, stood)).toMatchObject({
      error: { code: 'PAIRING_ENDED' },
    })
    expect(await field.client.call(readOwnPairings, {})).toMatchObject({ value: { current: null } })
  })

  it('keep an order however both speak at once', async () => {
    const pairingId = await paired()
    const question = newId()
    await say(field, pairingId, { kind: 'question', asked: 'other' }, question)
    const answers = Array.from({ length: 6 }, () =>
      say(desk, pairingId, { kind: 'answer', to: question, answer: 'call-the-lead' }),
    )
    const more = Array.from({ length: 6 }, () =>
      say(field, pairingId, { kind: 'question', asked: 'history' }),
    )
    await Promise.all([...answers, ...more])
    const seen = await facts(field, pairingId)
    expect(seen.map(({ seq }) => seq)).toEqual(Array.from({ length: 14 }, (_, at) => at + 1))
    await end(field, pairingId)
  })
})
