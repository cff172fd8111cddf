import Type, { type Static } from 'typebox'
import { CivilDate, Instant, OriginCode, oneOf } from '../primitives.ts'

const closed = { additionalProperties: false } as const

/** Why people of a type are tested at a post, or are not; the first that holds. */
export const testReasons = [
  'nobody-arrives',
  'everyone',
  'others-first',
  'by-lot',
  'high-prevalence',
  'little-known',
  'best-here',
] as const
export type TestReasonWord = (typeof testReasons)[number]

const Share = Type.Number({ minimum: 0, maximum: 1 })

/** Of people of one type, the share that a post asks for a test today. */
export const TypeQuota = Type.Object(
  { originCode: OriginCode, declared: Type.Boolean(), askedShare: Share, reason: oneOf(testReasons) },
  closed,
)
export type TypeQuota = Static<typeof TypeQuota>

/** What a phone needs to say “test this traveller” without a network. */
export const TestQuota = Type.Object(
  {
    /** Local day that it holds for; on another day nobody is asked by it. */
    day: CivilDate,
    computedAt: Instant,
    posts: Type.Array(
      Type.Object(
        {
          postId: Type.Integer(),
          /** Of people of types that come seldom and are listed at another post only; 1 where each is worth a test. */
          seldomShare: Share,
          /** Of everybody else: the lot. */
          lotShare: Share,
          types: Type.Array(TypeQuota),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type TestQuota = Static<typeof TestQuota>
export type PostQuota = TestQuota['posts'][number]
