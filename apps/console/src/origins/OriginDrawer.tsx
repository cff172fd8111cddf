import type { OriginCounts, OriginQuery, OriginTrend } from '@guankou/contract/origin/risk.ts'
import type { Post } from '@guankou/contract/places/place.ts'
import { ModelFigure } from '@guankou/ui/figures/ModelFigure.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { tableTexts } from '@guankou/ui/tables/columns.ts'
import { toCsv } from '@guankou/ui/tables/csv.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { saveFile } from '@guankou/ui/tables/save-file.ts'
import { useQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { Query } from '#src/layout/Query.tsx'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useReturnFocus } from '#src/layout/use-return-focus.ts'
import { formatCases, formatSpan, intervalOf } from '#src/origins/format-risk.ts'
import { countsQuery, trendQuery } from '#src/origins/queries.ts'
import { useNotes } from '#src/origins/use-notes.ts'

type TrendDay = OriginTrend['days'][number]
type CountRow = OriginCounts['rows'][number]

const useTrendColumns = (): readonly Column<TrendDay>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  const count = (value: number | null): string => (value === null ? '—' : formatNumber(locale, value))
  return [
    { key: 'day', title: t('originsPage.day'), text: ({ day }) => day },
    {
      key: 'arrivals',
      title: t('originsPage.arrivals'),
      numeric: true,
      text: ({ arrivals }) => (arrivals === null ? t('originsPage.withheld') : count(arrivals)),
    },
    {
      key: 'expected',
      title: t('originsPage.expected'),
      numeric: true,
      text: ({ risk }) => (risk === null ? '—' : formatCases(locale, risk.expected)),
    },
    {
      key: 'ninety',
      title: t('originsPage.interval90'),
      numeric: true,
      text: ({ risk }) => (risk === null ? '—' : formatSpan(locale, risk.low90, risk.high90)),
    },
    {
      key: 'confirmed',
      title: t('originsPage.confirmed'),
      hint: t('originsPage.confirmedHint'),
      numeric: true,
      text: ({ confirmedTotal }) => count(confirmedTotal),
    },
  ]
}

const Trend = ({ trend, timeZone }: { readonly trend: OriginTrend; readonly timeZone: string }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const notes = useNotes()
  const { stamp, name } = trend
  const draw = ({ key, text }: Column<TrendDay>, row: TrendDay) =>
    key === 'expected' && row.risk !== null && stamp !== null ? (
      <ModelFigure
        stamp={stamp}
        name={`${t('originsPage.expectedOf', { origin: inLocale(name, locale) })}, ${row.day}`}
        text={text(row)}
        value={row.risk.expected}
        interval={intervalOf(locale, row.risk)}
        isIntervalShown={false}
        timeZone={timeZone}
        note={notes.risk}
      />
    ) : undefined
  return (
    <DataTable
      label={t('originsPage.trendTitle')}
      columns={useTrendColumns()}
      rows={trend.days.toReversed()}
      rowKey={({ day }) => day}
      draw={draw}
    />
  )
}

const Counts = ({ counts, posts }: { readonly counts: OriginCounts; readonly posts: readonly Post[] }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const names = new Map(posts.map((post) => [post.id, inLocale(post.name, locale)]))
  const columns: readonly Column<CountRow>[] = [
    { key: 'day', title: t('originsPage.day'), text: ({ day }) => day },
    { key: 'post', title: t('city.post'), text: ({ postId }) => names.get(postId) ?? String(postId) },
    {
      key: 'travellers',
      title: t('originsPage.arrivals'),
      numeric: true,
      text: ({ travellers }) =>
        travellers === null ? t('originsPage.withheld') : formatNumber(locale, travellers),
    },
  ]
  const save = (): void =>
    saveFile(
      `origin-counts-${counts.originCode}-${counts.until}.csv`,
      toCsv(tableTexts(columns, counts.rows)),
      'text/csv',
    )
  return (
    <>
      <p className="muted">
        {counts.daysWithheld.length === 0
          ? t('originsPage.countsAll')
          : t('originsPage.countsWithheld', {
              count: counts.daysWithheld.length,
              threshold: counts.smallCountThreshold,
            })}
      </p>
      {counts.rows.length === 0 ? null : (
        <>
          <DataTable
            label={t('originsPage.countsTitle')}
            columns={columns}
            rows={counts.rows}
            rowKey={({ day, postId }) => `${day} ${postId}`}
          />
          <button type="button" className="quiet-button" title={t('originsPage.exportHint')} onClick={save}>
            {t('originsPage.export')}
          </button>
        </>
      )}
    </>
  )
}

type OriginDrawerProps = {
  readonly origin: number
  readonly name: string
  readonly query: OriginQuery
  readonly posts: readonly Post[]
  readonly timeZone: string
  readonly onClose: () => void
}

/** One origin day by day, down to counts by post; there are no people to see. */
export const OriginDrawer = ({ origin, name, query, posts, timeZone, onClose }: OriginDrawerProps) => {
  useReturnFocus()
  const { t } = useTranslation()
  return (
    <Drawer
      open
      onClose={() => {
        // The Escape that closes a formula note is not meant for the drawer under it.
        if (document.querySelector('dialog[open]') === null) onClose()
      }}
      size={560}
      mask={false}
      title={name}
      closable={{ 'aria-label': t('originsPage.close') }}
    >
      <div className="drawer-figures origin-drawer">
        <h3>{t('originsPage.trendTitle')}</h3>
        <Query query={useQuery(trendQuery(query, origin))}>
          {(trend) => <Trend trend={trend} timeZone={timeZone} />}
        </Query>
        <h3>{t('originsPage.countsTitle')}</h3>
        <Query query={useQuery(countsQuery(query, origin))}>
          {(counts) => <Counts counts={counts} posts={posts} />}
        </Query>
      </div>
    </Drawer>
  )
}
