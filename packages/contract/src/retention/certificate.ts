import Type, { type Static } from 'typebox'
import { BilingualText, CivilDate, Count, Instant, oneOf } from '../primitives.ts'
import { retainedClasses } from './policy.ts'

const closed = { additionalProperties: false } as const

/** What stays after destruction, as a certificate lists it. */
export const remainingKinds = ['roll-ups', 'findings', 'audit', 'key-records'] as const
export type RemainingKind = (typeof remainingKinds)[number]

/** One day of a jurisdiction that was destroyed. */
export const CertifiedDay = Type.Object(
  {
    jurisdiction: Type.Integer(),
    day: CivilDate,
    dataClass: oneOf(retainedClasses),
    destroyedAt: Instant,
    vehicles: Count,
    travellers: Count,
    fields: Count,
    /** Of the data key that was destroyed; null where the class has none, or the key is from before fingerprints. */
    keyFingerprint: Type.Union([Type.String(), Type.Null()]),
  },
  closed,
)
export type CertifiedDay = Static<typeof CertifiedDay>

/** What a certificate says; its JSON is what is signed. */
export const CertificateContent = Type.Object(
  {
    kind: Type.Literal('guankou.retention-certificate'),
    version: Type.Literal(1),
    id: Type.String(),
    issuedAt: Instant,
    city: BilingualText,
    /** Who had it done: the schedule, or a person at the command line. */
    by: Type.String(),
    days: Type.Array(CertifiedDay),
    remains: Type.Array(oneOf(remainingKinds)),
  },
  closed,
)
export type CertificateContent = Static<typeof CertificateContent>

/** A certificate as a file: the content to the byte, the signature over it (Ed25519, RFC 8032) and the key to check it. */
export const SignedCertificate = Type.Object(
  { content: Type.String(), signature: Type.String(), publicKey: Type.String() },
  closed,
)
export type SignedCertificate = Static<typeof SignedCertificate>
