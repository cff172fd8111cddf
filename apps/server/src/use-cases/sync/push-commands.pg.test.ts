import { listDevices } from '@guankou/contract/access/devices.ts'
import { pushCommands } from '@guankou/contract/sync/push.ts'
import { aScreening } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { hostileText, nestedArrays, rawJson } from '../../../tests-support/hostile.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'

const device = { id: '6f1c1b1e-5d0a-4f0e-9b1a-000000000003', label: 'Test phone 3' }
const outbox = { queued: 3, rejected: 2, unreadable: 1 }

type Outcome = {
  outcome: string
  id: string | null
  code?: string
  path?: string
  duplicate?: boolean
  recordedAt?: string
}

describe.each(inject('databaseServers'))('a push on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let phone: TestSession
  let serial = 0
  const fresh = () => aScreening({ jurisdiction: 440402 }, ++serial)
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    phone = await server.signIn('inspector', 440402, device)
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })
  const body = (commands: readonly unknown[], more: object = {}) => ({
    deviceId: device.id,
    sentAt: new Date(server.clock.now).toISOString(),
    outbox,
    commands,
    ...more,
  })
  const push = async (commands: readonly unknown[], more: object = {}): Promise<Outcome[]> => {
    const answer = await phone.send({ path: pushCommands.path, raw: hostileText(body(commands, more)) })
    expect(answer.status, answer.text).toBe(200)
    return (answer.json as { outcomes: Outcome[] }).outcomes
  }
  const deviceView = async () => {
    const lead = await server.signIn('post-lead', 440402)
    const answer = await lead.client.call(listDevices, {})
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value.devices.find(({ id }) => id === device.id)
  }
  const stored = async (id: string): Promise<number> => {
    const { rows } = await server.db.pool.query('select 1 from screenings where id = $1', [id])
    return rows.length
  }

  it('answers every command in its place, whatever its neighbours are', async () => {
    const [first, second, third] = [fresh(), fresh(), fresh()]
    const elsewhere = { ...fresh(), jurisdiction: 440403 }
    const outcomes = await push([
      first,
      null,
      second,
      { ...fresh(), lane: 60 },
      elsewhere,
      third,
      { kind: 'later.kind', id: 'x' },
    ])
    expect(outcomes.map(({ outcome, code, path, id }) => ({ outcome, code, path, id }))).toMatchObject([
      { outcome: 'accepted', id: first.id },
      { outcome: 'rejected', id: null, code: 'UNKNOWN_COMMAND_KIND', path: '/kind' },
      { outcome: 'accepted', id: second.id },
      { outcome: 'rejected', code: 'UNKNOWN_LANE', path: '/lane' },
      { outcome: 'rejected', id: elsewhere.id, code: 'OUTSIDE_AREA', path: '/jurisdiction' },
      { outcome: 'accepted', id: third.id },
      { outcome: 'rejected', id: 'x', code: 'UNKNOWN_COMMAND_KIND', path: '/kind' },
    ])
    for (const { id } of [first, second, third]) expect(await stored(id)).toBe(1)
  })

  it('takes what is sent twice once, in one push and in two', async () => {
    const command = fresh()
    const [once, twice] = await push([command, command])
    const [again] = await push([command])
    expect([once?.duplicate, twice?.duplicate, again?.duplicate]).toEqual([false, true, true])
    expect(new Set([once, twice, again].map((outcome) => outcome?.recordedAt)).size).toBe(1)
    expect(await stored(command.id)).toBe(1)
  })

  it('refuses another record under the same id, and keeps the first', async () => {
    const command = fresh()
    const outcomes = await push([command, { ...command, queueVehicles: 9 }])
    expect(outcomes).toMatchObject([
      { outcome: 'accepted' },
      { outcome: 'rejected', code: 'COMMAND_ID_REUSED', path: '/id' },
    ])
    const { rows } = await server.db.pool.query('select queue_vehicles from screenings where id = $1', [
      command.id,
    ])
    expect(rows).toEqual([{ queue_vehicles: command.queueVehicles }])
  })

  it('survives kinds, ids and fields that no text or number could be', async () => {
    const good = fresh()
    const outcomes = await push([
      { kind: rawJson('{"toString":1,"valueOf":1}'), id: 1 },
      { kind: rawJson(nestedArrays(200_000)) },
      { ...fresh(), symptoms: 1, id: 'a\u0000\ud800b'.repeat(30) },
      { ...fresh(), '\u0000\u001b[31m': 1 },
      { ...fresh(), travellers: [{ symptoms: [rawJson(nestedArrays(200_000))] }] },
      good,
    ])
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([...Array(5).fill('rejected'), 'accepted'])
    expect(outcomes.at(-1)).toMatchObject({ id: good.id })
  })

  it('lists on the page of the device what was refused for good, as text that can be shown', async () => {
    await push([
      { ...fresh(), id: 'nul\u0000' },
      { ...fresh(), rulesVersion: 999 },
    ])
    const view = await deviceView()
    expect(view?.outbox).toEqual(outbox)
    expect(view?.lastSeenAt).toBe(new Date(server.clock.now).toISOString())
    expect(view?.refused[0]).toMatchObject({ commandId: 'nul\ufffd', code: 'INVALID_INPUT', path: '/id' })
    // A version of the rules that the server may get later is not refused for good.
    expect(view?.refused.map(({ code }) => code)).not.toContain('UNKNOWN_RULES_VERSION')
    // What may be wrong with texts is told without a control character.
    expect(JSON.stringify(view).match(/\\u00[01]/)).toBeNull()
  })

  it('is audited itself, with what became of its commands and nothing of what they say', async () => {
    await push([fresh(), fresh(), { kind: 'nonsense' }])
    const { rows } = await server.db.pool.query(
      "select subject, outcome, detail from audit_entries where action = 'sync.push' order by seq desc limit 1",
    )
    expect(rows).toEqual([{ subject: device.id, outcome: 'done', detail: '2 accepted, 1 rejected' }])
  })

  it('tells how far the clock of the phone is off', async () => {
    await push([fresh()], { sentAt: new Date(server.clock.now + 90_000).toISOString() })
    expect((await deviceView())?.clockSkewSeconds).toBe(90)
  })

  it.each([
    ['an instant that does not exist', { sentAt: '2020-13-41T25:61:61.000Z' }, '/sentAt'],
    [
      'more waiting than a phone can hold',
      { outbox: { ...outbox, unreadable: 2 ** 40 } },
      '/outbox/unreadable',
    ],
    [
      'another device than that of the session',
      { deviceId: '6f1c1b1e-5d0a-4f0e-9b1a-0000000000ff' },
      '/deviceId',
    ],
    ['no commands', { commands: [] }, '/commands'],
    ['more commands than travel at once', { commands: Array(501).fill(0) }, '/commands'],
  ])('is refused as a whole for %s', async (_, more, path) => {
    const answer = await phone.send({ path: pushCommands.path, body: body([fresh()], more) })
    expect(answer.status, answer.text).toBe(400)
    expect(answer.json).toMatchObject({ code: 'INVALID_INPUT', path })
  })
})
