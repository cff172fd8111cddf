import type { Response } from '@guankou/contract/responses/response.ts'
import type {
  RecordScreening,
  TemperatureReading,
  Traveller,
} from '@guankou/contract/screening/record-screening.ts'
import type { Reference } from '@guankou/domain/screening/decide.ts'
import { uuidV7FromRandom } from '@guankou/simulator/arrivals/uuid-v7.ts'
import { referenceOf } from '@guankou/simulator/cities/reference.ts'
import { buildZhuhaiCity } from '@guankou/simulator/cities/zhuhai-2020/zhuhai.ts'
import { checkDigitOf } from '@guankou/simulator/people/identity-number.ts'
import { streamOf } from '@guankou/simulator/random/stream.ts'

/** When screenings of the factory happen unless told otherwise: 22:32 on 23 January 2020 in the demo city. */
export const usualOccurredAt = '2020-01-23T14:32:07.120Z'

/** The demo city, collecting until the end of June 2020 unless told otherwise. */
export const aResponse = (overrides: Partial<Response> = {}): Response => ({
  ...buildZhuhaiCity().response('2020-06-30'),
  ...overrides,
})

/** What `decideScreening` looks up: the demo city with one response. */
export const aReference = (response: Response = aResponse()): Reference =>
  referenceOf(buildZhuhaiCity().city, [response])

const secondsBefore = (instant: string, seconds: number): string =>
  new Date(Date.parse(instant) - seconds * 1000).toISOString()

/** One reading, 36.5 °C at the forehead shortly before the usual time. */
export const aReading = (overrides: Partial<TemperatureReading> = {}): TemperatureReading => ({
  at: secondsBefore(usualOccurredAt, 8),
  method: 'forehead',
  temperatureCelsius: 36.5,
  ...overrides,
})

/** A healthy traveller from Zhongshan; a further one aboard needs another seat. */
export const aTraveller = (overrides: Partial<Traveller> = {}): Traveller => {
  const seat = overrides.seat ?? 1
  const body = `442000187001${String(seat).padStart(2, '0')}001`
  return {
    seat,
    name: `测试旅客${seat}`,
    document: { kind: 'resident-id', number: body + checkDigitOf(body) },
    phone: '+86 26 0000 0001',
    origin: { code: 442000, evidence: 'declared' },
    exposures: [],
    contactWithCase: false,
    readings: [aReading()],
    symptoms: [],
    ...overrides,
  }
}

/**
 * A screening that the domain accepts: a car with one healthy traveller at the first main-road post. The id follows from
 * `occurredAt`, and where it is moved the start and the readings move with it, unless they are given.
 * @param serial  any integer; another one gives another id at the same time
 */
export const aScreening = (overrides: Partial<RecordScreening> = {}, serial = 1): RecordScreening => {
  const occurredAt = overrides.occurredAt ?? usualOccurredAt
  return {
    kind: 'screening.record',
    schemaVersion: 1,
    id: uuidV7FromRandom(Date.parse(occurredAt), streamOf(serial)),
    jurisdiction: 440402,
    postId: 1,
    lane: 1,
    startedAt: secondsBefore(occurredAt, 20),
    occurredAt,
    responseId: 'covid-19-like',
    rulesVersion: 1,
    conveyance: { kind: 'car', plate: '粤TABC1D' },
    queueVehicles: 0,
    travellers: [aTraveller({ readings: [aReading({ at: secondsBefore(occurredAt, 8) })] })],
    ...overrides,
  }
}
