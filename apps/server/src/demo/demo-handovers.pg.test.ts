import { readHandovers } from '@guankou/db/queries/handovers/handovers.ts'
import { aReading } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { healthyTraveller, recordAnHourAgo } from '../../tests-support/overrides.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  testNowMs,
} from '../../tests-support/test-server.ts'
import { custodyOfRows } from '../use-cases/handovers/handover-facts.ts'
import { verifyHandovers } from '../use-cases/handovers/verify-handovers.ts'
import { createDemoHandovers } from './demo-handovers.ts'

const [postgres] = inject('databaseServers')
const minuteMs = 60_000
const areas = [440402, 440403, 440404]

/** Somebody whose two readings show fever, in a vehicle of two, some time ago. */
const referredAgo = (server: TestServer, minutes: number, serial: number) => {
  const occurredAt = new Date(testNowMs - minutes * minuteMs).toISOString()
  const reading = (temperatureCelsius: number, minutesBefore: number) =>
    aReading({
      at: new Date(testNowMs - (minutes + minutesBefore) * minuteMs).toISOString(),
      temperatureCelsius,
    })
  const people = [
    healthyTraveller({ readings: [reading(38.4, 12), reading(38.6, 1)] }),
    healthyTraveller({ seat: 2, readings: [reading(36.5, 12)] }),
  ]
  const startedAt = new Date(Date.parse(occurredAt) - 20_000).toISOString()
  return recordAnHourAgo(server, people, serial, { occurredAt, startedAt })
}

describe('hand-overs of the demo city', () => {
  let database: TestDatabase
  let server: TestServer
  beforeAll(async () => {
    database = await createTestDatabase(postgres?.url ?? '', demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    for (let n = 0; n < 6; n += 1) await referredAgo(server, 300 + n * 60, 900 + n)
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })

  /** A start, and the first look. */
  const start = async (): Promise<void> => (await createDemoHandovers(server.context))()
  const files = () =>
    readHandovers(server.db.query, areas, { since: new Date(testNowMs - 86_400_000), limit: 100 })
  const states = async (): Promise<readonly string[]> =>
    (await files()).map(({ key, facts }) => custodyOfRows(key, facts).state).sort()

  it('show people who wait, who are on the way and who arrived, every signature good', async () => {
    await start()
    expect(await states()).toEqual(['at-post', 'at-post', 'closed', 'with-transport', 'with-transport'])
    const verified = await verifyHandovers(server.db, areas)
    expect(verified).toMatchObject({ handovers: 5, findings: [], doubts: [], byCode: 0 })
    expect(verified.signatures).toBeGreaterThanOrEqual(8)
    const all = await files()
    expect(all.every(({ people }) => people.map(({ part }) => part).join() === 'index,companion')).toBe(true)
  })

  it('go on where they stood after a start, open nothing twice, and hand over who is referred since', async () => {
    server.clock.now = testNowMs + 60 * minuteMs
    await referredAgo(server, -55, 950)
    await start()
    const all = await files()
    expect(all).toHaveLength(6)
    expect(new Set(all.map(({ opening }) => opening?.screeningId)).size).toBe(6)
    const now = await states()
    expect(now.filter((state) => state === 'closed').length).toBeGreaterThanOrEqual(2)
    expect((await verifyHandovers(server.db, areas)).findings).toEqual([])
  })
})
