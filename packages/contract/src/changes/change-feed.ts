import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { handoverStates } from '../handovers/vocabulary.ts'
import { alarmStates, signals } from '../monitoring/vocabulary.ts'
import { CivilDate, Count, DivisionCode, Instant, oneOf, UuidV7 } from '../primitives.ts'
import { NotableEvent, Tally } from '../situation/endpoints.ts'

const closed = { additionalProperties: false } as const

/** What one committed batch added to one post and slot. */
export const PostIncrement = Type.Object(
  { postId: Type.Integer(), day: CivilDate, slot: Type.Integer({ minimum: 0, maximum: 71 }), added: Tally },
  closed,
)

/** Screenings were committed: the increments are exactly those of the roll-ups in the same commit. */
export const ScreeningsRecorded = Type.Object(
  {
    topic: Type.Literal('screenings'),
    jurisdiction: DivisionCode,
    committedAt: Instant,
    screenings: Count,
    increments: Type.Array(PostIncrement),
    notable: Type.Array(NotableEvent),
  },
  closed,
)

/** An alarm was raised, acted on, handed up, or has new numbers. */
export const AlarmChanged = Type.Object(
  {
    topic: Type.Literal('alarms'),
    jurisdiction: DivisionCode,
    committedAt: Instant,
    alarmId: UuidV7,
    postId: Type.Integer(),
    signal: oneOf(signals),
    state: oneOf(alarmStates),
  },
  closed,
)

/** A lead decided otherwise than the rules, or a second person answered: counts of the day may have moved. */
export const DecisionChanged = Type.Object(
  {
    topic: Type.Literal('decisions'),
    jurisdiction: DivisionCode,
    committedAt: Instant,
    screeningId: UuidV7,
    postId: Type.Integer(),
    day: CivilDate,
  },
  closed,
)

/** A hand-over was opened, signed, noted, ended or handed up. */
export const HandoverChanged = Type.Object(
  {
    topic: Type.Literal('handovers'),
    jurisdiction: DivisionCode,
    committedAt: Instant,
    handoverId: UuidV7,
    state: oneOf(handoverStates),
  },
  closed,
)

/** A version of the rules came into force: everyone who holds the one before reads anew. */
export const RulesChanged = Type.Object(
  {
    topic: Type.Literal('rules'),
    jurisdiction: DivisionCode,
    committedAt: Instant,
    responseId: Type.String(),
    version: Count,
  },
  closed,
)

/** A rescreening came further: people were selected, put on lists, or reached. */
export const RescreenMoved = Type.Object(
  { topic: Type.Literal('rescreen'), jurisdiction: DivisionCode, committedAt: Instant },
  closed,
)

/** A door came further, or teams or what is asked of doors changed; which door is not told. */
export const RoundsMoved = Type.Object(
  { topic: Type.Literal('households'), jurisdiction: DivisionCode, committedAt: Instant },
  closed,
)

/** Something was added to an episode of quarantine; to which is not told. */
export const QuarantineMoved = Type.Object(
  { topic: Type.Literal('quarantine'), jurisdiction: DivisionCode, committedAt: Instant },
  closed,
)

export const ChangeEvent = Type.Union([
  ScreeningsRecorded,
  AlarmChanged,
  DecisionChanged,
  HandoverChanged,
  RulesChanged,
  RescreenMoved,
  RoundsMoved,
  QuarantineMoved,
])

export type PostIncrement = Static<typeof PostIncrement>
export type ScreeningsRecorded = Static<typeof ScreeningsRecorded>
export type DecisionChanged = Static<typeof DecisionChanged>
export type AlarmChanged = Static<typeof AlarmChanged>
export type RulesChanged = Static<typeof RulesChanged>
export type RoundsMoved = Static<typeof RoundsMoved>
export type QuarantineMoved = Static<typeof QuarantineMoved>
export type RescreenMoved = Static<typeof RescreenMoved>
export type HandoverChanged = Static<typeof HandoverChanged>
export type ChangeEvent = Static<typeof ChangeEvent>

export const changeFeed = defineEndpoint({
  id: 'changes.feed',
  method: 'GET',
  path: '/api/changes',
  summary: 'What changes, as it changes',
  description:
    'Server-sent events of the area, one per commit. Resumes after Last-Event-ID; a comment line every 15 seconds shows that the line is alive.',
  access: {
    roles: ['post-lead', 'duty-planner', 'commander', 'auditor'],
    area: 'query.area',
    purpose: 'monitoring',
  },
  audit: { action: 'changes.feed', record: 'denied' },
  limits: { group: 'stream', bodyBytes: 0 },
  query: Type.Object({ area: DivisionCode }, closed),
  output: ChangeEvent,
  stream: 'sse',
  errors: ['UNKNOWN_AREA'],
})
