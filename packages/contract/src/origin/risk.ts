import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { FigureInterval, ModelRunState, ModelStamp } from '../models/model-stamp.ts'
import { BilingualText, CivilDate, Count, DivisionCode, Instant, OriginCode, oneOf } from '../primitives.ts'
import type { Role } from '../roles.ts'

const closed = { additionalProperties: false } as const

/** Days that the table of origins adds up, the day itself the last. */
export const originWindowDays = 14
/** Days of the trend of one origin; risks are told of the last `originWindowDays` of them. */
export const originTrendDays = 28

export const originViewers: readonly Role[] = ['post-lead', 'duty-planner', 'commander', 'auditor']

export const OriginQuery = Type.Object(
  {
    area: DivisionCode,
    /** The day as of which is told; left out: the last one that there is a result for, else today. */
    day: Type.Optional(CivilDate),
  },
  closed,
)
export type OriginQuery = Static<typeof OriginQuery>

/** A number of cases with the intervals of 50 and 90 %, and the probability of one or more. */
export const RiskInterval = Type.Object(
  {
    expected: Type.Number({ minimum: 0 }),
    low50: Type.Number({ minimum: 0 }),
    high50: Type.Number({ minimum: 0 }),
    low90: Type.Number({ minimum: 0 }),
    high90: Type.Number({ minimum: 0 }),
    pAtLeastOne: Type.Number({ minimum: 0, maximum: 1 }),
  },
  closed,
)
export type RiskInterval = Static<typeof RiskInterval>

/** What the counts say of a rule that treats people from an origin worse. */
export const fairnessVerdicts = ['supported', 'contradicted', 'no-evidence', 'too-few'] as const

export const OriginRuleFairness = Type.Object(
  {
    /** Response and version of the rules that single the origin out. */
    responseId: Type.String(),
    rulesVersion: Type.Integer(),
    verdict: oneOf(fairnessVerdicts),
    isWarned: Type.Boolean(),
    /** Confirmed fevers per person screened; null where either is a small count. Rounded to one significant digit. */
    found: Type.Union([FigureInterval, Type.Null()]),
    /** The same of all origins that no rule singles out, together. */
    foundElsewhere: Type.Union([FigureInterval, Type.Null()]),
  },
  closed,
)
export type OriginRuleFairness = Static<typeof OriginRuleFairness>

export const OriginRiskRow = Type.Object(
  {
    originCode: OriginCode,
    name: BilingualText,
    /** People on the days of the window that may be told; null where none may. */
    arrivals: Type.Union([Count, Type.Null()]),
    /** Days of the window on which people came whose number is withheld. */
    daysWithheld: Count,
    /** Of all arrivals of the window; null where any day is withheld. */
    share: Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()]),
    /** One entry a day of the window; null where withheld. */
    daily: Type.Array(Type.Union([Count, Type.Null()])),
    /** Imported cases to expect over the window; null where there is no result or arrivals are withheld. */
    risk: Type.Union([RiskInterval, Type.Null()]),
    fairness: Type.Union([OriginRuleFairness, Type.Null()]),
  },
  closed,
)
export type OriginRiskRow = Static<typeof OriginRiskRow>

export const OriginRisk = Type.Object(
  {
    day: CivilDate,
    /** First and last day of the window. */
    from: CivilDate,
    until: CivilDate,
    /** When arrivals and findings were counted; a result is as old as its stamp says. */
    countedAt: Instant,
    /** Null before the first result of this day. */
    stamp: Type.Union([ModelStamp, Type.Null()]),
    /** The run that is under way, or that failed last. */
    run: Type.Union([ModelRunState, Type.Null()]),
    /** Days that there is a result for, newest first. */
    daysWithResult: Type.Array(CivilDate),
    /** Where the reported cases are from that were known on the day. */
    sources: Type.Array(Type.Object({ source: Type.String(), licence: Type.String() }, closed)),
    /** Last publication that was known on the day. */
    casesPublishedOn: Type.Union([CivilDate, Type.Null()]),
    smallCountThreshold: Count,
    travellersTotal: Count,
    /** All origins together. */
    total: Type.Union([RiskInterval, Type.Null()]),
    /** Largest risk first, then arrivals; those that are withheld come last. */
    origins: Type.Array(OriginRiskRow),
  },
  closed,
)
export type OriginRisk = Static<typeof OriginRisk>

const reading = {
  method: 'GET',
  access: { roles: originViewers, area: 'query.area', purpose: 'monitoring' },
  limits: { group: 'read', bodyBytes: 0 },
} as const

export const readOriginRisk = defineEndpoint({
  ...reading,
  id: 'origin.risk',
  path: '/api/origin/risk',
  summary: 'Origins: arrivals and imported cases to expect',
  description:
    'By origin: arrivals of two weeks, imported cases to expect with intervals, from what had been published on the day, and what the counts say of rules that single an origin out. Small counts are withheld, and so is what they could be worked out from.',
  audit: { action: 'origin.risk', record: 'denied' },
  query: OriginQuery,
  output: OriginRisk,
  errors: ['UNKNOWN_AREA'],
})

export const OriginTrend = Type.Object(
  {
    originCode: OriginCode,
    name: BilingualText,
    day: CivilDate,
    stamp: Type.Union([ModelStamp, Type.Null()]),
    days: Type.Array(
      Type.Object(
        {
          day: CivilDate,
          arrivals: Type.Union([Count, Type.Null()]),
          risk: Type.Union([RiskInterval, Type.Null()]),
          /** Confirmed in all at the origin, as it had been published by then; null where nothing was. */
          confirmedTotal: Type.Union([Count, Type.Null()]),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type OriginTrend = Static<typeof OriginTrend>

export const readOriginTrend = defineEndpoint({
  ...reading,
  id: 'origin.trend',
  path: '/api/origin/trend',
  summary: 'One origin over four weeks',
  description: 'Arrivals, imported cases to expect and cases reported there, day by day.',
  audit: { action: 'origin.trend', record: 'denied' },
  query: Type.Object({ ...OriginQuery.properties, origin: OriginCode }, closed),
  output: OriginTrend,
  errors: ['UNKNOWN_AREA', 'UNKNOWN_ORIGIN'],
})

export const OriginCounts = Type.Object(
  {
    originCode: OriginCode,
    name: BilingualText,
    from: CivilDate,
    until: CivilDate,
    smallCountThreshold: Count,
    /** Days and posts at which anybody came from there that may be told of, newest first; never a person. */
    rows: Type.Array(
      Type.Object(
        {
          day: CivilDate,
          postId: Type.Integer(),
          /** Null where withheld. */
          travellers: Type.Union([Count, Type.Null()]),
        },
        closed,
      ),
    ),
    /** Days on which no post is told. */
    daysWithheld: Type.Array(CivilDate),
  },
  closed,
)
export type OriginCounts = Static<typeof OriginCounts>

export const readOriginCounts = defineEndpoint({
  ...reading,
  id: 'origin.counts',
  path: '/api/origin/counts',
  summary: 'The counts behind an origin',
  description: 'How many came from an origin on which day at which post, two weeks back.',
  audit: { action: 'origin.counts', record: 'denied' },
  query: Type.Object({ ...OriginQuery.properties, origin: OriginCode }, closed),
  output: OriginCounts,
  errors: ['UNKNOWN_AREA', 'UNKNOWN_ORIGIN'],
})

export const OriginMixing = Type.Object(
  {
    day: CivilDate,
    from: CivilDate,
    until: CivilDate,
    stamp: Type.Union([ModelStamp, Type.Null()]),
    /** People who named no stay at all. */
    nothingDeclared: Count,
    regions: Type.Array(
      Type.Object(
        {
          regionCode: OriginCode,
          name: BilingualText,
          /** Share of arrivals whose last leg began there. */
          lastLeg: Type.Number({ minimum: 0, maximum: 1 }),
          /** People who named a stay there, days with small counts left out; null where all are. */
          declared: Type.Union([Count, Type.Null()]),
          /** Share of arrivals whose exposure was there, estimated. */
          estimated: FigureInterval,
        },
        closed,
      ),
    ),
  },
  closed,
)
export type OriginMixing = Static<typeof OriginMixing>

export const readOriginMixing = defineEndpoint({
  ...reading,
  id: 'origin.mixing',
  path: '/api/origin/mixing',
  summary: 'Where people were, beside where their journey began',
  description:
    'Last leg, declared stays and the estimate that mixes both, by region. A ticket shows the last leg alone.',
  audit: { action: 'origin.mixing', record: 'denied' },
  query: OriginQuery,
  output: OriginMixing,
  errors: ['UNKNOWN_AREA'],
})
