import { type Post, postTypeNames, postTypes } from '@guankou/contract/places/place.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { takesOver } from '#src/handovers/known-handover.ts'
import { sentTo } from '#src/posts/post-held.ts'
import { goesRound } from '#src/round/round-entry.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { PageHead } from './chrome/PageHead.tsx'
import { formatMoment } from './format.ts'
import { NoPinNotice } from './guard/PinSection.tsx'
import { PackGate } from './PackGate.tsx'
import { useNow } from './use-now.ts'
import { usePack } from './use-pack.ts'

const matches = (post: Post, query: string): boolean =>
  `${post.name.zh} ${post.name.en}`.toLowerCase().includes(query.trim().toLowerCase())

type LaneProps = { readonly post: Post; readonly content: PackContent; readonly onBack: () => void }

/** Takes up work in a lane; whoever was sent to the post says by it that they came, or nothing of theirs would count there. */
const useChoice = ({ post, content }: Pick<LaneProps, 'post' | 'content'>) => {
  const { runtime } = useField()
  const navigate = useNavigate()
  const held = useStore(runtime.desk.held)
  const sent = sentTo(held, post.id, Date.now())
  const isArrival = sent !== undefined && sent.is !== 'there'
  const choose = async (lane: number): Promise<void> => {
    if (isArrival && held.accountId !== undefined)
      await runtime.desk.record(
        { post, content },
        { is: 'reinforcement-arrived', sentId: sent.dispatch.id, officerId: held.accountId },
      )
    await runtime.choosePlace({ postId: post.id, lane })
    void navigate({ to: '/lane' })
  }
  return { choose, isArrival }
}

const Lanes = ({ post, content, onBack }: LaneProps) => {
  const { t } = useTranslation()
  const { runtime, settings } = useField()
  const { locale } = useStore(settings)
  const place = useStore(runtime.place)
  const { choose, isArrival } = useChoice({ post, content })
  return (
    <section aria-labelledby="lanes-title">
      <h2 id="lanes-title">{t('place.chooseLane', { post: post.name[locale] })}</h2>
      {isArrival ? <p className="notice">{t('place.laneIsArrival')}</p> : null}
      <div className="lane-grid">
        {Array.from({ length: post.lanes }, (_, index) => index + 1).map((lane) => (
          <button
            key={lane}
            type="button"
            className="button"
            aria-pressed={place?.postId === post.id && place.lane === lane}
            onClick={() => void choose(lane)}
          >
            {t('place.lane', { n: lane })}
          </button>
        ))}
      </div>
      <button type="button" className="button button-quiet" onClick={onBack}>
        {t('place.changePost')}
      </button>
    </section>
  )
}

/** Posts that whoever holds the phone was sent to, before all others. */
const SentTo = ({ onChoose }: Pick<PostsProps, 'onChoose'>) => {
  const { t } = useTranslation()
  const { runtime, settings } = useField()
  const { locale } = useStore(settings)
  const nowMs = useNow(60_000)
  const { dispatches } = useStore(runtime.desk.held)
  const open = dispatches.filter(({ until }) => Date.parse(until) > nowMs)
  if (open.length === 0) return null
  return (
    <section aria-labelledby="sent-to">
      <h2 id="sent-to">{t('place.sentTo')}</h2>
      <ul className="rows">
        {open.map(({ id, post, until }) => (
          <li key={id}>
            <button type="button" className="row" onClick={() => onChoose(post)}>
              <b>{post.name[locale]}</b>
              <span className="quiet">{t('place.sentUntil', { time: formatMoment(Date.parse(until)) })}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

type PostsProps = { readonly posts: readonly Post[]; readonly onChoose: (post: Post) => void }

const Posts = ({ posts, onChoose }: PostsProps) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const [query, setQuery] = useState('')
  const found = posts.filter((post) => matches(post, query))
  return (
    <>
      <label className="field">
        <span>{t('place.search')}</span>
        <input type="search" value={query} onChange={(event) => setQuery(event.target.value)} />
      </label>
      {found.length === 0 ? <p className="quiet">{t('place.none')}</p> : null}
      {postTypes.map((type) => {
        const ofType = found.filter((post) => post.type === type)
        return ofType.length === 0 ? null : (
          <section key={type} aria-labelledby={`type-${type}`}>
            <h2 id={`type-${type}`}>{postTypeNames[type][locale]}</h2>
            <ul className="rows">
              {ofType.map((post) => (
                <li key={post.id}>
                  <button type="button" className="row" onClick={() => onChoose(post)}>
                    <b>{post.name[locale]}</b>
                    <span className="quiet">
                      {t('place.lanes', { count: post.lanes })}
                      {post.illustrative ? ` · ${t('place.illustrative')}` : ''}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </>
  )
}

/** Post, then lane; the last choice is remembered. */
export const PlaceScreen = () => {
  const { t } = useTranslation()
  const { runtime } = useField()
  const profile = useStore(runtime.profile)
  const place = useStore(runtime.place)
  const pack = usePack()
  const [post, setPost] = useState<Post>()
  useEffect(() => {
    void runtime.desk.lookForDispatches()
  }, [runtime])
  if (profile === undefined) return <Navigate to="/sign-in" />
  if (takesOver(profile.role)) return <Navigate to="/handovers" />
  if (goesRound(profile.role)) return <Navigate to="/round" />
  if (pack.held === undefined) return <PackGate />
  return (
    <>
      <PageHead title={t('place.title')} back={place !== undefined} />
      <main className="page" id="content">
        <NoPinNotice />
        {post === undefined ? (
          <>
            <SentTo onChoose={setPost} />
            <Posts posts={pack.held.content.posts} onChoose={setPost} />
          </>
        ) : (
          <Lanes post={post} content={pack.held.content} onBack={() => setPost(undefined)} />
        )}
      </main>
    </>
  )
}
