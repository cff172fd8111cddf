import Type, { type Static, type TSchema } from 'typebox'
import { classified } from '../data-classes.ts'
import { defineEndpoint, type EndpointDeclaration } from '../endpoint.ts'
import { BilingualText, CivilDate, Count, DivisionCode, Instant, OriginCode, oneOf } from '../primitives.ts'
import type { Role } from '../roles.ts'
import { dispositions } from '../screening/dispositions.ts'

const closed = { additionalProperties: false } as const

/** A day is cut into 72 slots of 20 minutes, counted from local midnight. */
export const slotMinutes = 20
export const slotsPerDay = 72

/** Origins with fewer people than this are shown as “fewer than 5”, never as a number. */
export const smallCountThreshold = 5

export const SituationQuery = Type.Object(
  {
    area: DivisionCode,
    /** Left out: today in the time zone of the area. */
    day: Type.Optional(CivilDate),
  },
  closed,
)
export type SituationQuery = Static<typeof SituationQuery>

const viewers: readonly Role[] = ['post-lead', 'duty-planner', 'commander', 'auditor']

const situationEndpoint = <const O extends TSchema, const I extends string>(declaration: {
  readonly id: I
  readonly path: `/${string}`
  readonly summary: string
  readonly description: string
  readonly output: O
}) =>
  defineEndpoint({
    ...declaration,
    method: 'GET',
    access: { roles: viewers, area: 'query.area', purpose: 'monitoring' },
    audit: { action: declaration.id, record: 'denied' },
    limits: { group: 'read', bodyBytes: 0 },
    query: SituationQuery,
    errors: ['UNKNOWN_AREA'],
  } satisfies EndpointDeclaration)

/** What is counted everywhere: vehicles are conveyances of any kind, people are travellers. */
export const Tally = Type.Object(
  {
    vehicles: Count,
    travellers: Count,
    /** People with at least one reading at or over the threshold. */
    febrile: Count,
    /** People whose second reading confirmed it. */
    feverConfirmed: Count,
    secondChecks: Count,
    quarantined: Count,
    turnedBack: Count,
    referred: Count,
  },
  closed,
)
export type Tally = Static<typeof Tally>

export const SituationSummary = Type.Object(
  {
    area: Type.Object({ code: DivisionCode, name: BilingualText, timeZone: Type.String() }, closed),
    day: CivilDate,
    asOf: Instant,
    today: Tally,
    /** Both days up to the end of the last full slot, so that like is compared with like; null before the first. */
    likeForLike: Type.Union([
      Type.Object(
        { untilSlot: Type.Integer({ minimum: 1, maximum: 72 }), today: Tally, yesterday: Tally },
        closed,
      ),
      Type.Null(),
    ]),
    posts: Type.Object({ total: Count, reportedLastHour: Count }, closed),
    meanSecondsPerVehicle: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
  },
  closed,
)
export type SituationSummary = Static<typeof SituationSummary>

export const situationSummary = situationEndpoint({
  id: 'situation.summary',
  path: '/api/situation/summary',
  summary: 'Key figures of the day',
  description:
    'Counts of the day and the same stretch of the day before, from roll-ups that are exact at commit.',
  output: SituationSummary,
})

export const PostSituation = Type.Object(
  {
    postId: Type.Integer(),
    today: Tally,
    /** The current slot and the three full ones before it; on a past day, those around its last record. */
    recent: Type.Object(
      {
        windowMinutes: Type.Number({ exclusiveMinimum: 0 }),
        vehicles: Count,
        febrile: Count,
        vehiclesPerHour: Type.Number({ minimum: 0 }),
      },
      closed,
    ),
    meanSecondsPerVehicle: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
    lastScreeningAt: Type.Union([Instant, Type.Null()]),
    /** Vehicles waiting, as the inspector last saw them, and the wait that makes at the present pace. */
    queue: Type.Union([
      Type.Object({ vehicles: Count, seenAt: Instant, waitMinutes: Type.Number({ minimum: 0 }) }, closed),
      Type.Null(),
    ]),
  },
  closed,
)
export type PostSituation = Static<typeof PostSituation>

export const SituationPosts = Type.Object(
  { day: CivilDate, asOf: Instant, posts: Type.Array(PostSituation) },
  closed,
)
export type SituationPosts = Static<typeof SituationPosts>

export const situationPosts = situationEndpoint({
  id: 'situation.posts',
  path: '/api/situation/posts',
  summary: 'Every post of the area, live',
  description: 'Flow, findings, pace and queue of each post on the day.',
  output: SituationPosts,
})

export const OriginArrivals = Type.Object(
  {
    originCode: OriginCode,
    name: BilingualText,
    /**
     * Null where the count is small (see `smallCountThreshold`), and where it would give a small one away: as what is
     * left of a total, or of a city without its other districts.
     */
    travellers: Type.Union([Count, Type.Null()]),
    travellersYesterday: Type.Union([Count, Type.Null()]),
    febrile: Type.Union([Count, Type.Null()]),
    share: Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()]),
  },
  closed,
)
export type OriginArrivals = Static<typeof OriginArrivals>

export const SituationOrigins = Type.Object(
  {
    day: CivilDate,
    asOf: Instant,
    travellersTotal: Count,
    smallCountThreshold: Count,
    /** So few people that no origin can be named without telling how many came from it; `origins` is empty then. */
    tooFew: Type.Boolean(),
    /** Most first; those whose counts are withheld come last, in the order of their codes. */
    origins: Type.Array(OriginArrivals),
  },
  closed,
)
export type SituationOrigins = Static<typeof SituationOrigins>

export const situationOrigins = situationEndpoint({
  id: 'situation.origins',
  path: '/api/situation/origins',
  summary: 'Arrivals by origin',
  description:
    'People by the prefecture or country they came from, most first. Small counts are withheld, and so is what they could be worked out from.',
  output: SituationOrigins,
})

export const SituationCurve = Type.Object(
  {
    day: CivilDate,
    asOf: Instant,
    slotMinutes: Type.Literal(20),
    /** 72 entries; null where the slot has not begun. */
    vehicles: Type.Array(Type.Union([Count, Type.Null()])),
    vehiclesYesterday: Type.Array(Count),
  },
  closed,
)
export type SituationCurve = Static<typeof SituationCurve>

export const situationCurve = situationEndpoint({
  id: 'situation.curve',
  path: '/api/situation/curve',
  summary: 'The day’s curve',
  description: 'Vehicles per 20 minutes today and the day before.',
  output: SituationCurve,
})

/** Something a commander wants to see, without anything that names a person. */
export const NotableEvent = Type.Object(
  {
    screeningId: Type.String(),
    postId: Type.Integer(),
    lane: Type.Integer(),
    occurredAt: Instant,
    // Of one vehicle, often with one person in it: it says how somebody was, though not who.
    disposition: classified('health', oneOf(dispositions)),
    travellers: Count,
    febrile: classified('health', Count),
    ruleIds: classified('health', Type.Array(Type.String())),
    /** Somebody aboard was decided on otherwise by a lead; `disposition` is the one that counts. */
    overridden: Type.Optional(Type.Literal(true)),
  },
  closed,
)
export type NotableEvent = Static<typeof NotableEvent>

export const SituationEvents = Type.Object(
  { day: CivilDate, asOf: Instant, events: Type.Array(NotableEvent) },
  closed,
)
export type SituationEvents = Static<typeof SituationEvents>

export const situationEvents = situationEndpoint({
  id: 'situation.events',
  path: '/api/situation/events',
  summary: 'Latest findings',
  description:
    'The latest screenings of the day that ended in a second check or anything stricter, newest first, at most 50.',
  output: SituationEvents,
})
