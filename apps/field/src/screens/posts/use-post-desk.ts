import type { Post } from '@guankou/contract/places/place.ts'
import type { PostHappening } from '@guankou/contract/posts/record-post-fact.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import type { PostRunning } from '@guankou/domain/posts/post-running.ts'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { heldRunning, type PostHeld } from '#src/posts/post-held.ts'
import { useField } from '#src/runtime/field-context.ts'
import { type DeskNews, type FactMade, makerAt } from '#src/runtime/post-desk.ts'
import { useStore } from '#src/runtime/store.ts'
import { useNow } from '../use-now.ts'

export type PostAtHand = {
  readonly post: Post
  readonly content: PackContent
  readonly held: PostHeld
  readonly news: DeskNews
  readonly running: PostRunning
  readonly nowMs: number
  readonly accountId: string
  readonly isLead: boolean
  /** Whether the post lies in the area that its holder works in, and not in one they were sent to. */
  readonly isOwnArea: boolean
  readonly nameOf: (accountId: string) => string
  readonly say: (happening: PostHappening) => Promise<FactMade>
  /** Of the last thing that was said. */
  readonly made: FactMade | undefined
  /** Takes back the last thing that was said here; nothing where it was taken back itself, or there is none. */
  readonly takeBack: (() => void) | undefined
  readonly ask: () => void
}

const askEveryMs = 60_000

/** The post in hand as it runs, followed; asks the server on coming and every minute. */
export const usePostDesk = (post: Post, content: PackContent): PostAtHand => {
  const { t } = useTranslation()
  const { runtime, settings } = useField()
  const { locale } = useStore(settings)
  const profile = useStore(runtime.profile)
  const held = useStore(runtime.desk.held)
  const news = useStore(runtime.desk.news)
  const nowMs = useNow(10_000)
  const [made, setMade] = useState<FactMade>()
  const [said, setSaid] = useState<string>()
  useEffect(() => {
    const ask = async (): Promise<void> => {
      await runtime.desk.refresh(post)
      await runtime.desk.lookForDispatches()
    }
    void ask()
    const timer = setInterval(() => void ask(), askEveryMs)
    return () => clearInterval(timer)
  }, [runtime, post])
  const running = useMemo(() => heldRunning(held, Math.max(nowMs, Date.now())), [held, nowMs])
  const accountId = profile?.accountId ?? ''
  const say = async (happening: PostHappening): Promise<FactMade> => {
    const outcome = await runtime.desk.record({ post, content }, happening)
    setMade(outcome)
    const isNew = outcome.is === 'recorded' && happening.is !== 'withdrawn'
    setSaid(isNew ? outcome.id : undefined)
    return outcome
  }
  return {
    post,
    content,
    held,
    news,
    running,
    nowMs,
    accountId,
    isOwnArea: profile !== undefined && liesIn(post.jurisdiction, profile.areaCode),
    isLead: profile !== undefined && makerAt(profile, post).role === 'post-lead',
    nameOf: (id) =>
      id === accountId && profile !== undefined
        ? profile.name[locale]
        : (held.view?.officers.find((officer) => officer.id === id)?.name[locale] ?? t('posts.someone')),
    say,
    made,
    takeBack: said === undefined ? undefined : () => void say({ is: 'withdrawn', factId: said }),
    ask: () => void runtime.desk.refresh(post),
  }
}
