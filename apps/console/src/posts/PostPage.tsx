import { endpoints } from '@guankou/contract/endpoints.ts'
import type { Jurisdiction, Post } from '@guankou/contract/places/place.ts'
import type { PostState } from '@guankou/contract/posts/shown-post.ts'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import type { FigureState } from '@guankou/ui/figures/StateMark.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { civilDateOf, formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { placesQuery } from '#src/api/queries.ts'
import { Clock } from '#src/layout/Clock.tsx'
import { useGo, useSearchPart } from '#src/layout/go.ts'
import { PageLink } from '#src/layout/PageLink.tsx'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { isOpenTo } from '#src/layout/pages.ts'
import { Query } from '#src/layout/Query.tsx'
import { useNow } from '#src/layout/use-now.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { type PostPageView, paths, readPostPageView } from '#src/path-builder.ts'
import { CrewCard } from '#src/posts/CrewCard.tsx'
import { PostCurve } from '#src/posts/PostCurve.tsx'
import { PostDevicesCard } from '#src/posts/PostDevicesCard.tsx'
import { PostFigures } from '#src/posts/PostFigures.tsx'
import { type PostParts, partsOf, stateOfPost } from '#src/posts/post-parts.ts'
import { postQuery } from '#src/posts/queries.ts'
import { ReinforcementCard } from '#src/posts/ReinforcementCard.tsx'
import { BookCard, SuppliesCard } from '#src/posts/SuppliesAndBook.tsx'
import { DayPicker } from '#src/situation/DayPicker.tsx'

export const figureStateOf: Readonly<Record<PostState, FigureState>> = {
  running: 'well',
  silent: 'look',
  unstaffed: 'act',
  closed: 'info',
}

const usePostPageView = () => {
  const view = readPostPageView(useSearchPart())
  const go = useGo()
  const change = (part: { readonly [K in keyof PostPageView]?: PostPageView[K] | undefined }): void =>
    go(paths.post, { ...view, ...part }, 'replace')
  return { view, change }
}

const Cards = ({ parts }: { readonly parts: PostParts }) => {
  const { t } = useTranslation()
  const { view, change } = usePostPageView()
  const { role } = useSession()
  const state = stateOfPost(parts)
  return (
    <>
      <p className="post-state">
        <StatusPill state={figureStateOf[state]} live>
          {t(`postPage.state.${state}`)}
        </StatusPill>{' '}
        <span className="card-note">
          {t('postPage.asOf', { time: formatInstant(parts.view.asOf, parts.timeZone) })}
        </span>
        {isOpenTo(role, endpoints.listHandovers) ? (
          <PageLink path={paths.handovers}>
            {t('postPage.handovers', { n: parts.view.handoversOpen })}
          </PageLink>
        ) : null}
      </p>
      <PostFigures parts={parts} />
      <div className="post-cards">
        <PostCurve
          parts={parts}
          view={view.curve ?? 'chart'}
          onView={(curve) => change({ curve: curve === 'chart' ? undefined : curve })}
        />
        <ReinforcementCard parts={parts} />
        <CrewCard parts={parts} />
        <BookCard parts={parts} />
        <SuppliesCard parts={parts} />
        <PostDevicesCard parts={parts} />
      </div>
    </>
  )
}

type OneProps = {
  readonly post: Post
  readonly posts: readonly Post[]
  readonly jurisdictions: readonly Jurisdiction[]
}

const OnePost = ({ post, posts, jurisdictions }: OneProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { view, change } = usePostPageView()
  const timeZone = jurisdictions.find(({ code }) => code === post.jurisdiction)?.timeZone ?? 'UTC'
  const today = civilDateOf(useNow(60_000), timeZone)
  const name = inLocale(post.name, locale)
  useTitle(name)
  const asked = view.day === undefined ? { postId: post.id } : { postId: post.id, day: view.day }
  const query = useQuery(postQuery(asked))
  return (
    <>
      <header className="page-head">
        <PageLink path={paths.posts} className="post-back">
          ‹ {t('postPage.back')}
        </PageLink>
        <h1>{name}</h1>
        <DayPicker day={view.day ?? today} today={today} onDay={(day) => change({ day })} />
        <span className="spring" />
        <PageLink path={paths.situation} view={{ post: post.id }}>
          {t('postPage.onMap')}
        </PageLink>
        <button type="button" className="quiet-button" onClick={() => window.print()}>
          {t('postPage.print')}
        </button>
        <Clock timeZone={timeZone} />
        <PreferenceButtons />
      </header>
      <Query query={query}>
        {(value) => <Cards parts={partsOf(value, { post, posts, timeZone, locale })} />}
      </Query>
    </>
  )
}

/** One post: how it runs, who is on, what is lacking, and the phones that record there. */
export const PostPage = () => {
  const { t } = useTranslation()
  const { view } = usePostPageView()
  const places = useQuery(placesQuery)
  return (
    <main className="page" id="content">
      <Query query={places}>
        {({ jurisdictions, posts }) => {
          const post = posts.find(({ id }) => id === view.post)
          return post === undefined ? (
            <EmptyState title={t('postPage.unknownPost')} />
          ) : (
            <OnePost key={post.id} post={post} posts={posts} jurisdictions={jurisdictions} />
          )
        }}
      </Query>
    </main>
  )
}
