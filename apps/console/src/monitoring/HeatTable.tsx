import type { Measure, MonitoringCalendar } from '@guankou/contract/monitoring/endpoints.ts'
import { formatNumber, unitText } from '@guankou/ui/format/quantity.ts'
import { formatDay } from '@guankou/ui/format/time.ts'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { unitOfMeasure } from '#src/monitoring/units.ts'

export type HeatHour = MonitoringCalendar['hours'][number]

const hoursOfDay = Array.from({ length: 24 }, (_, hour) => hour)

/**
 * How far a count lies from what was expected, −3 to 3, in standard deviations of a Poisson count with a tenth of its mean
 * beside: what is within one is 0.
 */
export const heatOf = ({ observed, expected, isOver }: HeatHour): number => {
  if (!isOver) return 0
  const deviation = Math.sqrt(Math.max(expected, 0.25) + (0.1 * expected) ** 2)
  const distance = (observed - expected) / deviation
  return Math.sign(distance) * Math.min(3, Math.floor(Math.abs(distance)))
}

const isSame = (a: HeatHour | undefined, b: HeatHour | undefined): boolean =>
  a !== undefined && a.day === b?.day && a.hour === b.hour

/** Days down and hours to the right that a key goes. */
const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

type CellProps = {
  readonly hour: HeatHour
  readonly measure: Measure
  /** Where Tab comes to; from there arrows go on. */
  readonly isEntry: boolean
  readonly isChosen: boolean
  readonly onChoose: (hour: HeatHour) => void
  readonly onKey: (event: KeyboardEvent, hour: HeatHour) => void
}

const Cell = ({ hour, measure, isEntry, isChosen, onChoose, onKey }: CellProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const observed = formatNumber(locale, hour.observed)
  const text = t('monitoring.cell', {
    day: hour.day,
    hour: hour.hour,
    observed,
    expected: formatNumber(locale, hour.expected, measure === 'febrile' ? 1 : 0),
  })
  return (
    <button
      type="button"
      data-hour={`${hour.day} ${hour.hour}`}
      tabIndex={isEntry ? 0 : -1}
      aria-pressed={isChosen}
      aria-label={text}
      title={text}
      onClick={() => onChoose(hour)}
      onKeyDown={(event) => onKey(event, hour)}
    >
      {observed}
    </button>
  )
}

type HeatTableProps = {
  readonly calendar: MonitoringCalendar
  readonly chosen: HeatHour | undefined
  readonly onChoose: (hour: HeatHour) => void
}

const classOf = (hour: HeatHour | undefined): string => {
  if (hour === undefined) return 'heat'
  const heat = heatOf(hour)
  return `heat heat-${heat < 0 ? `low-${-heat}` : `high-${heat}`}`
}

/** The hours by place, newest day first, and the way from one to the next by keyboard. */
const useHours = ({ calendar, onChoose }: HeatTableProps) => {
  const byDay = Map.groupBy(calendar.hours, ({ day }) => day)
  const days = [...byDay.keys()].sort().reverse()
  const at = (day: string | undefined, hour: number): HeatHour | undefined =>
    day === undefined ? undefined : byDay.get(day)?.find((each) => each.hour === hour)
  const go = (event: KeyboardEvent, from: HeatHour): void => {
    const [down, right] = steps[event.key] ?? [0, 0]
    const next = at(days[days.indexOf(from.day) + down], from.hour + right)
    if (next === undefined || isSame(next, from)) return
    event.preventDefault()
    onChoose(next)
    const table = event.currentTarget.closest('table')
    table?.querySelector<HTMLElement>(`[data-hour="${next.day} ${next.hour}"]`)?.focus()
  }
  return { days, at, go, newest: byDay.get(days[0] ?? '')?.at(-1) }
}

/** Newest day first; one stop for Tab, and arrows from hour to hour. */
export const HeatTable = (props: HeatTableProps) => {
  const { calendar, chosen, onChoose } = props
  const { t } = useTranslation()
  const locale = useLocale()
  const { days, at, go, newest } = useHours(props)
  const cellOf = (hour: HeatHour | undefined) => {
    if (hour === undefined) return null
    const shared = { hour, measure: calendar.measure, onChoose, onKey: go }
    return <Cell {...shared} isEntry={isSame(hour, chosen ?? newest)} isChosen={isSame(hour, chosen)} />
  }
  return (
    <table className="heat-table">
      <caption>
        {t('monitoring.calendarNote', { unit: unitText(locale, unitOfMeasure(calendar.measure)) })}
      </caption>
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
              <td key={hour} className={classOf(at(day, hour))}>
                {cellOf(at(day, hour))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
