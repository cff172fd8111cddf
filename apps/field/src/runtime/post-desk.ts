import type { ErrorCode } from '@guankou/contract/errors.ts'
import type { Post } from '@guankou/contract/places/place.ts'
import type { OwnDispatch, PostView } from '@guankou/contract/posts/endpoints.ts'
import type { PostHappening, RecordPostFact } from '@guankou/contract/posts/record-post-fact.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import { decidePostFact, type PostMaker } from '@guankou/domain/posts/decide-post-fact.ts'
import type { KeptFact } from '@guankou/domain/posts/kept-fact.ts'
import { newEntry } from '@guankou/sync/outbox/entry.ts'
import { StorageFull } from '@guankou/sync/outbox/storage.ts'
import { v7 } from 'uuid'
import { referenceOf } from '#src/lane/reference.ts'
import { nothingHeld, type PostHeld, withoutKnown } from '#src/posts/post-held.ts'
import type { FieldRuntime } from './field-runtime.ts'
import { createStore, type Store } from './store.ts'

export type FactMade =
  | { readonly is: 'recorded'; readonly id: string }
  | { readonly is: 'refused'; readonly code: ErrorCode }
  | { readonly is: 'storage-full' }

/** Why what is shown of the post is not fresh. */
export type DeskNews = 'fresh' | 'unreachable' | 'refused' | 'not-asked'

/** What the phone knows and says of the running of its post. */
export type PostDesk = {
  readonly held: Store<PostHeld>
  readonly news: Store<DeskNews>
  /** Takes up what lies on the phone of this person; once it has, `held` names the account. */
  readonly load: () => Promise<void>
  /** Asks where this person has been sent to. */
  readonly lookForDispatches: () => Promise<void>
  /** Takes up what lies on the phone of this person and post. */
  readonly open: (post: Post) => Promise<void>
  /** Asks the server; what is on the phone stays where it does not answer. */
  readonly refresh: (post: Post) => Promise<void>
  readonly record: (
    about: { readonly post: Post; readonly content: PackContent },
    happening: PostHappening,
  ) => Promise<FactMade>
}

/** Entries of the running of a post are told from vehicles by the group they are sent in. */
const groupOf = (id: string): string => `post:${id}`
export const isPostEntry = (aggregateId: string): boolean => aggregateId.startsWith('post:')

/** Under the lead of another district’s post, everybody is one of the crew. */
export const makerAt = (
  profile: { readonly accountId: string; readonly role: PostMaker['role']; readonly areaCode: number },
  post: Post,
): PostMaker => ({
  accountId: profile.accountId,
  role: liesIn(post.jurisdiction, profile.areaCode) ? profile.role : 'inspector',
})

export type PostDeskParts = {
  readonly runtime: Pick<FieldRuntime, 'profile' | 'outbox' | 'sealParcel' | 'sync'>
  readonly read: (accountId: string) => Promise<unknown>
  readonly write: (accountId: string, held: PostHeld) => Promise<void>
  readonly ask: (postId: number) => Promise<PostView | 'unreachable' | 'refused'>
  readonly askForDispatches: () => Promise<readonly OwnDispatch[] | undefined>
}

const rejectedIds = async ({ runtime }: PostDeskParts): Promise<ReadonlySet<string>> => {
  const open = await runtime.outbox.readOpen()
  return new Set(open.filter(({ state }) => state.is === 'rejected').map(({ id }) => id))
}

const storeEntry = async (
  { runtime }: PostDeskParts,
  profile: NonNullable<ReturnType<FieldRuntime['profile']['get']>>,
  command: RecordPostFact,
  nowMs: number,
): Promise<boolean> => {
  const parcel = await runtime.sealParcel(command.id, command).catch(() => undefined)
  const entry = newEntry({
    id: command.id,
    aggregateId: groupOf(command.id),
    makerId: profile.accountId,
    makerName: profile.name,
    madeAtMs: nowMs,
    holdBackMs: 0,
    command,
    parcel,
  })
  try {
    await runtime.outbox.add(entry)
    return true
  } catch (cause) {
    if (cause instanceof StorageFull) return false
    throw cause
  }
}

const commandAt = (post: Post, happening: PostHappening, nowMs: number): RecordPostFact => ({
  kind: 'posts.record',
  schemaVersion: 1,
  id: v7({ msecs: nowMs }),
  jurisdiction: post.jurisdiction,
  postId: post.id,
  occurredAt: new Date(nowMs).toISOString(),
  happening,
})

type Keep = (next: PostHeld) => Promise<void>

/** Decides on the phone as the server will, stores the entry, and adds the fact to what is shown. */
const recordAt = async (
  parts: PostDeskParts,
  { post, content, happening }: { post: Post; content: PackContent; happening: PostHappening },
  { held, keep }: { readonly held: Store<PostHeld>; readonly keep: Keep },
): Promise<FactMade> => {
  const { runtime } = parts
  const profile = runtime.profile.get()
  if (profile === undefined) return { is: 'refused', code: 'NOT_SIGNED_IN' }
  const nowMs = Date.now()
  const command = commandAt(post, happening, nowMs)
  const decided = decidePostFact(referenceOf(content), command, makerAt(profile, post), nowMs)
  if (!decided.ok) return { is: 'refused', code: decided.refusal.code }
  if (!(await storeEntry(parts, profile, command, nowMs))) return { is: 'storage-full' }
  const { id, postId, occurredAtMs, makerId, byLead, happening: shown } = decided.fact
  const fact: KeptFact = { id, postId, occurredAtMs, makerId, byLead, happening: shown }
  await keep({ ...held.get(), own: [...held.get().own, fact] })
  await runtime.sync.outboxChanged()
  return { is: 'recorded', id: command.id }
}

export const createPostDesk = (parts: PostDeskParts): PostDesk => {
  const { runtime, read, write, ask } = parts
  const held = createStore<PostHeld>(nothingHeld)
  const news = createStore<DeskNews>('not-asked')
  const keep = async (next: PostHeld): Promise<void> => {
    held.set(next)
    const accountId = runtime.profile.get()?.accountId
    if (accountId !== undefined) await write(accountId, next).catch(() => undefined)
  }
  const load = async (): Promise<void> => {
    const accountId = runtime.profile.get()?.accountId
    if (accountId === undefined || held.get().accountId === accountId) return
    const stored = (await read(accountId).catch(() => undefined)) as PostHeld | undefined
    held.set({ ...nothingHeld, ...stored, accountId })
    news.set('not-asked')
  }
  const open = async (post: Post): Promise<void> => {
    await load()
    if (held.get().postId === post.id || held.get().accountId === undefined) return
    held.set({ ...held.get(), postId: post.id, view: undefined })
    news.set('not-asked')
  }
  const lookForDispatches = async (): Promise<void> => {
    await load()
    const dispatches = await parts.askForDispatches()
    if (dispatches !== undefined) await keep({ ...held.get(), dispatches })
  }
  return {
    held,
    news,
    load,
    lookForDispatches,
    open,
    async refresh(post) {
      await open(post)
      const view = await ask(post.id)
      if (typeof view === 'string') return news.set(view)
      const rejected = await rejectedIds(parts)
      await keep(withoutKnown({ ...held.get(), view, postId: post.id }, rejected, Date.now()))
      news.set('fresh')
    },
    async record({ post, content }, happening) {
      await open(post)
      return recordAt(parts, { post, content, happening }, { held, keep })
    },
  }
}
