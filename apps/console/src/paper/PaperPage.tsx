import type { BacklogLine } from '@guankou/contract/paper/endpoints.ts'
import type { Post } from '@guankou/contract/places/place.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { civilDateOf } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { placesQuery } from '#src/api/queries.ts'
import { useGo, useSearchPart } from '#src/layout/go.ts'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { Query } from '#src/layout/Query.tsx'
import { useNow } from '#src/layout/use-now.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { Desk } from '#src/paper/Desk.tsx'
import { backlogQuery, formsQuery, type PaperPlace } from '#src/paper/queries.ts'
import { type PaperView, paths, readPaperView } from '#src/path-builder.ts'
import './paper.css'

type Choose = (part: { readonly [K in keyof PaperView]?: PaperView[K] | undefined }) => void

/** The post and the day that stand on the paper. */
const Where = ({
  posts,
  view,
  onChoose,
}: {
  readonly posts: readonly Post[]
  readonly view: PaperView
  readonly onChoose: Choose
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  const today = civilDateOf(useNow(60_000), useTimeZone())
  return (
    <div className="paper-where">
      <label htmlFor={`${id}-post`}>{t('paper.post')}</label>
      <select
        id={`${id}-post`}
        value={view.post ?? ''}
        onChange={({ currentTarget }) => onChoose({ post: Number(currentTarget.value) || undefined })}
      >
        <option value="">{t('paper.choosePost')}</option>
        {posts.map((post) => (
          <option key={post.id} value={post.id}>
            {inLocale(post.name, locale)}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-day`}>{t('paper.day')}</label>
      <input
        id={`${id}-day`}
        type="date"
        max={today}
        value={view.day ?? ''}
        onChange={({ currentTarget }) => onChoose({ day: currentTarget.value || undefined })}
      />
    </div>
  )
}

const useBacklogColumns = (posts: readonly Post[]): readonly Column<BacklogLine>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  const nameOf = (postId: number): string => {
    const post = posts.find(({ id }) => id === postId)
    return post === undefined ? String(postId) : inLocale(post.name, locale)
  }
  const count = (key: 'kept' | 'rejected' | 'recorded') => ({
    key,
    title: t(`paper.counts.${key}`),
    numeric: true,
    text: (line: BacklogLine) => String(line[key]),
  })
  return [
    { key: 'day', title: t('paper.day'), text: ({ day }) => day },
    { key: 'post', title: t('paper.post'), text: ({ postId }) => nameOf(postId) },
    count('kept'),
    count('rejected'),
    count('recorded'),
  ]
}

const Backlog = ({
  lines,
  posts,
  onChoose,
}: {
  readonly lines: readonly BacklogLine[]
  readonly posts: readonly Post[]
  readonly onChoose: Choose
}) => {
  const { t } = useTranslation()
  const columns = useBacklogColumns(posts)
  return (
    <Card title={t('paper.backlog')}>
      {lines.length === 0 ? (
        <EmptyState title={t('paper.backlogNone')}>{t('paper.backlogText')}</EmptyState>
      ) : (
        <div className="table-scroll">
          <DataTable
            label={t('paper.backlog')}
            columns={columns}
            rows={lines}
            rowKey={({ postId, day }) => `${postId} ${day}`}
            draw={(column, { postId, day }) =>
              column.key === 'day' ? (
                <button
                  type="button"
                  className="quiet-button"
                  onClick={() => onChoose({ post: postId, day })}
                >
                  {day}
                </button>
              ) : undefined
            }
          />
        </div>
      )}
    </Card>
  )
}

const Opened = ({ place }: { readonly place: PaperPlace }) => (
  <Query query={useQuery(formsQuery(place))}>{(answer) => <Desk place={place} answer={answer} />}</Query>
)

/** Paper forms keyed in with their original times, post by post and day by day. */
export const PaperPage = () => {
  const { t } = useTranslation()
  useTitle(t('paper.title'))
  const view = readPaperView(useSearchPart())
  const go = useGo()
  const places = useQuery(placesQuery)
  const backlog = useQuery(backlogQuery)
  const choose: Choose = (part) => go(paths.paper, { ...view, ...part }, 'replace')
  return (
    <main className="page paper" id="content">
      <header className="page-head">
        <h1>{t('paper.title')}</h1>
        <span className="spring" />
        <PreferenceButtons />
      </header>
      <Query query={places}>
        {({ posts }) => {
          const post = posts.find(({ id }) => id === view.post)
          return (
            <>
              <Where posts={posts} view={view} onChoose={choose} />
              {post === undefined || view.day === undefined ? (
                <Query query={backlog}>
                  {({ lines }) => <Backlog lines={lines} posts={posts} onChoose={choose} />}
                </Query>
              ) : (
                <Opened
                  key={`${post.id} ${view.day}`}
                  place={{ jurisdiction: post.jurisdiction, post: post.id, day: view.day }}
                />
              )}
            </>
          )
        }}
      </Query>
    </main>
  )
}
