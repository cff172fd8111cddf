import type { HealthCheck, ShownHappening } from '@guankou/contract/posts/record-post-fact.ts'
import type { PostFactRead } from '@guankou/db/queries/posts/post-facts.ts'
import type { PostFactRecorded } from '@guankou/domain/posts/decide-post-fact.ts'
import { DayKeyDestroyedError } from '#src/identity/day-key-store.ts'
import type { IdentitySealer } from '#src/identity/identity-sealer.ts'

/** What of a fact lies sealed: how an officer is, and what people wrote in their own words. */
type SealedParts = { readonly health?: HealthCheck; readonly text?: string; readonly note?: string }

const placeOf = (factId: string): string => `post-fact|${factId}`

/** Stands for a text whose day is over for good. */
const textGone = '—'

const partsOf = ({ happening, health }: PostFactRecorded): SealedParts => {
  if (happening.is === 'book-written') return { text: happening.text }
  if (happening.is === 'reinforcement-requested' && happening.note !== undefined)
    return { note: happening.note }
  return health === undefined ? {} : { health }
}

const without = (happening: ShownHappening): object => {
  if (happening.is === 'book-written') return { ...happening, text: undefined }
  if (happening.is === 'reinforcement-requested') return { ...happening, note: undefined }
  return happening
}

/** A fact as it is stored: what lies open, and the rest under the data key of its day. */
export const sealParts = async (
  sealer: IdentitySealer,
  fact: PostFactRecorded,
): Promise<{ readonly happening: object; readonly sealed: Buffer | null }> => {
  const parts = partsOf(fact)
  const { jurisdiction, day } = fact
  const sealed =
    Object.keys(parts).length === 0
      ? null
      : await sealer.sealText({ jurisdiction, day }, placeOf(fact.id), JSON.stringify(parts))
  return { happening: without(fact.happening), sealed }
}

/** @returns nothing where the key of its day was destroyed */
export const openParts = async (
  sealer: IdentitySealer,
  { jurisdiction, day, id, sealed }: PostFactRead,
): Promise<SealedParts> => {
  if (sealed === null) return {}
  try {
    return JSON.parse(await sealer.open({ jurisdiction, day }, placeOf(id), sealed)) as SealedParts
  } catch (error) {
    if (error instanceof DayKeyDestroyedError) return {}
    throw error
  }
}

/** The happening of a stored row again, with its words; never with what a health check found. */
export const shownHappening = async (sealer: IdentitySealer, row: PostFactRead): Promise<ShownHappening> => {
  const happening = row.happening as ShownHappening
  if (happening.is === 'book-written') {
    const { text } = await openParts(sealer, row)
    return { ...happening, text: text ?? textGone }
  }
  if (happening.is !== 'reinforcement-requested') return happening
  const { note } = await openParts(sealer, row)
  return note === undefined ? happening : { ...happening, note }
}
