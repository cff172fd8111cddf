import Type, { type Static } from 'typebox'
import { oneOf, UuidV7 } from '../primitives.ts'
import { matchReasons } from './reasons.ts'

/**
 * Most lists that somebody is found on: those that a jurisdiction may bring and the one that is kept of its orders, and a phone
 * carries two levels of them.
 */
export const mostListed = 42

/**
 * A list that a traveller's document was found on when they were screened: an order in force, or another health reason that has
 * not run out. What a phone found without a network agrees by chance once in some thousands; `confirmed` says that the server
 * had compared the whole digest.
 */
export const Listed = Type.Object(
  { listId: UuidV7, reason: oneOf(matchReasons), confirmed: Type.Boolean() },
  { additionalProperties: false },
)
export type Listed = Static<typeof Listed>

/** The same without which list it was, for those who only need to know why. */
export const ListedView = Type.Object(
  { reason: oneOf(matchReasons), confirmed: Type.Boolean() },
  { additionalProperties: false },
)
export type ListedView = Static<typeof ListedView>
