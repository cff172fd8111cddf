import { errors, isErrorCode } from '@guankou/contract/errors.ts'
import type { RuleSet } from '@guankou/contract/responses/response.ts'
import { recordScreeningRefusals } from '@guankou/contract/screening/endpoints.ts'
import type { RecordScreening, Traveller } from '@guankou/contract/screening/record-screening.ts'
import { describe, expect, it } from 'vitest'
import { clockToleranceMs, decideScreening, type Reference } from '#src/screening/decide.ts'

const occurredAt = '2020-01-23T14:30:00.000Z'
const occurredAtMs = Date.parse(occurredAt)

const idAt = (ms: number): string => {
  const hex = ms.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

const ruleSet: RuleSet = {
  version: 3,
  effectiveFrom: '2020-01-20',
  feverThresholdCelsius: 37.3,
  secondReadingWaitMinutes: 10,
  exposureWindowDays: 14,
  symptoms: [{ code: 'cough', name: { zh: '咳嗽', en: 'Cough' } }],
  riskAreas: [],
  rules: [
    {
      id: 'R1',
      when: { feverAtLeast: 'confirmed' },
      disposition: 'referred',
      reason: { zh: '发热', en: 'Fever' },
    },
  ],
}

const place = { longitude: 113.5, latitude: 22.3, illustrative: true, name: { zh: '甲', en: 'A' } } as const

const reference: Reference = {
  jurisdiction: (code) =>
    code === 440_402 || code === 440_403
      ? { code, parentCode: 440_400, name: { zh: '区', en: 'District' }, timeZone: 'Asia/Shanghai' }
      : undefined,
  post: (id) => (id === 7 ? { id, jurisdiction: 440_402, type: 'road-main', lanes: 4, ...place } : undefined),
  response: (id) =>
    id === 'covid-2020'
      ? {
          id,
          name: { zh: '新冠', en: 'COVID-19' },
          collectionFrom: '2020-01-18',
          collectionUntil: '2020-03-28',
          ruleSets: [ruleSet],
        }
      : undefined,
  isKnownOrigin: (code) => code === 440_100 || code === 420_100,
}

const traveller: Traveller = {
  seat: 1,
  document: { kind: 'none' },
  origin: { code: 440_100, evidence: 'declared' },
  exposures: [],
  contactWithCase: false,
  readings: [{ at: occurredAt, method: 'forehead', temperatureCelsius: 36.6 }],
  symptoms: [],
}

const command: RecordScreening = {
  kind: 'screening.record',
  schemaVersion: 1,
  id: idAt(occurredAtMs),
  jurisdiction: 440_402,
  postId: 7,
  lane: 2,
  startedAt: '2020-01-23T14:29:40.000Z',
  occurredAt,
  responseId: 'covid-2020',
  rulesVersion: 3,
  conveyance: { kind: 'car', plate: '粤C·12345' },
  travellers: [traveller],
}

const at = (iso: string): Partial<RecordScreening> => ({
  id: idAt(Date.parse(iso)),
  startedAt: iso,
  occurredAt: iso,
})
const aboard = (...changes: readonly Partial<Traveller>[]): Partial<RecordScreening> => ({
  travellers: changes.map((change, index) => ({ ...traveller, seat: index + 1, ...change })),
})
const reading = (change: object) => aboard({ readings: [{ at: occurredAt, method: 'ear', ...change }] })
const leftOn = (day: string) =>
  aboard({ exposures: [{ areaCode: 420_100, leftOn: day, evidence: 'ticket' }] })

const decide = (change: Partial<RecordScreening>, nowMs = occurredAtMs + 1_000) =>
  decideScreening(reference, { ...command, ...change }, nowMs)

/** Late in the evening of UTC it is the next morning in Shanghai, and tomorrow there is two days on. */
const lateEvening = '2020-01-23T17:00:00.000Z'

const cases: readonly (readonly [string, string, string, Partial<RecordScreening>])[] = [
  ['IMPOSSIBLE_TIME', '/occurredAt', 'an hour that no day has', { occurredAt: '2020-01-23T25:00:00.000Z' }],
  ['IMPOSSIBLE_TIME', '/startedAt', 'a day that no month has', { startedAt: '2020-02-30T00:00:00.000Z' }],
  ['IMPOSSIBLE_TIME', '/startedAt', 'begun after it ended', { startedAt: '2020-01-23T14:30:00.001Z' }],
  ['IMPOSSIBLE_TIME', '/startedAt', 'open for over a day', { startedAt: '2020-01-22T14:29:59.999Z' }],
  ['ID_TIME_MISMATCH', '/id', 'an id of another moment', { id: idAt(occurredAtMs + 1) }],
  ['OUTSIDE_COLLECTION', '/occurredAt', 'a local day too early', at('2020-01-17T15:59:59.999Z')],
  ['UNKNOWN_POST', '/jurisdiction', 'an unknown jurisdiction', { jurisdiction: 999_999 }],
  ['UNKNOWN_POST', '/postId', 'an unknown post', { postId: 8 }],
  ['UNKNOWN_POST', '/postId', 'a post of the next district', { jurisdiction: 440_403 }],
  ['UNKNOWN_LANE', '/lane', 'a fifth lane of four', { lane: 5 }],
  ['UNKNOWN_RESPONSE', '/responseId', 'an unknown response', { responseId: 'ebola-2014' }],
  ['UNKNOWN_RULES_VERSION', '/rulesVersion', 'rules that are not there', { rulesVersion: 4 }],
  [
    'PLATE_REQUIRED',
    '/conveyance/plate',
    'a car without a word on its plate',
    { conveyance: { kind: 'car' } },
  ],
  [
    'PLATE_REQUIRED',
    '/conveyance/plate',
    'a plate and the note that there is none',
    { conveyance: { kind: 'truck', plate: '粤C12345', withoutPlate: true } },
  ],
  ['PLATE_REQUIRED', '/conveyance/plate', 'nothing but dots', { conveyance: { kind: 'car', plate: '· -' } }],
  ['PLATE_REQUIRED', '/conveyance/plate', 'blanks on a train', { conveyance: { kind: 'train', plate: ' ' } }],
  [
    'TEXT_NOT_WELL_FORMED',
    '/conveyance/plate',
    'half a character',
    { conveyance: { kind: 'car', plate: '\ud800' } },
  ],
  ['TEXT_NOT_WELL_FORMED', '/travellers/0/name', 'half a name', aboard({ name: '王\udc00' })],
  [
    'TEXT_NOT_WELL_FORMED',
    '/travellers/1/document/number',
    'half a number',
    aboard({}, { document: { kind: 'passport', number: 'E1\ud83d' } }),
  ],
  ['SEAT_TAKEN_TWICE', '/travellers/1/seat', 'two on one seat', aboard({}, { seat: 1 })],
  [
    'UNKNOWN_ORIGIN',
    '/travellers/0/origin/code',
    'from nowhere',
    aboard({ origin: { code: 123_456, evidence: 'declared' } }),
  ],
  [
    'UNKNOWN_SYMPTOM',
    '/travellers/0/symptoms/1',
    'not of this response',
    aboard({ symptoms: ['cough', 'rash'] }),
  ],
  ['IMPOSSIBLE_TIME', '/travellers/0/exposures/0/leftOn', 'a leap day too many', leftOn('2019-02-29')],
  ['IMPOSSIBLE_TIME', '/travellers/0/exposures/0/leftOn', 'leaves tomorrow', leftOn('2020-01-24')],
  [
    'IMPOSSIBLE_TIME',
    '/travellers/0/exposures/0/leftOn',
    'leaves tomorrow by the calendar of the post',
    { ...at(lateEvening), ...leftOn('2020-01-25') },
  ],
  ['READING_INCOMPLETE', '/travellers/0/readings/0', 'neither number nor note', reading({})],
  [
    'READING_INCOMPLETE',
    '/travellers/0/readings/0',
    'number and note',
    reading({ temperatureCelsius: 36.5, underThreshold: true }),
  ],
  [
    'READING_TOO_FINE',
    '/travellers/0/readings/0/temperatureCelsius',
    'hundredths',
    reading({ temperatureCelsius: 37.25 }),
  ],
  [
    'IMPOSSIBLE_TIME',
    '/travellers/0/readings/0/at',
    'measured after the record was closed',
    reading({ at: '2020-01-23T14:30:00.001Z', underThreshold: true }),
  ],
  [
    'IMPOSSIBLE_TIME',
    '/travellers/0/readings/0/at',
    'measured the day before',
    reading({ at: '2020-01-22T14:29:59.999Z', underThreshold: true }),
  ],
]

describe('decideScreening refuses', () => {
  it.each(cases)('%s at %s: %s', (code, path, _, change) => {
    const nowMs = Date.parse(change.occurredAt ?? occurredAt) || occurredAtMs
    expect(decide(change, nowMs)).toEqual({ ok: false, refusal: { code, path } })
  })

  it('OCCURRED_IN_FUTURE once a clock is more than five minutes ahead', () => {
    expect(decide({}, occurredAtMs - clockToleranceMs).ok).toBe(true)
    expect(decide({}, occurredAtMs - clockToleranceMs - 1)).toEqual({
      ok: false,
      refusal: { code: 'OCCURRED_IN_FUTURE', path: '/occurredAt' },
    })
  })

  it('for every code that the contract lets it give', () => {
    const judgedElsewhere = ['INVALID_INPUT', 'OUTSIDE_AREA', 'COMMAND_ID_REUSED']
    const given = new Set(['OCCURRED_IN_FUTURE', ...cases.map(([code]) => code), ...judgedElsewhere])
    expect([...given].sort()).toEqual([...recordScreeningRefusals].sort())
    for (const code of given) expect(isErrorCode(code) && errors[code].text.zh.length > 0).toBe(true)
  })
})

describe('decideScreening accepts', () => {
  it('a car, and says what was decided, where and when', () => {
    const decided = decide({})
    expect(decided).toMatchObject({
      ok: true,
      fact: {
        id: command.id,
        day: '2020-01-23',
        slot: 67,
        plate: '粤C12345',
        disposition: 'passed',
        ruleIds: [],
        tally: { vehicles: 1, travellers: 1, febrile: 0 },
      },
    })
  })

  it('what is allowed at the edges', () => {
    const edges: readonly Partial<RecordScreening>[] = [
      { startedAt: '2020-01-22T14:30:00.000Z' },
      { startedAt: occurredAt },
      { lane: 4 },
      { conveyance: { kind: 'car', withoutPlate: true } },
      { conveyance: { kind: 'on-foot' } },
      { conveyance: { kind: 'train', plate: 'G6305' } },
      leftOn('2020-01-23'),
      { ...at(lateEvening), ...leftOn('2020-01-24') },
      reading({ at: '2020-01-22T14:30:00.000Z', underThreshold: true }),
      at('2020-01-17T16:00:00.000Z'),
      at('2020-03-28T15:59:59.999Z'),
    ]
    for (const edge of edges) {
      const times = edge.occurredAt === undefined ? undefined : Date.parse(edge.occurredAt)
      const readings =
        times === undefined
          ? {}
          : { travellers: (edge.travellers ?? [traveller]).map((t) => ({ ...t, readings: [] })) }
      expect(decide({ ...edge, ...readings }, times)).toMatchObject({ ok: true })
    }
  })

  it('a car with one fever aboard as strictly as that traveller', () => {
    const hot = [37.9, 38.1].map((temperatureCelsius) => ({
      at: occurredAt,
      method: 'ear' as const,
      temperatureCelsius,
    }))
    expect(decide(aboard({}, { readings: hot }, {}))).toMatchObject({
      ok: true,
      fact: {
        disposition: 'referred',
        ruleIds: ['R1'],
        tally: { vehicles: 1, travellers: 3, febrile: 1, feverConfirmed: 1, referred: 1 },
      },
    })
  })
})
