import { exportPurposeNames, exportSubjectNames } from '@guankou/contract/exports/columns.ts'
import type { ExportView } from '@guankou/contract/exports/endpoints.ts'
import { exportStateNames } from '@guankou/contract/exports/names.ts'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDownload, useStop } from '#src/exports/queries.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import { useRefusalText } from '#src/look-up/use-look-up.ts'

/** Texts of cells that tell how far a list is and how often it left. */
const useProgress = (minute: (at: string) => string) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const rows = (one: ExportView): string =>
    one.state === 'approved'
      ? t('exports.progress', {
          made: formatNumber(locale, one.rowCount),
          total: formatNumber(locale, one.rowTotal),
        })
      : formatNumber(locale, one.finishedAt === null ? one.rowTotal : one.rowCount)
  const downloads = ({ downloads: all }: ExportView): string => {
    const last = all.at(-1)
    return last === undefined
      ? t('exports.downloadsNone')
      : t('exports.downloadsOf', { count: all.length, time: minute(last.at) })
  }
  return { rows, downloads }
}

const useColumns = (): readonly Column<ExportView>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  const timeZone = useTimeZone()
  const minute = (at: string): string => formatInstant(at, timeZone).slice(0, 16)
  const { rows, downloads } = useProgress(minute)
  return [
    { key: 'id', title: t('exports.id'), text: ({ id }) => id.slice(-12) },
    {
      key: 'state',
      title: t('exports.state'),
      text: ({ state }) => inLocale(exportStateNames[state], locale),
    },
    {
      key: 'subject',
      title: t('exports.subject'),
      text: ({ subject }) => inLocale(exportSubjectNames[subject], locale),
    },
    {
      key: 'purpose',
      title: t('exports.purpose'),
      text: ({ purpose }) => inLocale(exportPurposeNames[purpose], locale),
    },
    { key: 'days', title: t('exports.days'), text: ({ fromDay, toDay }) => `${fromDay} – ${toDay}` },
    {
      key: 'requestedBy',
      title: t('exports.requestedBy'),
      text: ({ requestedBy, requestedAt }) =>
        `${inLocale(requestedBy.officer, locale)} · ${minute(requestedAt)}`,
    },
    {
      key: 'decidedBy',
      title: t('exports.decidedBy'),
      text: ({ decidedBy }) => (decidedBy === null ? '—' : inLocale(decidedBy.officer, locale)),
    },
    { key: 'rows', title: t('exports.rows'), numeric: true, text: rows },
    { key: 'downloads', title: t('exports.downloads'), text: downloads },
    {
      key: 'expires',
      title: t('exports.expires'),
      text: ({ expiresAt }) => (expiresAt === null ? '—' : minute(expiresAt)),
    },
    { key: 'actions', title: t('exports.actions'), text: () => '' },
  ]
}

const stopTexts = {
  requested: 'exports.stop.requested',
  approved: 'exports.stop.approved',
  ready: 'exports.stop.ready',
} as const

const isStoppable = (state: string): state is keyof typeof stopTexts => state in stopTexts

/** Ends a list at the second press, so that a slip of the finger destroys nothing. */
const Stop = ({ one }: { readonly one: ExportView }) => {
  const { t } = useTranslation()
  const stop = useStop()
  const [sure, setSure] = useState(false)
  if (!isStoppable(one.state)) return null
  return (
    <button
      type="button"
      className="link-button"
      disabled={stop.isPending}
      onBlur={() => setSure(false)}
      onClick={() => (sure ? stop.mutate(one.id) : setSure(true))}
    >
      {sure ? t('exports.stopSure') : t(stopTexts[one.state])}
    </button>
  )
}

const Actions = ({ one, mayStop }: { readonly one: ExportView; readonly mayStop: boolean }) => {
  const { t } = useTranslation()
  const { accountId } = useSession()
  const download = useDownload()
  const refusalText = useRefusalText()
  const isOwn = one.requestedBy.accountId === accountId
  return (
    <span className="row-buttons">
      {isOwn && one.state === 'ready'
        ? (['xlsx', 'csv'] as const).map((format) => (
            <button
              key={format}
              type="button"
              className="link-button"
              disabled={download.isPending}
              onClick={() => download.mutate({ id: one.id, format })}
            >
              {t('exports.download', { format: format.toUpperCase() })}
            </button>
          ))
        : null}
      {isOwn || mayStop ? <Stop one={one} /> : null}
      {download.isError ? <span role="alert">{refusalText(download.error)}</span> : null}
    </span>
  )
}

const pillOf = (state: ExportView['state']) => {
  if (state === 'ready') return 'well'
  return state === 'requested' || state === 'approved' || state === 'failed' ? 'look' : 'info'
}

/** Every list that whoever is signed in may see. */
export const ExportsTable = ({
  exports,
  mayStop,
}: {
  readonly exports: readonly ExportView[]
  readonly mayStop: boolean
}) => {
  const { t } = useTranslation()
  const columns = useColumns()
  const draw = (column: Column<ExportView>, one: ExportView) => {
    if (column.key === 'actions') return <Actions one={one} mayStop={mayStop} />
    if (column.key === 'state') return <StatusPill state={pillOf(one.state)}>{column.text(one)}</StatusPill>
    return undefined
  }
  return (
    <section className="card table-card identity-section">
      <h2>{t('exports.list')}</h2>
      {exports.length === 0 ? (
        <EmptyState title={t('exports.listNone')} />
      ) : (
        <DataTable
          label={t('exports.list')}
          columns={columns}
          rows={exports}
          rowKey={({ id }) => id}
          draw={draw}
        />
      )}
    </section>
  )
}
