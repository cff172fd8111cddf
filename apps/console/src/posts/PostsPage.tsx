import type { Jurisdiction, Post } from '@guankou/contract/places/place.ts'
import type { SituationPosts } from '@guankou/contract/situation/endpoints.ts'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { civilDateOf, formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale, localeTag } from '@guankou/ui/i18n/locale.ts'
import { type Column, sortRows, tableTexts } from '@guankou/ui/tables/columns.ts'
import { toCsv } from '@guankou/ui/tables/csv.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { saveFile } from '@guankou/ui/tables/save-file.ts'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { placesQuery, postsQuery } from '#src/api/queries.ts'
import { areasOf, chosenArea } from '#src/layout/areas.ts'
import { Clock } from '#src/layout/Clock.tsx'
import { useGo, useSearchPart } from '#src/layout/go.ts'
import { PageLink } from '#src/layout/PageLink.tsx'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { Query } from '#src/layout/Query.tsx'
import { useNow } from '#src/layout/use-now.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { LivePill } from '#src/live/LivePill.tsx'
import { useLive } from '#src/live/use-live.ts'
import { type PostsView, paths, readPostsView } from '#src/path-builder.ts'
import { type BoardRow, boardColumns } from '#src/posts/board-columns.ts'
import { figureStateOf } from '#src/posts/PostPage.tsx'
import { type PostRow, postColumns, postRows } from '#src/posts/post-columns.ts'
import { boardQuery } from '#src/posts/queries.ts'
import { DayPicker } from '#src/situation/DayPicker.tsx'

const NoPosts = () => {
  const { t } = useTranslation()
  return <EmptyState title={t('posts.empty')} />
}

const usePostsView = () => {
  const view = readPostsView(useSearchPart())
  const go = useGo()
  const change = (part: { readonly [K in keyof PostsView]?: PostsView[K] | undefined }): void =>
    go(paths.posts, { ...view, ...part }, 'replace')
  return { view, change }
}

type TableProps = {
  readonly area: Jurisdiction
  readonly posts: readonly Post[]
  readonly situation: SituationPosts
  readonly jurisdictions: readonly Jurisdiction[]
}

const PostLink = ({ row, text }: { readonly row: PostRow; readonly text: string }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { view } = usePostsView()
  const day = view.day === undefined ? {} : { day: view.day }
  return (
    <PageLink
      path={paths.post}
      view={{ post: row.post.id, ...day }}
      title={t('postPage.open', { post: inLocale(row.post.name, locale) })}
    >
      {text}
    </PageLink>
  )
}

const StateCell = ({ row, text }: { readonly row: BoardRow; readonly text: string }) =>
  row.board === undefined ? text : <StatusPill state={figureStateOf[row.board.state]}>{text}</StatusPill>

const PostsTable = ({ area, posts, situation, jurisdictions }: TableProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { view, change } = usePostsView()
  const isNow = view.day === undefined
  const board = useQuery({ ...boardQuery(area.code), enabled: isNow }).data
  const columns: readonly Column<BoardRow>[] = useMemo(
    () => (isNow ? boardColumns : postColumns)(t, locale, area.timeZone),
    [isNow, t, locale, area.timeZone],
  )
  const rows = useMemo(() => {
    const byPost = new Map(board?.posts.map((each) => [each.postId, each]))
    const own = postRows(posts, situation.posts, jurisdictions).map((row) => ({
      ...row,
      board: byPost.get(row.post.id),
    }))
    return sortRows(own, columns, view.sort, localeTag[locale])
  }, [posts, situation, board, jurisdictions, columns, view.sort, locale])
  if (rows.length === 0) return <NoPosts />
  const save = () =>
    saveFile(`posts-${area.code}-${situation.day}.csv`, toCsv(tableTexts(columns, rows)), 'text/csv')
  return (
    <section className="card table-card">
      <header className="card-head">
        <span>{t('posts.count', { count: rows.length })}</span>
        <span className="card-note">
          {t('situation.asOf', { time: formatInstant(situation.asOf, area.timeZone) })}
        </span>
        <span className="card-controls">
          <button type="button" className="quiet-button" title={t('posts.exportHint')} onClick={save}>
            {t('posts.export')}
          </button>
        </span>
      </header>
      <DataTable
        label={t('posts.title')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.post.id}
        sort={view.sort}
        onSort={(sort) => change({ sort })}
        draw={({ key, text }, row) => {
          if (key === 'name') return <PostLink row={row} text={text(row)} />
          return key === 'state' ? <StateCell row={row} text={text(row)} /> : undefined
        }}
      />
    </section>
  )
}

const AreaPosts = ({ area, posts, jurisdictions }: Omit<TableProps, 'situation'>) => {
  const { t } = useTranslation()
  const { view, change } = usePostsView()
  const line = useLive(area.code, view.day)
  const query = view.day === undefined ? { area: area.code } : { area: area.code, day: view.day }
  const situation = useQuery(postsQuery(query))
  const today = civilDateOf(useNow(1_000), area.timeZone)
  return (
    <>
      <header className="page-head">
        <h1>{t('posts.title')}</h1>
        <DayPicker day={view.day ?? today} today={today} onDay={(day) => change({ day })} />
        <span className="spring" />
        <LivePill line={line} timeZone={area.timeZone} />
        <Clock timeZone={area.timeZone} />
        <PreferenceButtons />
      </header>
      <Query query={situation}>
        {(value) => <PostsTable area={area} posts={posts} situation={value} jurisdictions={jurisdictions} />}
      </Query>
    </>
  )
}

/** Every post of the area with its figures of the day. */
export const PostsPage = () => {
  const { t } = useTranslation()
  useTitle(t('posts.title'))
  const session = useSession()
  const { view } = usePostsView()
  const places = useQuery(placesQuery)
  return (
    <main className="page" id="content">
      <Query query={places}>
        {({ jurisdictions, posts }) => {
          const area = chosenArea(areasOf(jurisdictions, session.areaCode), view.area, session.areaCode)
          if (area === undefined) return <NoPosts />
          return <AreaPosts key={area.code} area={area} posts={posts} jurisdictions={jurisdictions} />
        }}
      </Query>
    </main>
  )
}
