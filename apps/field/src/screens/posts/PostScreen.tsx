import { errors } from '@guankou/contract/errors.ts'
import type { Post } from '@guankou/contract/places/place.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { PageHead } from '../chrome/PageHead.tsx'
import { PackGate } from '../PackGate.tsx'
import { usePack } from '../use-pack.ts'
import { BookTab } from './BookTab.tsx'
import { CrewTab } from './CrewTab.tsx'
import { clockOf } from './clock-text.ts'
import { DutyTab } from './DutyTab.tsx'
import { SuppliesTab } from './SuppliesTab.tsx'
import { type PostAtHand, usePostDesk } from './use-post-desk.ts'

const tabs = { duty: DutyTab, crew: CrewTab, supplies: SuppliesTab, book: BookTab } as const
type TabName = keyof typeof tabs
const tabNames = Object.keys(tabs) as readonly TabName[]

/** How fresh what is shown of others is, and what became of the last entry. */
const News = ({ at }: { readonly at: PostAtHand }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const { made, news, held } = at
  return (
    <>
      {made?.is === 'refused' ? (
        <p className="notice notice-act" role="alert">
          {errors[made.code].text[locale]}
        </p>
      ) : null}
      {made?.is === 'storage-full' ? (
        <p className="notice notice-act" role="alert">
          {t('posts.full')}
        </p>
      ) : null}
      <p className="quiet" role="status">
        {made?.is === 'recorded' ? `${t('posts.saved')} ` : ''}
        {news === 'fresh' && held.view !== undefined
          ? t('posts.asOf', { time: clockOf(held.view.asOf) })
          : ''}
        {news === 'unreachable' && held.view !== undefined
          ? t('posts.notFresh', { time: clockOf(held.view.asOf) })
          : ''}
        {news === 'unreachable' && held.view === undefined ? t('posts.nothingYet') : ''}
        {news === 'refused' ? t('posts.notSeen') : ''}
      </p>
      {at.takeBack === undefined ? null : (
        <button type="button" className="button button-small post-undo" onClick={at.takeBack}>
          {t('posts.takeBack')}
        </button>
      )}
    </>
  )
}

const AtPost = ({ post, content }: { readonly post: Post; readonly content: PackContent }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const at = usePostDesk(post, content)
  const [tab, setTab] = useState<TabName>('duty')
  const Tab = tabs[tab]
  return (
    <>
      <PageHead title={post.name[locale]} />
      <main className="page post-page" id="content">
        <News at={at} />
        <Tab at={at} />
      </main>
      <nav className="post-tabs" aria-label={t('posts.title')}>
        {tabNames.map((name) => (
          <button
            key={name}
            type="button"
            className="post-tab"
            aria-current={name === tab ? 'page' : undefined}
            onClick={() => setTab(name)}
          >
            {t(`posts.tabs.${name}`)}
          </button>
        ))}
      </nav>
    </>
  )
}

/** The running of the post one works at. */
export const PostScreen = () => {
  const { runtime } = useField()
  const profile = useStore(runtime.profile)
  const place = useStore(runtime.place)
  const { held } = usePack()
  if (profile === undefined) return <Navigate to="/sign-in" />
  if (held === undefined) return <PackGate />
  const post = held.content.posts.find((each) => each.id === place?.postId)
  if (post === undefined) return <Navigate to="/place" />
  return <AtPost post={post} content={held.content} />
}
