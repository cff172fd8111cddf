import Type, { type Static } from 'typebox'
import { CivilDate, Count, Instant } from '../primitives.ts'

const hex = (bytes: number) =>
  Type.String({ pattern: `^[0-9a-f]{${2 * bytes}}$`, minLength: 2 * bytes, maxLength: 2 * bytes })

/** End of a jurisdiction's audit at the end of one of its days, signed; anyone may keep it. */
export const AuditDayHead = Type.Object(
  {
    jurisdiction: Type.Integer({ minimum: 0, maximum: 999_999 }),
    day: CivilDate,
    /** Number of the last link of the day, and its hash. */
    seq: Count,
    hash: hex(32),
    /** Entries of the chain up to that link. */
    entries: Count,
    /** SHA-256 of what is signed in the head of the day before; zeros before the first. */
    previous: hex(32),
    closedAt: Instant,
    /** Ed25519 over the JSON array that `dayHeadText` makes (RFC 8032). */
    publicKey: hex(32),
    signature: hex(64),
  },
  { additionalProperties: false },
)
export type AuditDayHead = Static<typeof AuditDayHead>

/** What a signed head says, as the text that is signed. */
export const dayHeadText = (head: Omit<AuditDayHead, 'publicKey' | 'signature'>): string =>
  JSON.stringify([
    'guankou-audit-head',
    1,
    head.jurisdiction,
    head.day,
    head.seq,
    head.hash,
    head.entries,
    head.previous,
    head.closedAt,
  ])
