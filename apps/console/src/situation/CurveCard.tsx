import type { SituationCurve, SituationSummary } from '@guankou/contract/situation/endpoints.ts'
import { Chart } from '@guankou/ui/charts/Chart.tsx'
import { curveOption } from '@guankou/ui/charts/curve-option.ts'
import { type CurvePoint, type DayCurve, slotAt, toDayCurve } from '@guankou/ui/charts/day-curve.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { ViewSwitch } from '@guankou/ui/controls/ViewSwitch.tsx'
import { formatNumber, formatQuantity } from '@guankou/ui/format/quantity.ts'
import { formatClockMinute } from '@guankou/ui/format/time.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useTokens } from '@guankou/ui/theme/use-tokens.ts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { isToday } from '#src/situation/key-figures.ts'

export type CurveCardProps = {
  readonly summary: SituationSummary
  readonly curve: SituationCurve
  readonly compare: boolean
  readonly view: 'chart' | 'table'
  readonly onView: (view: 'chart' | 'table') => void
}

const CurveTable = ({
  today,
  yesterday,
  compare,
}: {
  readonly today: readonly CurvePoint[]
  readonly yesterday: readonly CurvePoint[]
  readonly compare: boolean
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const countOn = (points: readonly CurvePoint[], slot: number) => {
    const count = points.find((point) => point.slot === slot)?.count
    return count === undefined ? '—' : formatNumber(locale, count)
  }
  const columns: readonly Column<CurvePoint>[] = [
    { key: 'slot', title: t('curve.slot'), text: (point) => point.clock },
    {
      key: 'today',
      title: t('curve.countToday'),
      numeric: true,
      text: (point) => countOn(today, point.slot),
    },
    ...(compare
      ? [
          {
            key: 'yesterday',
            title: t('curve.countYesterday'),
            numeric: true,
            text: (point: CurvePoint) => countOn(yesterday, point.slot),
          },
        ]
      : []),
  ]
  return (
    <DataTable label={t('curve.title')} columns={columns} rows={yesterday} rowKey={(point) => point.slot} />
  )
}

const CurveChart = ({
  points,
  slotMinutes,
  compare,
}: {
  readonly points: DayCurve
  readonly slotMinutes: number
  readonly compare: boolean
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const tokens = useTokens()
  const option = useMemo(() => {
    const words = {
      today: t('curve.today'),
      yesterday: t('curve.yesterday'),
      pace: (perHour: number) => formatQuantity(locale, perHour, 'vehicle-per-hour'),
    }
    return curveOption(points, { slotMinutes, compare, words }, tokens)
  }, [points, slotMinutes, compare, locale, t, tokens])
  const { peak } = points
  const summary =
    peak === null
      ? t('curve.summaryNone')
      : t('curve.summary', {
          peak: formatQuantity(locale, peak.perHour, 'vehicle-per-hour'),
          time: peak.clock,
        })
  return <Chart option={option} summary={summary} />
}

const CurveLegend = ({
  running,
  compare,
}: {
  readonly running: CurvePoint | null
  readonly compare: boolean
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <span className="curve-legend">
      <i className="line-today" /> {t('curve.today')}
      {compare ? (
        <>
          <i className="line-yesterday" /> {t('curve.yesterday')}
        </>
      ) : null}
      <span>
        {running === null
          ? t('curve.method')
          : t('curve.running', {
              time: running.clock,
              vehicles: formatQuantity(locale, running.count, 'vehicle'),
            })}
      </span>
    </span>
  )
}

/** The day's traffic against the day before. */
export const CurveCard = ({ summary, curve, compare, view, onView }: CurveCardProps) => {
  const { t } = useTranslation()
  const { slotMinutes } = curve
  const clock = formatClockMinute(curve.asOf, summary.area.timeZone)
  const runningSlot = isToday(summary) ? slotAt(clock, slotMinutes) : null
  const points = useMemo(() => toDayCurve({ ...curve, runningSlot }), [curve, runningSlot])
  const { running } = points
  const switcher = (
    <ViewSwitch
      name={t('ui:viewOf', { name: t('curve.title') })}
      value={view}
      views={[
        { value: 'chart', label: t('ui:showChart') },
        { value: 'table', label: t('ui:showTable') },
      ]}
      onChange={onView}
    />
  )
  return (
    <Card
      title={t('curve.title')}
      className="curve"
      note={<CurveLegend running={running} compare={compare} />}
      controls={switcher}
    >
      {view === 'table' ? (
        <CurveTable
          today={[...points.today, ...(running === null ? [] : [running])]}
          yesterday={points.yesterday}
          compare={compare}
        />
      ) : (
        <CurveChart points={points} slotMinutes={slotMinutes} compare={compare} />
      )}
    </Card>
  )
}
