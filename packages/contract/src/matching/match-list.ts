import Type, { type Static } from 'typebox'
import { BilingualText, Instant, oneOf, UuidV7 } from '../primitives.ts'
import { matchReasons } from './reasons.ts'

const closed = { additionalProperties: false } as const

/** What a list names: plates, or documents of any kind. */
export const matchKinds = ['plate', 'document'] as const
export type MatchKind = (typeof matchKinds)[number]

/** Entries with one reason and one end. */
export const MatchGroup = Type.Object(
  {
    kind: oneOf(matchKinds),
    reason: oneOf(matchReasons),
    until: Instant,
    /** Hexadecimal digests of equal length, sorted, without anything between them. */
    digests: Type.String({ pattern: '^[0-9a-f]*$' }),
  },
  closed,
)
export type MatchGroup = Static<typeof MatchGroup>

/**
 * A list as phones hold it: keyed digests cut so short that a hit is only probable. The key does not travel with it, and
 * is another one for each list.
 */
export const MatchList = Type.Object(
  {
    id: UuidV7,
    title: BilingualText,
    /** Hexadecimal digits of each digest. */
    digits: Type.Integer({ minimum: 4, maximum: 16 }),
    /** First 16 digits of the SHA-256 of the key, by which a phone knows the right one. */
    keyCheck: Type.String({ pattern: '^[0-9a-f]{16}$' }),
    groups: Type.Array(MatchGroup),
  },
  closed,
)
export type MatchList = Static<typeof MatchList>

/** The key of one list, for phones whose user screens; base64. */
export const MatchKey = Type.Object({ listId: UuidV7, key: Type.String() }, closed)
export type MatchKey = Static<typeof MatchKey>

/** Most entries of one list, and of all lists that a jurisdiction has at once: phones carry them. */
export const mostEntriesOfList = 50_000
export const mostEntriesAtOnce = 100_000
export const mostListsAtOnce = 20

/** What the system keeps a list for by itself: whoever is under an order in force. */
export const keptLists = ['quarantine-orders'] as const
export type KeptList = (typeof keptLists)[number]

/** No list runs for longer than this: it has to end before the key of its day is destroyed. */
export const mostListDays = 21
