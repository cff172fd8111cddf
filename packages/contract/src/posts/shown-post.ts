import Type, { type Static } from 'typebox'
import { FigureInterval } from '../models/model-stamp.ts'
import { BilingualText, Count, DivisionCode, Instant, oneOf } from '../primitives.ts'
import { ShownHappening } from './record-post-fact.ts'
import { supplyItems } from './vocabulary.ts'

const closed = { additionalProperties: false } as const
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

/**
 * `running`: lanes are open and vehicles pass. `silent`: lanes are open and nothing came in for an hour. `unstaffed`:
 * lanes are open and nobody is clocked in. `closed`: every lane is closed.
 */
export const postStates = ['running', 'silent', 'unstaffed', 'closed'] as const
export type PostState = (typeof postStates)[number]

/** What a wait was estimated from, see docs/models/queueing.md. */
export const waitBases = ['queue-seen', 'steady-flow'] as const
export type WaitBasis = (typeof waitBases)[number]

export const waitUnknowns = ['nothing-recorded', 'no-lane-open', 'near-capacity'] as const
export type WaitUnknown = (typeof waitUnknowns)[number]

/** How long a vehicle that comes now will wait, with a 90 % interval; or why nobody can say. */
export const WaitEstimate = Type.Union([
  Type.Object(
    {
      is: Type.Literal('estimated'),
      basis: oneOf(waitBases),
      waitMinutes: FigureInterval,
      queueVehicles: FigureInterval,
      /** Of the method; a change of results changes it. */
      version: Type.String(),
      /** First and last instant of the records that went in. */
      dataFrom: Instant,
      dataUntil: Instant,
    },
    closed,
  ),
  Type.Object({ is: Type.Literal('unknown'), why: oneOf(waitUnknowns) }, closed),
])
export type WaitEstimate = Static<typeof WaitEstimate>

/** Flow of the last hour, as screenings tell it. */
export const RecentFlow = Type.Object(
  {
    windowMinutes: Type.Number({ exclusiveMinimum: 0 }),
    vehicles: Count,
    /** Entry to disposition; null where nothing passed. */
    meanSecondsPerVehicle: nullable(Type.Number({ minimum: 0 })),
    lastScreeningAt: nullable(Instant),
  },
  closed,
)
export type RecentFlow = Static<typeof RecentFlow>

export const QueueSeen = Type.Object({ vehicles: Count, seenAt: Instant }, closed)

/** One post in the list: what follows from its facts at the instant of `asOf`. */
export const BoardPost = Type.Object(
  {
    postId: Type.Integer(),
    state: oneOf(postStates),
    lanesOpen: Type.Array(Type.Integer({ minimum: 1, maximum: 60 })),
    /** Whether lanes were opened by a record, or are told by screenings alone. */
    lanesAreRecorded: Type.Boolean(),
    crew: Type.Object(
      { onPost: Count, reinforcements: Count, withoutCheck: Count, conflicts: Count },
      closed,
    ),
    flow: RecentFlow,
    queueSeen: nullable(QueueSeen),
    wait: WaitEstimate,
    reinforcement: Type.Object(
      { openRequests: Count, wanted: Count, underWay: Count, arrived: Count },
      closed,
    ),
    suppliesLow: Type.Array(oneOf(supplyItems)),
    book: Type.Object({ open: Count, unread: Count }, closed),
    /** Hand-overs of people that no clinic has taken yet. */
    handoversOpen: Count,
    /** Phones that last recorded here, with what waits on them and what was refused for good. */
    devices: Type.Object({ count: Count, unsent: Count, rejected: Count }, closed),
  },
  closed,
)
export type BoardPost = Static<typeof BoardPost>

/** A fact of running a post as it is shown; what an officer’s health check found is not in it. */
export const ShownPostFact = Type.Object(
  {
    id: Type.String(),
    postId: Type.Integer(),
    occurredAt: Instant,
    recordedAt: Instant,
    makerId: Type.String(),
    byLead: Type.Boolean(),
    happening: ShownHappening,
  },
  closed,
)
export type ShownPostFact = Static<typeof ShownPostFact>

/** Somebody named in the facts. */
export const ShownOfficer = Type.Object(
  {
    id: Type.String(),
    name: BilingualText,
    areaCode: DivisionCode,
    crew: nullable(BilingualText),
  },
  closed,
)
export type ShownOfficer = Static<typeof ShownOfficer>

export const DeviceAtPost = Type.Object(
  {
    id: Type.String(),
    label: Type.String(),
    lastSeenAt: nullable(Instant),
    queued: nullable(Count),
    rejected: nullable(Count),
    unreadable: nullable(Count),
    /** What the server refused for good in the last week, by reason. */
    refused: Type.Array(Type.Object({ code: Type.String(), count: Count }, closed)),
  },
  closed,
)
export type DeviceAtPost = Static<typeof DeviceAtPost>

export const PostSlot = Type.Object(
  {
    slot: Type.Integer({ minimum: 0, maximum: 71 }),
    vehicles: Count,
    meanSecondsPerVehicle: nullable(Type.Number({ minimum: 0 })),
  },
  closed,
)
export type PostSlot = Static<typeof PostSlot>
