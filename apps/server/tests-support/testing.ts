import type { Traveller } from '@guankou/contract/screening/record-screening.ts'
import type { RecordTest } from '@guankou/contract/testing/record-test.ts'
import { uuidV7FromRandom } from '@guankou/simulator/arrivals/uuid-v7.ts'
import { streamOf } from '@guankou/simulator/random/stream.ts'
import { aReading, aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { expect } from 'vitest'
import { type TestServer, testNowMs } from './test-server.ts'

const minutes = 60_000

/** A sample of the only traveller of a screening, taken ten minutes later. */
export const aTest = (overrides: Partial<RecordTest> = {}, serial = 1): RecordTest => {
  const occurredAtMs = Date.parse(overrides.occurredAt ?? new Date(testNowMs - 60 * minutes).toISOString())
  return {
    kind: 'testing.record',
    schemaVersion: 1,
    id: uuidV7FromRandom(occurredAtMs, streamOf(1_000_000 + serial)),
    jurisdiction: 440402,
    postId: 1,
    occurredAt: new Date(occurredAtMs).toISOString(),
    responseId: 'covid-19-like',
    screeningId: uuidV7FromRandom(occurredAtMs - 10 * minutes, streamOf(serial)),
    seat: 1,
    originCode: 442000,
    declared: false,
    offer: 'taken',
    ground: 'quota',
    sampleCode: `ZH-${String(serial).padStart(6, '0')}`,
    ...overrides,
  }
}

/** Records screenings of one person each, from origins in turn. @returns their ids */
export const recordArrivals = async (
  server: TestServer,
  about: {
    readonly count: number
    readonly origins: readonly number[]
    readonly fromMs: number
    readonly place?: { readonly jurisdiction: number; readonly postId: number }
    readonly person?: Partial<Traveller>
    readonly firstSerial?: number
  },
): Promise<readonly string[]> => {
  const { count, origins, fromMs, place = {}, person = {}, firstSerial = 10_000 } = about
  const { actor } = await server.signIn('service-account', 440400)
  const commands = Array.from({ length: count }, (_, at) => {
    const occurredAt = new Date(fromMs + at * 1_000).toISOString()
    const code = origins[at % origins.length] ?? 442000
    const reading = aReading({ at: new Date(fromMs + at * 1_000 - 8_000).toISOString() })
    const traveller = aTraveller({ origin: { code, evidence: 'declared' }, readings: [reading], ...person })
    return aScreening({ ...place, occurredAt, rulesVersion: 2, travellers: [traveller] }, firstSerial + at)
  })
  const results = await Promise.all(commands.map((command) => server.context.recorder.record(actor, command)))
  for (const result of results) expect(result).toMatchObject({ ok: true })
  return commands.map(({ id }) => id)
}
