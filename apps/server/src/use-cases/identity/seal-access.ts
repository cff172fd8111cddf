import type { IdentityAccess } from '@guankou/db/queries/identity-access/insert-accesses.ts'
import { v7 } from 'uuid'
import { type DataKeyOwner, DayKeyDestroyedError } from '#src/identity/day-key-store.ts'
import type { IdentitySealer } from '#src/identity/identity-sealer.ts'

/** An access that is about to be written, its reason still in clear. */
export type OpenAccess = Omit<IdentityAccess, 'id' | 'reasonSealed'> & { readonly reason: string | null }

const placeOf = (id: string): string => `identity-access|${id}|reason`

/** The outcome, or null where the key of that day is destroyed; anything else is thrown. */
export const unlessDestroyed = async <T>(work: Promise<T>): Promise<T | null> => {
  try {
    return await work
  } catch (error) {
    if (error instanceof DayKeyDestroyedError) return null
    throw error
  }
}

/**
 * Gives an access its id and seals its reason under the key of the screening, so that the reason, which may name
 * somebody, is gone on the day the identity is.
 */
export const sealAccess = async (sealer: IdentitySealer, access: OpenAccess): Promise<IdentityAccess> => {
  const { reason, ...rest } = access
  const id = v7({ msecs: access.at.getTime() })
  const reasonSealed =
    reason === null ? null : await unlessDestroyed(sealer.sealText(access, placeOf(id), reason))
  return { ...rest, id, reasonSealed }
}

/** The reason of an access; null where there is none, or where its key is destroyed. */
export const openReason = async (
  sealer: IdentitySealer,
  access: DataKeyOwner & { readonly id: string; readonly reasonSealed: Buffer | null },
): Promise<string | null> =>
  access.reasonSealed === null
    ? null
    : unlessDestroyed(sealer.open(access, placeOf(access.id), access.reasonSealed))
