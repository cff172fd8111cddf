import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { FigureInterval, ModelRunState, ModelStamp } from '../models/model-stamp.ts'
import { BilingualText, CivilDate, Count, DivisionCode, Instant, OriginCode, oneOf } from '../primitives.ts'
import type { Role } from '../roles.ts'
import { testReasons } from './quota.ts'

const closed = { additionalProperties: false } as const
const Share = Type.Number({ minimum: 0, maximum: 1 })
const orNull = <S extends Parameters<typeof Type.Union>[0][number]>(schema: S) =>
  Type.Union([schema, Type.Null()])

/** Arrivals that are expected are told in steps of this many people, and not below it. */
export const arrivalsStep = 5

/** How tests are given in a response, as somebody decided. */
export const TestingSettings = Type.Object(
  {
    version: Type.Integer({ minimum: 0 }),
    /** Share of each budget that is given by lot among all arrivals. */
    lotShare: Share,
    /** Share of people asked who give no sample; so many more are asked. */
    noShowShare: Type.Number({ minimum: 0, maximum: 0.9 }),
    /** Working time that one test takes, minutes. */
    testMinutes: Type.Number({ exclusiveMinimum: 0, maximum: 1_440 }),
    /** Working time that one confirmed finding is worth, minutes; null where nobody has decided. */
    worthMinutes: orNull(Type.Number({ exclusiveMinimum: 0, maximum: 10_000_000 })),
  },
  closed,
)
export type TestingSettings = Static<typeof TestingSettings>

/** What holds until somebody decides otherwise; docs/models/allocation.md tells what a lot of 3 % costs. */
export const defaultTestingSettings: TestingSettings = {
  version: 0,
  lotShare: 0.05,
  noShowShare: 0.1,
  testMinutes: 6,
  worthMinutes: null,
}

/** People of one type at one post: how many of them are tested today, and why. */
export const TypeAllocation = Type.Object(
  {
    originCode: OriginCode,
    originName: BilingualText,
    /** Whether they declared an exposure or contact with a case: types of their own. */
    declared: Type.Boolean(),
    /** Expected today, rounded up to a multiple of 5; null where fewer. */
    arrivals: orNull(Count),
    tests: Count,
    byLot: Count,
    /** Of those who still come, the share that is asked. */
    askedShare: Share,
    prevalence: FigureInterval,
    /** Worth of the next test, as a prevalence. */
    worth: orNull(Type.Number({ minimum: 0 })),
    reason: oneOf(testReasons),
  },
  closed,
)
export type TypeAllocation = Static<typeof TypeAllocation>

export const PostAllocation = Type.Object(
  {
    postId: Type.Integer(),
    budget: Count,
    /** Of which version, for whoever changes it. */
    budgetVersion: Count,
    taken: Count,
    /** Taken and still to be taken, by the allocation. */
    tests: Count,
    byLot: Count,
    /** Asked of people of types that come here seldom and are not listed. */
    othersShare: Share,
    types: Type.Array(TypeAllocation),
  },
  closed,
)
export type PostAllocation = Static<typeof PostAllocation>

export const TestingAllocation = Type.Object(
  {
    day: CivilDate,
    asOf: Instant,
    responseId: Type.String(),
    settings: TestingSettings,
    /** Null until the model has run for this day. */
    stamps: orNull(
      Type.Object(
        { tests: ModelStamp, arrivals: ModelStamp, prevalence: ModelStamp, share: ModelStamp },
        closed,
      ),
    ),
    run: orNull(ModelRunState),
    posts: Type.Array(PostAllocation),
    totals: Type.Object({ budget: Count, taken: Count, tests: Count, byLot: Count }, closed),
  },
  closed,
)
export type TestingAllocation = Static<typeof TestingAllocation>

const viewers: readonly Role[] = ['post-lead', 'duty-planner', 'commander', 'auditor']

const AreaDay = Type.Object({ area: DivisionCode, day: Type.Optional(CivilDate) }, closed)

export const testingAllocation = defineEndpoint({
  id: 'testing.allocation',
  method: 'GET',
  path: '/api/testing/allocation',
  summary: 'Tests of a day by post, with a reason for each origin',
  description:
    'What the model allocated last, with interval, worth and reason per type of traveller, budgets and settings. Small counts of people are withheld.',
  access: { roles: viewers, area: 'query.area', purpose: 'monitoring' },
  audit: { action: 'testing.allocation', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  query: AreaDay,
  output: TestingAllocation,
  errors: ['UNKNOWN_AREA'],
})

/** As `packages/models` names them. */
export const fairnessVerdicts = [
  'not-singled-out',
  'supported',
  'contradicted',
  'no-evidence',
  'too-few',
] as const

/** What tests found among people of one type, beside the rules that single it out. */
export const TypeEvidence = Type.Object(
  {
    originCode: OriginCode,
    originName: BilingualText,
    declared: Type.Boolean(),
    /** Null where withheld, as small counts are and what they could be worked out from. */
    tested: orNull(Count),
    positives: orNull(Count),
    positivity: orNull(FigureInterval),
    /** What the model expects, from all it has learned. */
    prevalence: FigureInterval,
    isSingledOut: Type.Boolean(),
    verdict: oneOf(fairnessVerdicts),
    isWarned: Type.Boolean(),
  },
  closed,
)
export type TypeEvidence = Static<typeof TypeEvidence>

export const screeningMethods = ['forehead', 'ear', 'axillary', 'gate', 'test'] as const

/** What a post and a method find for what they cost. */
export const PostYield = Type.Object(
  {
    postId: Type.Integer(),
    method: oneOf(screeningMethods),
    screened: orNull(Count),
    /** Confirmed by a test; null where withheld, and with it all that is worked out from it. */
    findings: orNull(Count),
    screenedPerFinding: orNull(FigureInterval),
    minutesPerFinding: orNull(FigureInterval),
    missed: orNull(FigureInterval),
    verdict: orNull(oneOf(['pays', 'costs-more', 'open'])),
  },
  closed,
)
export type PostYield = Static<typeof PostYield>

export const TestingEvidence = Type.Object(
  {
    day: CivilDate,
    asOf: Instant,
    smallCountThreshold: Count,
    windowDays: Count,
    worthMinutes: orNull(Type.Number()),
    stamps: orNull(
      Type.Object(
        {
          tested: ModelStamp,
          positivity: ModelStamp,
          screened: ModelStamp,
          perFinding: ModelStamp,
          minutesPerFinding: ModelStamp,
          missed: ModelStamp,
        },
        closed,
      ),
    ),
    types: Type.Array(TypeEvidence),
    yields: Type.Array(PostYield),
  },
  closed,
)
export type TestingEvidence = Static<typeof TestingEvidence>

export const testingEvidence = defineEndpoint({
  id: 'testing.evidence',
  method: 'GET',
  path: '/api/testing/evidence',
  summary: 'Findings by origin beside the rules, and screening yield',
  description:
    'Positivity with intervals, the fairness guard beside every rule that names an origin, and screened and minutes per finding of each post and method. Small counts are withheld.',
  access: { roles: viewers, area: 'query.area', purpose: 'monitoring' },
  audit: { action: 'testing.evidence', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  query: AreaDay,
  output: TestingEvidence,
  errors: ['UNKNOWN_AREA'],
})

export const setBudgets = defineEndpoint({
  id: 'testing.set-budgets',
  method: 'POST',
  path: '/api/testing/budgets',
  summary: 'Say how many tests posts can take a day',
  description:
    'From a day on, until the next entry. Nothing is overwritten: each entry is a version, and the one it follows is named. All posts are changed, or none.',
  access: { roles: ['duty-planner', 'commander'], area: 'actor', purpose: 'administration' },
  audit: { action: 'testing.set-budgets', record: 'every' },
  limits: { group: 'write', bodyBytes: 65_536 },
  body: Type.Object(
    {
      fromDay: CivilDate,
      budgets: Type.Array(
        Type.Object(
          {
            postId: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
            tests: Type.Integer({ minimum: 0, maximum: 100_000 }),
            /** The version that was shown, 0 where there was none. */
            afterVersion: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
          },
          closed,
        ),
        { minItems: 1, maxItems: 500 },
      ),
    },
    closed,
  ),
  output: Type.Object({ changed: Count }, closed),
  errors: ['UNKNOWN_POST', 'OUTSIDE_AREA', 'BUDGET_OVERTAKEN', 'BUDGET_OF_PAST_DAY'],
})

export const setTestingSettings = defineEndpoint({
  id: 'testing.set-settings',
  method: 'POST',
  path: '/api/testing/settings',
  summary: 'Say how tests are given in a response',
  description:
    'The share by lot, the share of people who give no sample, the time a test takes and what a finding is worth. Decided for the whole city; each decision is kept.',
  access: { roles: ['duty-planner', 'commander'], area: 'actor', purpose: 'administration' },
  audit: { action: 'testing.set-settings', record: 'every' },
  limits: { group: 'write', bodyBytes: 4_096 },
  body: Type.Object(
    {
      responseId: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$', maxLength: 40 }),
      /** With the version that was shown. */
      settings: TestingSettings,
    },
    closed,
  ),
  output: Type.Object({ version: Count }, closed),
  errors: ['UNKNOWN_RESPONSE', 'OUTSIDE_AREA', 'TESTING_SETTINGS_OVERTAKEN'],
})
