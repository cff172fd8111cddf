import Type, { type Static } from 'typebox'
import { CivilDate, oneOf } from '../primitives.ts'

const closed = { additionalProperties: false } as const

/** Until when something is held, or since when it is not and which certificate says so. */
export const HeldUntil = Type.Object(
  {
    is: oneOf(['held', 'destroyed']),
    /** The day on which it is destroyed, or was. */
    on: CivilDate,
    /** Number of the certificate; null before there is one. */
    certificate: Type.Union([Type.String(), Type.Null()]),
    /** Ed25519 key, base64, by which the certificate can be checked. */
    publicKey: Type.Union([Type.String(), Type.Null()]),
  },
  closed,
)
export type HeldUntil = Static<typeof HeldUntil>
