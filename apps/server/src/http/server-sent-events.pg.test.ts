import { type ChangeEvent, changeFeed } from '@guankou/contract/changes/change-feed.ts'
import { addTallies, emptyTally } from '@guankou/domain/screening/tally.ts'
import { aScreening } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { type OpenEventStream, openEventStream } from '@guankou/testkit/server/open-event-stream.ts'
import { Value } from 'typebox/value'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../tests-support/test-server.ts'

describe.each(inject('databaseServers'))('the stream of changes on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let traffic: TestSession
  let commander: TestSession
  let serial = 0
  const streams: OpenEventStream[] = []
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    traffic = await server.signIn('service-account', 440400)
    commander = await server.signIn('commander', 440400)
  })
  afterEach(() => {
    for (const stream of streams.splice(0)) stream.close()
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })
  const open = async (address: string, area: number, headers: Record<string, string> = {}) => {
    const stream = await openEventStream(`${address}${changeFeed.path}?area=${area}`, {
      authorization: `Bearer ${commander.token}`,
      ...headers,
    })
    streams.push(stream)
    // A new reader is told where it joined; before that, what is recorded may be past for it.
    if (!('last-event-id' in headers)) await stream.until(() => stream.parser.lastEventId() !== '')
    return stream
  }
  const record = async (jurisdiction = 440402, postId = 1): Promise<string> => {
    const command = aScreening({ jurisdiction, postId }, ++serial)
    const result = await server.context.recorder.record(traffic.actor, command)
    expect(result).toMatchObject({ ok: true })
    return command.id
  }
  const payloads = (stream: OpenEventStream) =>
    stream.events
      .map(({ data }) => JSON.parse(data) as ChangeEvent)
      .filter((change) => change.topic === 'screenings')

  it('speaks as the standard says, with headers that no cache or proxy may keep back', async () => {
    const stream = await open(server.address, 440400)
    expect(stream.status).toBe(200)
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(stream.headers.get('cache-control')).toBe('no-store')
    expect(stream.headers.get('x-accel-buffering')).toBe('no')
    expect(stream.headers.get('content-security-policy')).toContain("default-src 'self'")
    await record()
    const [event] = await stream.until((events) => events.length > 0)
    expect(event).toMatchObject({ type: 'message', id: expect.stringMatching(/^\d+-\d+$/) })
    expect(Value.Errors(changeFeed.output, JSON.parse(event?.data ?? ''))).toEqual([])
    expect(stream.parser.retryMilliseconds()).toBe(1_000)
  })

  it('adds up to what was recorded, and names nobody', async () => {
    const stream = await open(server.address, 440400)
    await Promise.all(Array.from({ length: 20 }, () => record()))
    const total = () => payloads(stream).reduce((sum, { screenings }) => sum + screenings, 0)
    await stream.until(() => total() >= 20)
    const tally = payloads(stream)
      .flatMap(({ increments }) => increments)
      .map(({ added }) => added)
      .reduce(addTallies, emptyTally)
    expect(tally).toEqual({ ...emptyTally, vehicles: 20, travellers: 20 })
    expect(stream.events.map(({ data }) => data).join()).not.toMatch(/测试旅客|粤T|442000187001/)
  })

  it('resumes after the last event the reader had: exactly those it missed', async () => {
    const first = await open(server.address, 440400)
    await record()
    const [seen] = await first.until((events) => events.length > 0)
    first.close()
    const watcher = await open(server.address, 440400)
    for (let times = 0; times < 3; times += 1) await record()
    await watcher.until((events) => events.length >= 3)
    const resumed = await open(server.address, 440400, { 'last-event-id': seen?.id ?? '' })
    await record()
    await resumed.until((events) => events.length >= 4)
    await watcher.until((events) => events.length >= 4)
    expect(resumed.events).toEqual(watcher.events)
    expect(resumed.events.map(({ id }) => id)).not.toContain(seen?.id)
  })

  it('holds of a district what happened there, and nothing else', async () => {
    const posts = server.context.reference.current().posts
    const elsewhere = posts.find(({ jurisdiction }) => jurisdiction === 440403)
    const district = await open(server.address, 440403)
    const city = await open(server.address, 440400)
    await record(440402, 1)
    await record(440403, elsewhere?.id)
    await city.until((events) => events.length >= 2)
    await district.until((events) => events.length >= 1)
    expect(payloads(district).map(({ jurisdiction }) => jurisdiction)).toEqual([440403])
    expect(payloads(city).map(({ jurisdiction }) => jurisdiction)).toEqual([440402, 440403])
  })

  it('tells what another server of the same installation committed', async () => {
    const other = await startTestServer({ databaseUrl: database.url })
    try {
      const stream = await open(other.address, 440400)
      await record()
      await stream.until((events) => events.length > 0)
      expect(payloads(stream)).toMatchObject([{ topic: 'screenings', screenings: 1 }])
    } finally {
      await other.close()
    }
  })

  it('ends when the server stops, so that the reader comes back to the next', async () => {
    const other = await startTestServer({ databaseUrl: database.url })
    const stream = await open(other.address, 440400)
    await other.close()
    await expect(stream.until(() => false)).rejects.toThrow('the stream ended')
  })
})
