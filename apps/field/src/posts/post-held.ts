import type { OwnDispatch, PostView } from '@guankou/contract/posts/endpoints.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { isFact, type KeptFact, standingAt } from '@guankou/domain/posts/kept-fact.ts'
import { nothingRunning, type PostRunning, runningAt } from '@guankou/domain/posts/post-running.ts'

/** What lies on the phone of the running of posts: the server’s last answer, and what was recorded here since. */
export type PostHeld = {
  readonly accountId: string | undefined
  readonly postId: number | undefined
  readonly view: PostView | undefined
  readonly own: readonly KeptFact[]
  /** Where its holder has been sent to, also outside the area of the pack. */
  readonly dispatches: readonly OwnDispatch[]
}

export const nothingHeld: PostHeld = {
  accountId: undefined,
  postId: undefined,
  view: undefined,
  own: [],
  dispatches: [],
}

/** Own facts are needed until the server tells them again; who was offline for days sees their own longer than that. */
const ownKeptMs = 7 * 86_400_000

/** Facts of the post in hand, with the own ones that the server does not know yet. */
export const heldFacts = ({ view, own, postId }: PostHeld): readonly KeptFact[] => [
  ...(view?.facts ?? []).map(({ occurredAt, recordedAt: _recorded, ...fact }) => ({
    ...fact,
    occurredAtMs: Date.parse(occurredAt),
  })),
  ...own.filter((fact) => fact.postId === postId),
]

/** Drops own facts that the server told, refused, or that are old. */
export const withoutKnown = (held: PostHeld, rejected: ReadonlySet<string>, nowMs: number): PostHeld => {
  const told = new Set(held.view?.facts.map(({ id }) => id))
  const isKept = ({ id, occurredAtMs }: KeptFact) =>
    !told.has(id) && !rejected.has(id) && nowMs - occurredAtMs < ownKeptMs
  return { ...held, own: held.own.filter(isKept) }
}

/** How the post runs now, as far as this phone knows. */
export const heldRunning = (held: PostHeld, nowMs: number): PostRunning =>
  (held.postId === undefined ? undefined : runningAt(heldFacts(held), nowMs).get(held.postId)) ??
  nothingRunning

/** Somebody sent to a post, and whether they have said that they came and that they left. */
export type SentHere = { readonly dispatch: OwnDispatch; readonly is: 'expected' | 'there' | 'gone' }

/** How whoever holds the phone stands to a post that they were sent to; undefined where no dispatch lasts. */
export const sentTo = (held: PostHeld, postId: number, nowMs: number): SentHere | undefined => {
  const dispatch = held.dispatches.find(({ post, until }) => post.id === postId && Date.parse(until) > nowMs)
  if (dispatch === undefined) return undefined
  const known = held.postId === postId ? heldFacts(held) : held.own.filter((fact) => fact.postId === postId)
  const last = standingAt(known, nowMs).findLast(
    (fact) =>
      isFact(fact, 'reinforcement-arrived', 'reinforcement-left') &&
      fact.happening.sentId === dispatch.id &&
      fact.happening.officerId === held.accountId,
  )
  if (last === undefined) return { dispatch, is: 'expected' }
  return { dispatch, is: isFact(last, 'reinforcement-arrived') ? 'there' : 'gone' }
}

/** The pack with the posts that its holder was sent to, until the dispatch ends. */
export const withDispatched = (
  content: PackContent,
  dispatches: readonly OwnDispatch[],
  nowMs: number,
): PackContent => {
  const open = dispatches.filter(({ until }) => Date.parse(until) > nowMs)
  const posts = open.map(({ post }) => post).filter(({ id }) => content.posts.every((each) => each.id !== id))
  const places = open
    .map(({ place }) => place)
    .filter(({ code }) => content.jurisdictions.every((each) => each.code !== code))
  const once = <T>(list: readonly T[], keyOf: (one: T) => number): T[] => [
    ...new Map(list.map((one) => [keyOf(one), one])).values(),
  ]
  return posts.length === 0 && places.length === 0
    ? content
    : {
        ...content,
        posts: [...once(posts, ({ id }) => id), ...content.posts],
        jurisdictions: [...content.jurisdictions, ...once(places, ({ code }) => code)],
      }
}
