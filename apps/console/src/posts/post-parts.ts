import type { Post } from '@guankou/contract/places/place.ts'
import type { PostView } from '@guankou/contract/posts/endpoints.ts'
import type { KeptFact } from '@guankou/domain/posts/kept-fact.ts'
import {
  nothingRunning,
  officersAt,
  type PostRunning,
  postStateOf,
  runningAt,
} from '@guankou/domain/posts/post-running.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'

/** Everything the cards of a post page show. */
export type PostParts = {
  readonly post: Post
  readonly view: PostView
  readonly facts: readonly KeptFact[]
  readonly running: PostRunning
  readonly atMs: number
  readonly timeZone: string
  readonly nameOf: (accountId: string) => string
  readonly postName: (postId: number) => string
}

export const partsOf = (
  view: PostView,
  about: {
    readonly post: Post
    readonly posts: readonly Post[]
    readonly timeZone: string
    readonly locale: Locale
  },
): PostParts => {
  const { post, posts, timeZone, locale } = about
  const atMs = Date.parse(view.asOf)
  const facts = view.facts.map(({ occurredAt, recordedAt: _recorded, ...fact }) => ({
    ...fact,
    occurredAtMs: Date.parse(occurredAt),
  }))
  const officers = new Map(view.officers.map((officer) => [officer.id, officer]))
  return {
    post,
    view,
    facts,
    running: runningAt(facts, atMs).get(post.id) ?? nothingRunning,
    atMs,
    timeZone,
    nameOf: (id) => {
      const officer = officers.get(id)
      return officer === undefined ? id.slice(0, 8) : inLocale(officer.name, locale)
    },
    postName: (id) => {
      const found = posts.find((each) => each.id === id)
      return found === undefined ? String(id) : inLocale(found.name, locale)
    },
  }
}

/** The same word that the list shows. */
export const stateOfPost = ({ running, view, atMs }: PostParts) => {
  const { flow } = view
  const lanesOpen = running.lanes.areRecorded ? running.lanes.open.length : flow.vehicles > 0 ? 1 : 0
  return postStateOf({
    lanesOpen,
    lanesAreRecorded: running.lanes.areRecorded,
    onPost: officersAt(running),
    lastScreeningAtMs: flow.lastScreeningAt === null ? undefined : Date.parse(flow.lastScreeningAt),
    atMs,
  })
}
