import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { type Bilingual, DivisionCode, Instant, OriginCode, oneOf, UuidV7 } from '../primitives.ts'

/** What became of it when somebody was asked for a test. */
export const testOffers = ['taken', 'declined', 'no-kit'] as const
export type TestOffer = (typeof testOffers)[number]

export const testOfferNames: Readonly<Record<TestOffer, Bilingual>> = {
  taken: { zh: '已采样', en: 'Sample taken' },
  declined: { zh: '拒绝', en: 'Declined' },
  'no-kit': { zh: '无试剂', en: 'No kit' },
}

/**
 * Why somebody was asked: by the day’s quota for people like them, by lot, because a rule sent them on, or because they
 * asked for it themselves.
 */
export const testGrounds = ['quota', 'lot', 'rule', 'request'] as const
export type TestGround = (typeof testGrounds)[number]

/** The label of a tube, as laboratories print it; it names a sample and nobody. */
export const SampleCode = Type.String({ pattern: '^[A-Z0-9][A-Z0-9-]{3,31}$', minLength: 4, maxLength: 32 })

/**
 * Somebody at a post was asked for a test. A person is the screening they were in and their seat; who they are is not
 * said. The milliseconds of the id are those of `occurredAt`.
 */
export const RecordTest = Type.Object(
  {
    kind: Type.Literal('testing.record'),
    schemaVersion: Type.Literal(1),
    id: UuidV7,
    jurisdiction: DivisionCode,
    postId: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
    occurredAt: Instant,
    responseId: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }),
    screeningId: UuidV7,
    seat: Type.Integer({ minimum: 1, maximum: 100 }),
    originCode: OriginCode,
    /** Whether they declared an exposure, or contact with a case. */
    declared: classified('health', Type.Boolean()),
    offer: classified('health', oneOf(testOffers)),
    ground: oneOf(testGrounds),
    sampleCode: Type.Optional(SampleCode),
  },
  { additionalProperties: false, $id: 'RecordTest' },
)
export type RecordTest = Static<typeof RecordTest>
