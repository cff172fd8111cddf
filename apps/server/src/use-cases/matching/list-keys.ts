import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { RunningList } from '@guankou/db/queries/matching/read-lists.ts'
import { DayKeyDestroyedError } from '#src/identity/day-key-store.ts'
import type { IdentitySealer } from '#src/identity/identity-sealer.ts'

/** Bytes of a digest that the server keeps; phones get the first few digits of it. */
const digestBytes = 16

const keyPlace = (listId: string): string => `match-list|${listId}|key`
export const basisPlace = (listId: string): string => `match-list|${listId}|basis`

/** HMAC-SHA-256 of a digested text, cut to what is kept. */
export const digestUnder = (key: Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest().subarray(0, digestBytes)

/** By what a phone knows the key of a list. */
export const keyCheckOf = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 16)

/**
 * A key for one list, and no other: whoever gets hold of it can try out the numbers of that list alone, and it is worth nothing
 * once the list is over. Sealed under the day it was made on, so that retention destroys it with the rest of that day.
 */
export const makeListKey = async (
  sealer: IdentitySealer,
  owner: { readonly jurisdiction: number; readonly day: string },
  listId: string,
): Promise<{ readonly key: Buffer; readonly sealed: Buffer }> => {
  const key = randomBytes(32)
  return { key, sealed: await sealer.sealText(owner, keyPlace(listId), key.toString('base64')) }
}

/** The key of a list; undefined where that of its day is destroyed, which ends the list as well. */
export const openListKey = async (
  sealer: IdentitySealer,
  list: Pick<RunningList, 'jurisdiction' | 'id' | 'day' | 'keySealed'>,
): Promise<Buffer | undefined> => {
  try {
    return Buffer.from(await sealer.open(list, keyPlace(list.id), list.keySealed), 'base64')
  } catch (error) {
    if (error instanceof DayKeyDestroyedError) return undefined
    throw error
  }
}
