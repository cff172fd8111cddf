import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { DivisionCode, Instant, oneOf, printable, UuidV7 } from '../primitives.ts'
import { officerSymptoms, reinforcementReasons, skipReasons, supplyItems } from './vocabulary.ts'

const closed = { additionalProperties: false } as const

const is = <const W extends string>(word: W) => Type.Literal(word)
/** An account, whatever made its id. */
const OfficerId = Type.String({ format: 'uuid', maxLength: 36 })
const Note = Type.String({ minLength: 1, maxLength: 500, pattern: printable })
const Quantity = Type.Integer({ minimum: 0, maximum: 100_000 })
const Officers = Type.Integer({ minimum: 1, maximum: 100 })

/** How an officer is on coming to the post: measured and asked, or left out with the reason. */
export const HealthCheck = Type.Union([
  Type.Object(
    {
      is: is('checked'),
      temperatureCelsius: Type.Optional(classified('health', Type.Number({ minimum: 30, maximum: 45 }))),
      underThreshold: Type.Optional(classified('health', Type.Literal(true))),
      symptoms: classified(
        'health',
        Type.Array(oneOf(officerSymptoms), { maxItems: officerSymptoms.length, uniqueItems: true }),
      ),
    },
    closed,
  ),
  Type.Object({ is: is('skipped'), reason: oneOf(skipReasons) }, closed),
])
export type HealthCheck = Static<typeof HealthCheck>

/** What of a health check everybody at the post may know: that there was one. */
export const HealthCheckDone = Type.Union([
  Type.Object({ is: is('checked') }, closed),
  Type.Object({ is: is('skipped'), reason: oneOf(skipReasons) }, closed),
])

const others = [
  Type.Object({ is: is('clock-in-put-off'), reason: oneOf(skipReasons) }, closed),
  /** By the officer, or by the lead where somebody forgot. */
  Type.Object({ is: is('clocked-out'), officerId: OfficerId }, closed),
  Type.Object(
    { is: is('lane-set'), lane: Type.Integer({ minimum: 1, maximum: 60 }), open: Type.Boolean() },
    closed,
  ),
  Type.Object({ is: is('queue-seen'), vehicles: Type.Integer({ minimum: 0, maximum: 999 }) }, closed),
  Type.Object(
    {
      is: is('reinforcement-requested'),
      officers: Officers,
      reason: oneOf(reinforcementReasons),
      note: Type.Optional(Note),
    },
    closed,
  ),
  /** `officerIds`: accounts that may record at the post between their arrival and `until`. */
  Type.Object(
    {
      is: is('reinforcement-sent'),
      requestId: Type.Optional(UuidV7),
      officers: Officers,
      unit: Type.String({ minLength: 1, maxLength: 80, pattern: printable }),
      officerIds: Type.Array(OfficerId, { maxItems: 100, uniqueItems: true }),
      until: Instant,
    },
    closed,
  ),
  /** `others`: so many who carry no phone of ours, counted by the lead. */
  Type.Object(
    {
      is: is('reinforcement-arrived'),
      sentId: UuidV7,
      officerId: Type.Optional(OfficerId),
      others: Type.Optional(Officers),
    },
    closed,
  ),
  Type.Object(
    {
      is: is('reinforcement-left'),
      sentId: UuidV7,
      officerId: Type.Optional(OfficerId),
      others: Type.Optional(Officers),
    },
    closed,
  ),
  Type.Object({ is: is('supply-counted'), item: oneOf(supplyItems), quantity: Quantity }, closed),
  /** From here down the item counts as low. */
  Type.Object({ is: is('supply-low-at'), item: oneOf(supplyItems), quantity: Quantity }, closed),
  Type.Object({ is: is('supply-requested'), item: oneOf(supplyItems), quantity: Quantity }, closed),
  Type.Object(
    {
      is: is('supply-received'),
      item: oneOf(supplyItems),
      quantity: Quantity,
      requestId: Type.Optional(UuidV7),
    },
    closed,
  ),
  /** `open`: something that the next crew has to do. */
  Type.Object({ is: is('book-written'), text: Note, open: Type.Boolean() }, closed),
  Type.Object({ is: is('book-settled'), entryId: UuidV7 }, closed),
  /** The next lead has read these and goes on from there. */
  Type.Object(
    {
      is: is('book-taken-over'),
      entryIds: Type.Array(UuidV7, { minItems: 1, maxItems: 200, uniqueItems: true }),
    },
    closed,
  ),
  /** Something was recorded that did not happen; the fact it names stays and counts no longer. */
  Type.Object({ is: is('withdrawn'), factId: UuidV7 }, closed),
] as const

/** Something that happened in the running of a post. */
export const PostHappening = Type.Union([
  Type.Object({ is: is('clocked-in'), health: HealthCheck }, closed),
  ...others,
])
export type PostHappening = Static<typeof PostHappening>

/** The same as it is shown and counted with: of a health check, only that there was one. */
export const ShownHappening = Type.Union([
  Type.Object({ is: is('clocked-in'), health: HealthCheckDone }, closed),
  ...others,
])
export type ShownHappening = Static<typeof ShownHappening>

/** One fact of running a post. The milliseconds of the id are those of `occurredAt`. */
export const RecordPostFact = Type.Object(
  {
    kind: Type.Literal('posts.record'),
    schemaVersion: Type.Literal(1),
    id: UuidV7,
    jurisdiction: DivisionCode,
    postId: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
    occurredAt: Instant,
    happening: PostHappening,
  },
  { ...closed, $id: 'RecordPostFact' },
)
export type RecordPostFact = Static<typeof RecordPostFact>
