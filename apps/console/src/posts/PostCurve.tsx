import type { PostSlot } from '@guankou/contract/posts/shown-post.ts'
import { slotMinutes, slotsPerDay } from '@guankou/contract/situation/endpoints.ts'
import { Chart } from '@guankou/ui/charts/Chart.tsx'
import { curveOption } from '@guankou/ui/charts/curve-option.ts'
import { slotAt, toDayCurve } from '@guankou/ui/charts/day-curve.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { ViewSwitch } from '@guankou/ui/controls/ViewSwitch.tsx'
import { formatNumber, formatQuantity } from '@guankou/ui/format/quantity.ts'
import { civilDateOf, formatClockMinute, slotClock } from '@guankou/ui/format/time.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useTokens } from '@guankou/ui/theme/use-tokens.ts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import type { PostParts } from '#src/posts/post-parts.ts'

const SlotTable = ({ slots }: { readonly slots: readonly PostSlot[] }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const columns: readonly Column<PostSlot>[] = [
    { key: 'slot', title: t('postPage.slot'), text: ({ slot }) => slotClock(slot, slotMinutes) },
    {
      key: 'count',
      title: t('postPage.count'),
      numeric: true,
      text: ({ vehicles }) => formatNumber(locale, vehicles),
    },
    {
      key: 'seconds',
      title: t('postPage.seconds'),
      numeric: true,
      text: ({ meanSecondsPerVehicle: seconds }) =>
        seconds === null ? '—' : formatNumber(locale, seconds, 0),
    },
  ]
  return <DataTable label={t('postPage.curve')} columns={columns} rows={slots} rowKey={({ slot }) => slot} />
}

const SlotChart = ({ parts }: { readonly parts: PostParts }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const tokens = useTokens()
  const { view, timeZone } = parts
  const points = useMemo(() => {
    const isToday = civilDateOf(view.asOf, timeZone) === view.day
    const runningSlot = isToday ? slotAt(formatClockMinute(view.asOf, timeZone), slotMinutes) : null
    const counts = new Map(view.slots.map(({ slot, vehicles }) => [slot, vehicles]))
    const vehicles = Array.from({ length: slotsPerDay }, (_, slot) =>
      runningSlot !== null && slot > runningSlot ? null : (counts.get(slot) ?? 0),
    )
    return toDayCurve({ slotMinutes, vehicles, vehiclesYesterday: [], runningSlot })
  }, [view, timeZone])
  const option = useMemo(() => {
    const words = {
      today: t('curve.today'),
      yesterday: t('curve.yesterday'),
      pace: (perHour: number) => formatQuantity(locale, perHour, 'vehicle-per-hour'),
    }
    return curveOption(points, { slotMinutes, compare: false, words }, tokens)
  }, [points, locale, t, tokens])
  const { peak } = points
  const summary =
    peak === null
      ? t('postPage.curveNone')
      : t('curve.summary', {
          peak: formatQuantity(locale, peak.perHour, 'vehicle-per-hour'),
          time: peak.clock,
        })
  return <Chart option={option} summary={summary} />
}

/** Vehicles of the day at this post, drawn or as a table. */
export const PostCurve = ({
  parts,
  view,
  onView,
}: {
  readonly parts: PostParts
  readonly view: 'chart' | 'table'
  readonly onView: (view: 'chart' | 'table') => void
}) => {
  const { t } = useTranslation()
  const { slots } = parts.view
  return (
    <Card
      title={t('postPage.curve')}
      className="post-curve"
      controls={
        <ViewSwitch
          name={t('ui:viewOf', { name: t('postPage.curve') })}
          value={view}
          views={[
            { value: 'chart', label: t('ui:showChart') },
            { value: 'table', label: t('ui:showTable') },
          ]}
          onChange={onView}
        />
      }
    >
      {slots.length === 0 ? (
        <p className="post-none">{t('postPage.curveNone')}</p>
      ) : view === 'table' ? (
        <SlotTable slots={slots} />
      ) : (
        <SlotChart parts={parts} />
      )}
    </Card>
  )
}
