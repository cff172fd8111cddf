import { importMatches, type MatchListView, withdrawMatches } from '@guankou/contract/matching/endpoints.ts'
import { matchReasonNames } from '@guankou/contract/matching/reasons.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { placesQuery } from '#src/api/queries.ts'
import { areasOf } from '#src/layout/areas.ts'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { isOpenTo } from '#src/layout/pages.ts'
import { Query } from '#src/layout/Query.tsx'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useNow } from '#src/layout/use-now.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { BringMatches } from '#src/matching/BringMatches.tsx'
import { matchListsQuery, useWithdrawMatches } from '#src/matching/queries.ts'
import './matching.css'

type State = 'runs' | 'runOut' | 'withdrawn' | 'replaced'

const stateOf = ({ ended, until }: MatchListView, nowMs: number): State => {
  if (ended !== null) return ended.ground
  return Date.parse(until) > nowMs ? 'runs' : 'runOut'
}

const useColumns = (nowMs: number): readonly Column<MatchListView>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  const timeZone = useTimeZone()
  const minute = (instant: string): string => formatInstant(instant, timeZone).slice(0, 16)
  return [
    { key: 'title', title: t('matching.listTitle'), text: ({ title }) => inLocale(title, locale) },
    { key: 'at', title: t('matching.brought'), text: ({ importedAt }) => minute(importedAt) },
    { key: 'until', title: t('matching.until'), text: ({ until }) => minute(until) },
    {
      key: 'reasons',
      title: t('matching.reason'),
      text: ({ reasons }) => reasons.map((reason) => inLocale(matchReasonNames[reason], locale)).join('、'),
    },
    { key: 'plates', title: t('matching.plates'), numeric: true, text: ({ plates }) => String(plates) },
    {
      key: 'documents',
      title: t('matching.documents'),
      numeric: true,
      text: ({ documents }) => String(documents),
    },
    {
      key: 'state',
      title: t('matching.state'),
      text: (list) => t(`matching.states.${stateOf(list, nowMs)}`),
    },
    {
      key: 'acts',
      title: t('matching.acts'),
      text: ({ kept }) => (kept === null ? '' : t(`matching.kept.${kept}`)),
    },
  ]
}

const Retire = ({ list }: { readonly list: MatchListView }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const failureText = useFailureText()
  const withdraw = useWithdrawMatches()
  const retire = (): void => {
    if (window.confirm(t('matching.retireSure', { title: inLocale(list.title, locale) })))
      withdraw.mutate({ listId: list.id })
  }
  return (
    <>
      <button
        type="button"
        className="quiet-button"
        aria-label={t('matching.retireOf', { title: inLocale(list.title, locale) })}
        disabled={withdraw.isPending}
        onClick={retire}
      >
        {t('matching.retire')}
      </button>
      {withdraw.isError ? failureText(withdraw.error).text : null}
    </>
  )
}

const Lists = ({ lists }: { readonly lists: readonly MatchListView[] }) => {
  const { t } = useTranslation()
  const { role } = useSession()
  const nowMs = useNow(30_000)
  const columns = useColumns(nowMs)
  const mayRetire = isOpenTo(role, withdrawMatches)
  return (
    <Card title={t('matching.lists')} note={t('matching.listsNote')}>
      {lists.length === 0 ? (
        <EmptyState title={t('matching.none')}>{t('matching.noneText')}</EmptyState>
      ) : (
        <div className="table-scroll">
          <DataTable
            label={t('matching.lists')}
            columns={columns}
            rows={lists}
            rowKey={({ id }) => id}
            draw={(column, list) => {
              const state = stateOf(list, nowMs)
              if (column.key === 'state')
                return <StatusPill state={state === 'runs' ? 'well' : 'info'}>{column.text(list)}</StatusPill>
              return column.key === 'acts' && mayRetire && state === 'runs' && list.kept === null ? (
                <Retire list={list} />
              ) : undefined
            }}
          />
        </div>
      )}
    </Card>
  )
}

/** Lists that phones compare with: what runs and until when, bringing one, ending one. */
export const MatchingPage = () => {
  const { t } = useTranslation()
  useTitle(t('matching.title'))
  const session = useSession()
  const places = useQuery(placesQuery)
  const board = useQuery(matchListsQuery)
  return (
    <main className="page matching" id="content">
      <header className="page-head">
        <h1>{t('matching.title')}</h1>
        <span className="spring" />
        <PreferenceButtons />
      </header>
      {isOpenTo(session.role, importMatches) ? (
        <Query query={places}>
          {({ jurisdictions }) => (
            <BringMatches
              areas={areasOf(jurisdictions, session.areaCode)}
              running={(board.data?.lists ?? []).filter(
                (list) => stateOf(list, Date.now()) === 'runs' && list.kept === null,
              )}
            />
          )}
        </Query>
      ) : null}
      <Query query={board}>{({ lists }) => <Lists lists={lists} />}</Query>
    </main>
  )
}
