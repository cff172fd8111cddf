import type { AlarmLine, MonitoringAlarms } from '@guankou/contract/monitoring/endpoints.ts'
import { alarmCauseNames, signalNames, signals } from '@guankou/contract/monitoring/vocabulary.ts'
import type { Jurisdiction, Post } from '@guankou/contract/places/place.ts'
import { roleNames } from '@guankou/contract/roles.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { ModelFigure } from '@guankou/ui/figures/ModelFigure.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatNumber, formatQuantity } from '@guankou/ui/format/quantity.ts'
import { formatClockMinute, formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { type Column, tableTexts } from '@guankou/ui/tables/columns.ts'
import { toCsv } from '@guankou/ui/tables/csv.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { saveFile } from '@guankou/ui/tables/save-file.ts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { alarmWords, figureOfState, hourText } from '#src/monitoring/alarm-words.ts'
import { useMonitoringView } from '#src/monitoring/monitoring-view.ts'
import { noteOf } from '#src/monitoring/notes.ts'
import { unitOfSignal } from '#src/monitoring/units.ts'

type AlarmsProps = {
  readonly area: Jurisdiction
  readonly alarms: MonitoringAlarms
  readonly posts: ReadonlyMap<number, Post>
}

const useColumns = ({ area, posts }: Pick<AlarmsProps, 'area' | 'posts'>): readonly Column<AlarmLine>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  const words = (line: AlarmLine) => alarmWords(line, { locale, posts })
  const stateText = (line: AlarmLine): string => {
    if (line.cause !== null) return `${words(line).state}: ${inLocale(alarmCauseNames[line.cause], locale)}`
    const to = line.escalatedTo
    const handedUp =
      line.state === 'raised' && to !== null
        ? ` · ${t('monitoring.escalated', { role: inLocale(roleNames[to], locale) })}`
        : ''
    return words(line).state + handedUp
  }
  return [
    { key: 'post', title: t('monitoring.post'), text: (line) => words(line).post },
    { key: 'signal', title: t('monitoring.signal'), text: (line) => words(line).signal },
    { key: 'state', title: t('monitoring.state'), text: stateText },
    {
      key: 'owner',
      title: t('monitoring.owner'),
      text: ({ owner }) => (owner === null ? t('monitoring.nobody') : inLocale(owner.officer, locale)),
    },
    {
      key: 'raised',
      title: t('monitoring.raised'),
      text: ({ raisedAt }) => formatInstant(raisedAt, area.timeZone),
    },
    { key: 'hour', title: t('monitoring.hour'), text: ({ latest }) => hourText(latest) },
    {
      key: 'observed',
      title: t('monitoring.observed'),
      numeric: true,
      text: ({ latest, signal }) => formatQuantity(locale, latest.observed, unitOfSignal(signal)),
    },
    {
      key: 'expected',
      title: t('monitoring.expectedTo'),
      numeric: true,
      text: (line) => `${words(line).expected} ${words(line).interval}`,
    },
    {
      key: 'score',
      title: t('monitoring.score'),
      numeric: true,
      text: (line) => `${words(line).score} / ${formatNumber(locale, line.latest.threshold, 1)}`,
    },
  ]
}

const OpenButton = ({
  line,
  posts,
  timeZone,
}: {
  line: AlarmLine
  posts: AlarmsProps['posts']
  timeZone: string
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { change } = useMonitoringView()
  const { post, signal } = alarmWords(line, { locale, posts })
  return (
    <button
      type="button"
      className="link-button"
      aria-label={t('monitoring.openAlarm', {
        signal,
        post,
        time: formatClockMinute(line.raisedAt, timeZone),
      })}
      onClick={() => change({ alarm: line.id })}
    >
      {post}
    </button>
  )
}

const Figure = ({
  line,
  of,
  posts,
  timeZone,
}: {
  readonly line: AlarmLine
  readonly of: 'expected' | 'score'
  readonly posts: AlarmsProps['posts']
  readonly timeZone: string
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const words = alarmWords(line, { locale, posts })
  const { expected, low90, high90, score, threshold } = line.latest
  const name = `${words.post}, ${words.signal}, ${t(`monitoring.${of}`)}`
  if (of === 'score')
    return (
      <ModelFigure
        stamp={{ ...line.stamp, unit: 'score' }}
        name={name}
        text={`${words.score} / ${formatNumber(locale, threshold, 1)}`}
        value={score}
        timeZone={timeZone}
        note={noteOf(t, 'score')}
      />
    )
  return (
    <ModelFigure
      stamp={line.stamp}
      name={name}
      text={words.expected}
      value={expected}
      interval={{ text: words.interval, of: { value: expected, low: low90, high: high90, level: 0.9 } }}
      timeZone={timeZone}
      note={noteOf(t, line.signal === 'fever' ? 'fever' : 'flow')}
    />
  )
}

const Filters = () => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { view, change } = useMonitoringView()
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{t('monitoring.signal')}</label>
      <select
        id={id}
        value={view.signal ?? ''}
        onChange={({ currentTarget }) =>
          change({ signal: signals.find((signal) => signal === currentTarget.value) })
        }
      >
        <option value="">{t('monitoring.allSignals')}</option>
        {signals.map((signal) => (
          <option key={signal} value={signal}>
            {inLocale(signalNames[signal], locale)}
          </option>
        ))}
      </select>
      <label className="check-label">
        <input
          type="checkbox"
          checked={view.show === 'all'}
          onChange={({ currentTarget }) => change({ show: currentTarget.checked ? 'all' : undefined })}
        />
        {t('monitoring.showAll')}
      </label>
    </>
  )
}

/** That nothing is shown must not pass for that nothing is open. */
const NoAlarm = ({ open }: { readonly open: number }) => {
  const { t } = useTranslation()
  const { view } = useMonitoringView()
  const isPart = view.post !== undefined || view.signal !== undefined
  return isPart && open > 0 ? (
    <EmptyState title={t('monitoring.noneHere')}>{t('monitoring.noneHereText', { open })}</EmptyState>
  ) : (
    <EmptyState title={t('monitoring.none')}>{t('monitoring.noneText')}</EmptyState>
  )
}

/** Alarms of an area, most urgent first; each opens in a drawer. */
export const AlarmsCard = ({ area, alarms, posts }: AlarmsProps) => {
  const { t } = useTranslation()
  const { view } = useMonitoringView()
  const columns = useColumns({ area, posts })
  const shown = alarms.alarms.filter(
    ({ state, signal, postId }) =>
      (view.show === 'all' || state !== 'closed') &&
      (view.signal === undefined || signal === view.signal) &&
      (view.post === undefined || postId === view.post),
  )
  const save = () => saveFile(`alarms-${area.code}.csv`, toCsv(tableTexts(columns, shown)), 'text/csv')
  return (
    <Card
      title={t('monitoring.alarms')}
      note={t('monitoring.alarmsOpen', { open: alarms.open, unacknowledged: alarms.unacknowledged })}
      controls={
        <>
          <Filters />
          <button type="button" className="quiet-button" onClick={save}>
            {t('monitoring.export')}
          </button>
          <button type="button" className="quiet-button" onClick={() => window.print()}>
            {t('monitoring.print')}
          </button>
        </>
      }
      className="monitoring-alarms"
    >
      {shown.length === 0 ? (
        <NoAlarm open={alarms.open} />
      ) : (
        <DataTable
          label={t('monitoring.alarms')}
          columns={columns}
          rows={shown}
          rowKey={({ id }) => id}
          draw={({ key, text }, line) => {
            if (key === 'post') return <OpenButton line={line} posts={posts} timeZone={area.timeZone} />
            if (key === 'state')
              return <StatusPill state={figureOfState[line.state]}>{text(line)}</StatusPill>
            if (key === 'expected' || key === 'score')
              return <Figure line={line} of={key} posts={posts} timeZone={area.timeZone} />
            return undefined
          }}
        />
      )}
    </Card>
  )
}
