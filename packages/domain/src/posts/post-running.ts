import type { PostState } from '@guankou/contract/posts/shown-post.ts'
import { type BookEntry, bookOf } from '#src/posts/book.ts'
import { isFact, type KeptFact, standingAt, withdrawnAt } from '#src/posts/kept-fact.ts'
import { type Lanes, lanesOf } from '#src/posts/lanes.ts'
import { type Presence, presencesAt } from '#src/posts/presence.ts'
import { type Reinforcement, reinforcementOf } from '#src/posts/reinforcement.ts'
import { type Supply, suppliesOf } from '#src/posts/supplies.ts'

export type QueueReport = { readonly vehicles: number; readonly seenAtMs: number }

/** How a post runs at an instant. */
export type PostRunning = {
  readonly lanes: Lanes
  readonly crew: readonly Presence[]
  readonly queue: QueueReport | undefined
  readonly reinforcement: Reinforcement
  readonly supplies: readonly Supply[]
  readonly book: readonly BookEntry[]
}

/** The queue as last reported by a record of its own. @param standing  of `standingAt`, of one post */
export const queueOf = (standing: readonly KeptFact[]): QueueReport | undefined => {
  const last = standing.findLast((fact) => isFact(fact, 'queue-seen'))
  if (last === undefined || !isFact(last, 'queue-seen')) return undefined
  return { vehicles: last.happening.vehicles, seenAtMs: last.occurredAtMs }
}

/**
 * How each post runs at an instant, from the facts of all of them in any order: everything told of a post follows from its
 * facts alone, but for officers who are on another post too.
 * @param facts  of any posts   @param atMs  Unix time, milliseconds
 * @returns by post; one without facts is not in it
 */
export const runningAt = (facts: readonly KeptFact[], atMs: number): ReadonlyMap<number, PostRunning> => {
  const standing = standingAt(facts, atMs)
  const present = Map.groupBy(presencesAt(standing, atMs, withdrawnAt(facts, atMs)), ({ postId }) => postId)
  const byPost = Map.groupBy(standing, ({ postId }) => postId)
  return new Map(
    [...byPost].map(([postId, own]) => {
      const crew = present.get(postId) ?? []
      return [
        postId,
        {
          lanes: lanesOf(own),
          crew,
          queue: queueOf(own),
          reinforcement: reinforcementOf(own, atMs, crew),
          supplies: suppliesOf(own),
          book: bookOf(own),
        },
      ]
    }),
  )
}

/** Everybody at a post: who is on by name, and reinforcements without a phone of ours. */
export const officersAt = ({ crew, reinforcement }: Pick<PostRunning, 'crew' | 'reinforcement'>): number =>
  crew.length + reinforcement.others

/** A post where nothing was recorded. */
export const nothingRunning: PostRunning = {
  lanes: { open: [], areRecorded: false, changedAtMs: new Map() },
  crew: [],
  queue: undefined,
  reinforcement: { requests: [], dispatches: [], wanted: 0, underWay: 0, present: 0, others: 0 },
  supplies: [],
  book: [],
}

/** A post with open lanes that sent nothing for so long is worth a call. */
export const silentAfterMs = 3_600_000

/**
 * The one word for how a post runs, worst that needs somebody first.
 * @param lanesOpen  as recorded, or as screenings tell where nobody records lanes
 */
export const postStateOf = (about: {
  readonly lanesOpen: number
  readonly lanesAreRecorded: boolean
  readonly onPost: number
  readonly lastScreeningAtMs: number | undefined
  readonly atMs: number
}): PostState => {
  const { lanesOpen, lanesAreRecorded, onPost, lastScreeningAtMs, atMs } = about
  if (lanesOpen === 0) return lanesAreRecorded ? 'closed' : 'silent'
  if (lanesAreRecorded && onPost === 0) return 'unstaffed'
  if (lastScreeningAtMs === undefined || atMs - lastScreeningAtMs > silentAfterMs) return 'silent'
  return 'running'
}
