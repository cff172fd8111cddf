import type { ShownHappening } from '@guankou/contract/posts/record-post-fact.ts'
import type { ShownPostFact } from '@guankou/contract/posts/shown-post.ts'
import type { PostFactRead } from '@guankou/db/queries/posts/post-facts.ts'
import type { KeptFact } from '@guankou/domain/posts/kept-fact.ts'
import { longestPresenceMs } from '@guankou/domain/posts/presence.ts'

const daysMs = 86_400_000

/** How far back facts are read: comings and goings for a duty, the rest for two weeks. */
export const factWindow = (nowMs: number) => ({
  briefFrom: new Date(nowMs - longestPresenceMs),
  longFrom: new Date(nowMs - 14 * daysMs),
  until: new Date(nowMs),
})

/** A stored row as states are derived from it; texts are not opened for that. */
export const keptOf = (row: PostFactRead): KeptFact => ({
  id: row.id,
  postId: row.postId,
  occurredAtMs: row.occurredAt.getTime(),
  makerId: row.accountId,
  byLead: row.byLead,
  happening: row.happening as ShownHappening,
})

export const shownOf = (row: PostFactRead, happening: ShownHappening): ShownPostFact => ({
  id: row.id,
  postId: row.postId,
  occurredAt: row.occurredAt.toISOString(),
  recordedAt: row.recordedAt.toISOString(),
  makerId: row.accountId,
  byLead: row.byLead,
  happening,
})
