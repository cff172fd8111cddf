import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { defineEndpoint } from '../endpoint.ts'
import {
  type Bilingual,
  BilingualText,
  CivilDate,
  Count,
  DivisionCode,
  Instant,
  OriginCode,
  oneOf,
} from '../primitives.ts'
import { RecordTest, SampleCode, testGrounds, testOffers } from './record-test.ts'

const closed = { additionalProperties: false } as const

export const testResults = ['positive', 'negative', 'invalid'] as const
export type TestResultWord = (typeof testResults)[number]

export const testResultNames: Readonly<Record<TestResultWord, Bilingual>> = {
  positive: { zh: '阳性', en: 'Positive' },
  negative: { zh: '阴性', en: 'Negative' },
  invalid: { zh: '无效', en: 'Invalid' },
}

export const recordTestRefusals = [
  'INVALID_INPUT',
  'OUTSIDE_AREA',
  'COMMAND_ID_REUSED',
  'ID_TIME_MISMATCH',
  'OCCURRED_IN_FUTURE',
  'OUTSIDE_COLLECTION',
  'IMPOSSIBLE_TIME',
  'UNKNOWN_POST',
  'UNKNOWN_ORIGIN',
  'UNKNOWN_RESPONSE',
  'TEST_NOT_OF_SCREENING',
  'SAMPLE_NOT_TAKEN',
  'SAMPLE_CODE_TAKEN',
] as const

export const recordTest = defineEndpoint({
  id: 'testing.record',
  method: 'POST',
  path: '/api/testing/tests',
  summary: 'Record that somebody was asked for a test',
  description:
    'Of somebody in a screening, by their seat: a sample was taken, they declined, or there was no kit. Phones send the same by sync.push. Sent again, it is answered as a duplicate.',
  access: {
    roles: ['inspector', 'post-lead', 'screening-clerk', 'service-account'],
    area: 'body.jurisdiction',
    purpose: 'screening',
  },
  audit: { action: 'testing.record', record: 'every' },
  limits: { group: 'write', bodyBytes: 4_096 },
  body: RecordTest,
  output: Type.Object({ id: Type.String(), recordedAt: Instant, duplicate: Type.Boolean() }, closed),
  successStatus: 201,
  errors: recordTestRefusals,
})

export const TestResultEntry = Type.Object(
  {
    sampleCode: SampleCode,
    result: classified('health', oneOf(testResults)),
    resultedAt: Instant,
  },
  closed,
)
export type TestResultEntry = Static<typeof TestResultEntry>

/** What became of one row of results. */
export const ResultRow = Type.Object(
  {
    /** Place in what was sent, from 1; of a file, its line, with the head as line 1. */
    row: Type.Integer({ minimum: 1 }),
    outcome: oneOf(['recorded', 'known', 'refused']),
    code: Type.Optional(Type.String()),
    text: Type.Optional(BilingualText),
  },
  closed,
)
export type ResultRow = Static<typeof ResultRow>

const ResultsAnswer = Type.Object({ recorded: Count, known: Count, rows: Type.Array(ResultRow) }, closed)
export type ResultsAnswer = Static<typeof ResultsAnswer>

const resultRoles = ['post-lead', 'screening-clerk', 'service-account'] as const

export const maxResultsAtOnce = 5_000

export const enterResults = defineEndpoint({
  id: 'testing.enter-results',
  method: 'POST',
  path: '/api/testing/results',
  summary: 'Enter results of tests',
  description:
    'By sample code; each row is judged alone. A result that is stored already is “known” and changes nothing; another result of the same sample is added, and the last one counts.',
  access: { roles: resultRoles, area: 'actor', purpose: 'screening' },
  audit: { action: 'testing.enter-results', record: 'every' },
  limits: { group: 'write', bodyBytes: 65_536 },
  body: Type.Object({ results: Type.Array(TestResultEntry, { minItems: 1, maxItems: 200 }) }, closed),
  output: ResultsAnswer,
  errors: [],
})

export const importResults = defineEndpoint({
  id: 'testing.import-results',
  method: 'POST',
  path: '/api/testing/import-results',
  summary: 'Take a laboratory’s file of results',
  description:
    'CSV with the columns sample_code, result and resulted_at (with an offset, or local time of the city), at most 5,000 rows. Rows that can be taken are; the answer names every other with its line and reason.',
  access: { roles: resultRoles, area: 'actor', purpose: 'screening' },
  audit: { action: 'testing.import-results', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_048_576 },
  body: Type.Object(
    { csv: classified('health', Type.String({ minLength: 1, maxLength: 1_000_000 })) },
    closed,
  ),
  output: ResultsAnswer,
  errors: ['RESULT_FILE_UNREADABLE'],
})

/** One test as who enters its result sees it. */
export const ListedTest = Type.Object(
  {
    id: Type.String(),
    occurredAt: Instant,
    postId: Type.Integer(),
    originCode: OriginCode,
    originName: BilingualText,
    declared: classified('health', Type.Boolean()),
    offer: classified('health', oneOf(testOffers)),
    ground: oneOf(testGrounds),
    sampleCode: Type.Union([Type.String(), Type.Null()]),
    result: Type.Union([classified('health', oneOf(testResults)), Type.Null()]),
    resultedAt: Type.Union([Instant, Type.Null()]),
  },
  closed,
)
export type ListedTest = Static<typeof ListedTest>

export const testsShown = 200

export const listTests = defineEndpoint({
  id: 'testing.tests',
  method: 'GET',
  path: '/api/testing/tests',
  summary: 'Tests of a day, with results as they come in',
  description: 'Newest first, at most 200; those without a result alone where asked for.',
  access: { roles: ['post-lead', 'screening-clerk'], area: 'query.area', purpose: 'screening' },
  audit: { action: 'testing.tests', record: 'every' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object(
    { area: DivisionCode, day: Type.Optional(CivilDate), waiting: Type.Optional(oneOf(['yes'])) },
    closed,
  ),
  output: Type.Object(
    { day: CivilDate, asOf: Instant, waiting: Count, tests: Type.Array(ListedTest) },
    closed,
  ),
  errors: ['UNKNOWN_AREA'],
})
