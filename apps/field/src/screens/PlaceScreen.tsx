import { type Post, postTypeNames, postTypes } from '@guankou/contract/places/place.ts'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { takesOver } from '#src/handovers/known-handover.ts'
import { goesRound } from '#src/round/round-entry.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { PageHead } from './chrome/PageHead.tsx'
import { NoPinNotice } from './guard/PinSection.tsx'
import { PackGate } from './PackGate.tsx'
import { usePack } from './use-pack.ts'

const matches = (post: Post, query: string): boolean =>
  `${post.name.zh} ${post.name.en}`.toLowerCase().includes(query.trim().toLowerCase())

type LaneProps = { readonly post: Post; readonly onBack: () => void }

const Lanes = ({ post, onBack }: LaneProps) => {
  const { t } = useTranslation()
  const { runtime, settings } = useField()
  const { locale } = useStore(settings)
  const place = useStore(runtime.place)
  const navigate = useNavigate()
  const choose = async (lane: number): Promise<void> => {
    await runtime.choosePlace({ postId: post.id, lane })
    void navigate({ to: '/lane' })
  }
  return (
    <section aria-labelledby="lanes-title">
      <h2 id="lanes-title">{t('place.chooseLane', { post: post.name[locale] })}</h2>
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
          <Posts posts={pack.held.content.posts} onChoose={setPost} />
        ) : (
          <Lanes post={post} onBack={() => setPost(undefined)} />
        )}
      </main>
    </>
  )
}
