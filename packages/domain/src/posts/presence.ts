import type { SkipReason } from '@guankou/contract/posts/vocabulary.ts'
import { isFact, type KeptFact } from '#src/posts/kept-fact.ts'

/** A duty of a five-crew rotation lasts 6 to 12 hours; who is still on after a day forgot to clock out. */
export const longestPresenceMs = 24 * 3_600_000

/** An officer who is on a post. */
export type Presence = {
  readonly officerId: string
  readonly postId: number
  readonly sinceMs: number
  /** Came as a reinforcement, by which dispatch; undefined for the own crew. */
  readonly sentId: string | undefined
  /** `none`: arrived and did not clock in. */
  readonly check: 'checked' | 'skipped' | 'none'
  readonly skipReason: SkipReason | undefined
  /** Other posts where the same officer is on too: one of the records is wrong, and the leads have to say which. */
  readonly alsoAt: readonly number[]
}

type Running = Omit<Presence, 'alsoAt'> & { readonly lastMs: number }

/** Who a fact is about, where it is about one officer’s coming or going. */
export const officerOf = (fact: KeptFact): string | undefined => {
  if (isFact(fact, 'clocked-in', 'clock-in-put-off')) return fact.makerId
  if (isFact(fact, 'clocked-out', 'reinforcement-arrived', 'reinforcement-left'))
    return fact.happening.officerId
  return undefined
}

const after = (before: Running | undefined, fact: KeptFact, officerId: string): Running | undefined => {
  const { postId, occurredAtMs } = fact
  const was = before !== undefined && occurredAtMs - before.lastMs < longestPresenceMs ? before : undefined
  const begun: Running = {
    ...(was ?? { officerId, postId, sinceMs: occurredAtMs, sentId: undefined, check: 'none' }),
    skipReason: was?.skipReason,
    lastMs: occurredAtMs,
  }
  if (isFact(fact, 'clocked-in')) {
    const { health } = fact.happening
    return { ...begun, check: health.is, skipReason: health.is === 'skipped' ? health.reason : undefined }
  }
  if (isFact(fact, 'reinforcement-arrived')) return { ...begun, sentId: fact.happening.sentId }
  return isFact(fact, 'clocked-out', 'reinforcement-left') ? undefined : was
}

/** When each dispatch ends, as far as it is known. */
const endsOf = (standing: readonly KeptFact[]): ReadonlyMap<string, number> =>
  new Map(
    standing.flatMap((fact) =>
      isFact(fact, 'reinforcement-sent') ? [[fact.id, Date.parse(fact.happening.until)] as const] : [],
    ),
  )

/**
 * Who is on which post. Somebody on two posts at once is on both, and marked on both. A dispatch that ends or is taken back
 * ends the presence of whoever came by it, unless they said afterwards that they are there.
 * @param standing  of `standingAt`, of every post that is to be compared   @param atMs  Unix time, milliseconds
 * @param withdrawn  of `withdrawnAt`
 * @returns by post, then by who came first
 */
export const presencesAt = (
  standing: readonly KeptFact[],
  atMs: number,
  withdrawn: ReadonlySet<string> = new Set(),
): readonly Presence[] => {
  const ends = endsOf(standing)
  const isSentHome = ({ sentId, lastMs }: Running): boolean => {
    if (sentId === undefined) return false
    const endMs = ends.get(sentId)
    return withdrawn.has(sentId) || (endMs !== undefined && endMs <= atMs && lastMs < endMs)
  }
  const running = new Map<string, Running>()
  for (const fact of standing) {
    const officerId = officerOf(fact)
    if (officerId === undefined) continue
    const key = `${officerId} ${fact.postId}`
    const next = after(running.get(key), fact, officerId)
    if (next === undefined) running.delete(key)
    else running.set(key, next)
  }
  const present = [...running.values()].filter(
    (each) => atMs - each.lastMs < longestPresenceMs && !isSentHome(each),
  )
  const posts = Map.groupBy(present, ({ officerId }) => officerId)
  return present
    .map(({ lastMs: _last, ...presence }) => ({
      ...presence,
      alsoAt: (posts.get(presence.officerId) ?? [])
        .map(({ postId }) => postId)
        .filter((postId) => postId !== presence.postId)
        .sort((a, b) => a - b),
    }))
    .sort((a, b) => a.postId - b.postId || a.sinceMs - b.sinceMs || (a.officerId < b.officerId ? -1 : 1))
}
