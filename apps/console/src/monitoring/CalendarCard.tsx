import type { MonitoringCalendar } from '@guankou/contract/monitoring/endpoints.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { ModelFigure } from '@guankou/ui/figures/ModelFigure.tsx'
import { formatNumber, formatQuantity, unitText } from '@guankou/ui/format/quantity.ts'
import { toCsv } from '@guankou/ui/tables/csv.ts'
import { saveFile } from '@guankou/ui/tables/save-file.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { hourText } from '#src/monitoring/alarm-words.ts'
import { type HeatHour, HeatTable } from '#src/monitoring/HeatTable.tsx'
import { noteOf } from '#src/monitoring/notes.ts'
import { unitOfMeasure } from '#src/monitoring/units.ts'

type CalendarProps = { readonly calendar: MonitoringCalendar }

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

type ChosenProps = CalendarProps & {
  readonly hour: HeatHour | undefined
  readonly of: string
  readonly timeZone: string
}

/** The hour that was chosen, with what stands behind its expectation. */
const Chosen = ({ calendar, hour, of, timeZone }: ChosenProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { measure, stamp } = calendar
  if (hour === undefined || stamp === null) return <p className="muted">{t('monitoring.calendarChoose')}</p>
  const isFever = measure === 'febrile'
  const unit = unitOfMeasure(measure)
  return (
    <p className="heat-chosen">
      {hourText(hour)}
      {hour.isOver ? '' : ` (${t('monitoring.notOver')})`} · {t('monitoring.observed')}{' '}
      <data value={hour.observed}>{formatNumber(locale, hour.observed)}</data>{' '}
      {unitText(locale, unit, hour.observed)} · {t('monitoring.expected')}{' '}
      <ModelFigure
        stamp={stamp}
        name={`${of}, ${t('monitoring.expected')}, ${hourText(hour)}`}
        text={formatQuantity(locale, hour.expected, unit, isFever ? 2 : 0)}
        value={hour.expected}
        timeZone={timeZone}
        note={noteOf(t, isFever ? 'fever' : 'flow')}
      />
    </p>
  )
}

/** Days by hours: what was counted, coloured by how far it lies from what was expected. */
export const CalendarCard = (props: CalendarProps & Pick<ChosenProps, 'of' | 'timeZone'>) => {
  const { calendar, of } = props
  const { t } = useTranslation()
  const [place, setPlace] = useState<Pick<HeatHour, 'day' | 'hour'>>()
  const chosen = calendar.hours.find(({ day, hour }) => day === place?.day && hour === place.hour)
  return (
    <Card
      title={`${t('monitoring.calendar')} · ${of}`}
      note={<Legend />}
      controls={<SaveButton calendar={calendar} />}
    >
      {calendar.hours.length === 0 ? (
        <EmptyState title={t('monitoring.waiting')}>{t('monitoring.waitingText')}</EmptyState>
      ) : (
        <>
          <section className="table-scroll" aria-label={t('monitoring.calendar')}>
            <HeatTable calendar={calendar} chosen={chosen} onChoose={setPlace} />
          </section>
          <Chosen {...props} hour={chosen} />
        </>
      )}
    </Card>
  )
}
