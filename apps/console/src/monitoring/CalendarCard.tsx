import type { Measure, MonitoringCalendar } from '@guankou/contract/monitoring/endpoints.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { formatDay } from '@guankou/ui/format/time.ts'
import { toCsv } from '@guankou/ui/tables/csv.ts'
import { saveFile } from '@guankou/ui/tables/save-file.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'

type Hour = MonitoringCalendar['hours'][number]

const hoursOfDay = Array.from({ length: 24 }, (_, hour) => hour)

/**
 * How far a count lies from what was expected, −3 to 3, in standard deviations of a Poisson count with a tenth of its mean
 * beside: what is within one is 0.
 */
export const heatOf = ({ observed, expected, isOver }: Hour): number => {
  if (!isOver) return 0
  const deviation = Math.sqrt(Math.max(expected, 0.25) + (0.1 * expected) ** 2)
  const distance = (observed - expected) / deviation
  return Math.sign(distance) * Math.min(3, Math.floor(Math.abs(distance)))
}

const Cell = ({ hour, measure }: { readonly hour: Hour | undefined; readonly measure: Measure }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  if (hour === undefined) return <td className="heat heat-none" />
  const observed = formatNumber(locale, hour.observed)
  return (
    <td
      className={`heat heat-${heatOf(hour) < 0 ? `low-${-heatOf(hour)}` : `high-${heatOf(hour)}`}`}
      title={t('monitoring.cell', {
        day: hour.day,
        hour: hour.hour,
        observed,
        expected: formatNumber(locale, hour.expected, measure === 'febrile' ? 1 : 0),
      })}
    >
      {observed}
    </td>
  )
}

const Legend = () => {
  const { t } = useTranslation()
  return (
    <span className="heat-legend">
      {t('monitoring.legendLow')}
      {(['low-3', 'low-2', 'low-1', 'high-0', 'high-1', 'high-2', 'high-3'] as const).map((step) => (
        <i key={step} className={`heat-${step}`} />
      ))}
      {t('monitoring.legendHigh')}
    </span>
  )
}

type CalendarProps = { readonly calendar: MonitoringCalendar }

const HeatTable = ({ calendar }: CalendarProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const byDay = Map.groupBy(calendar.hours, ({ day }) => day)
  const days = [...byDay.keys()].sort().reverse()
  return (
    <table className="heat-table">
      <caption>{t('monitoring.calendarNote')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('monitoring.calendarDay')}</th>
          {hoursOfDay.map((hour) => (
            <th key={hour} scope="col">
              {hour}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr key={day}>
            <th scope="row">{formatDay(locale, day)}</th>
            {hoursOfDay.map((hour) => (
              <Cell
                key={hour}
                measure={calendar.measure}
                hour={byDay.get(day)?.find((each) => each.hour === hour)}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const SaveButton = ({ calendar }: CalendarProps) => {
  const { t } = useTranslation()
  const save = () =>
    saveFile(
      `calendar-${calendar.measure}.csv`,
      toCsv([
        [
          t('monitoring.calendarDay'),
          t('monitoring.hour'),
          t('monitoring.observed'),
          t('monitoring.expected'),
        ],
        ...calendar.hours.map((hour) => [
          hour.day,
          String(hour.hour),
          String(hour.observed),
          hour.expected.toFixed(3),
        ]),
      ]),
      'text/csv',
    )
  return (
    <button type="button" className="quiet-button" onClick={save}>
      {t('monitoring.export')}
    </button>
  )
}

/** Days by hours: what was counted, coloured by how far it lies from what was expected. */
export const CalendarCard = ({ calendar, of }: CalendarProps & { readonly of: string }) => {
  const { t } = useTranslation()
  return (
    <Card
      title={`${t('monitoring.calendar')} · ${of}`}
      note={<Legend />}
      controls={<SaveButton calendar={calendar} />}
    >
      {calendar.hours.length === 0 ? (
        <EmptyState title={t('monitoring.waiting')}>{t('monitoring.waitingText')}</EmptyState>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (axe scrollable-region-focusable)
        <section className="table-scroll" tabIndex={0} aria-label={t('monitoring.calendar')}>
          <HeatTable calendar={calendar} />
        </section>
      )}
    </Card>
  )
}
