import {
  changeMonitoringPolicy,
  type FalseAlarmBudget,
  type FalseAlarmRecord,
  type MonitoringAlarms,
} from '@guankou/contract/monitoring/endpoints.ts'
import type { Jurisdiction, Post } from '@guankou/contract/places/place.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isOpenTo } from '#src/layout/pages.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useChangePolicy } from '#src/monitoring/queries.ts'

const Words = ({ budget, timeZone }: { readonly budget: FalseAlarmBudget; readonly timeZone: string }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { daysPerFalseAlarm: days, simulated, thresholds } = budget
  const number = (value: number | null, digits = 2) =>
    value === null ? '—' : formatNumber(locale, value, digits)
  return (
    <>
      <p className="budget-words">
        {t('monitoring.budgetWords', { count: days, days: number(days, Number.isInteger(days) ? 0 : 1) })}
      </p>
      <p className="muted">
        {simulated === null
          ? t('monitoring.shipped')
          : t('monitoring.simulated', {
              time: formatInstant(simulated.madeAt, timeZone),
              rate: number(simulated.falseAlarmsPerDay.value),
              low: number(simulated.falseAlarmsPerDay.low),
              high: number(simulated.falseAlarmsPerDay.high),
              count: simulated.falseAlarms,
            })}{' '}
        {t('monitoring.thresholds', { fever: number(thresholds.fever), flow: number(thresholds.flow) })}.{' '}
        {t('monitoring.flowLearning')}
      </p>
      <p className="muted">{t('monitoring.escalation', { minutes: budget.escalateAfterMinutes })}</p>
    </>
  )
}

const Settings = ({ budget }: { readonly budget: FalseAlarmBudget }) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const id = useId()
  const change = useChangePolicy()
  const [days, setDays] = useState(String(budget.daysPerFalseAlarm))
  const [minutes, setMinutes] = useState(String(budget.escalateAfterMinutes))
  return (
    <form
      className="budget-form"
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate({ daysPerFalseAlarm: Number(days), escalateAfterMinutes: Number(minutes) })
      }}
    >
      <label htmlFor={`${id}-days`}>{t('monitoring.days')}</label>
      <input
        id={`${id}-days`}
        type="number"
        min={0.5}
        max={60}
        step={0.5}
        required
        value={days}
        onChange={({ currentTarget }) => setDays(currentTarget.value)}
      />
      <label htmlFor={`${id}-minutes`}>{t('monitoring.minutes')}</label>
      <input
        id={`${id}-minutes`}
        type="number"
        min={1}
        max={1440}
        step={1}
        required
        value={minutes}
        onChange={({ currentTarget }) => setMinutes(currentTarget.value)}
      />
      <button type="submit" className="quiet-button" disabled={change.isPending}>
        {t('monitoring.save')}
      </button>
      <p role="status" className="muted">
        {change.isSuccess ? t('monitoring.saved') : null}
        {change.isError ? failureText(change.error).text : null}
      </p>
    </form>
  )
}

const useColumns = (posts: ReadonlyMap<number, Post>): readonly Column<FalseAlarmRecord>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  const count = (value: number) => formatNumber(locale, value)
  return [
    {
      key: 'post',
      title: t('monitoring.post'),
      text: ({ postId }) => {
        const post = posts.get(postId)
        return post === undefined ? String(postId) : inLocale(post.name, locale)
      },
    },
    { key: 'month', title: t('monitoring.month'), text: ({ month }) => month },
    {
      key: 'raised',
      title: t('monitoring.recordRaised'),
      numeric: true,
      text: ({ raised }) => count(raised),
    },
    {
      key: 'closed',
      title: t('monitoring.recordClosed'),
      numeric: true,
      text: ({ closed }) => count(closed),
    },
    {
      key: 'false',
      title: t('monitoring.recordFalse'),
      numeric: true,
      text: ({ falseAlarms }) => count(falseAlarms),
    },
    {
      key: 'true',
      title: t('monitoring.recordTrue'),
      numeric: true,
      text: ({ trueEvents }) => count(trueEvents),
    },
    {
      key: 'budget',
      title: t('monitoring.recordBudget'),
      numeric: true,
      text: ({ budgeted }) => formatNumber(locale, budgeted, 2),
    },
  ]
}

/** How often alarms may be false, what that rests on, and how it was kept. */
export const BudgetCard = ({
  area,
  alarms,
  posts,
}: {
  readonly area: Jurisdiction
  readonly alarms: MonitoringAlarms
  readonly posts: ReadonlyMap<number, Post>
}) => {
  const { t } = useTranslation()
  const { role } = useSession()
  const { budget, record } = alarms
  const columns = useColumns(posts)
  return (
    <Card title={t('monitoring.budget')}>
      <Words budget={budget} timeZone={area.timeZone} />
      {isOpenTo(role, changeMonitoringPolicy) ? (
        <Settings key={`${budget.daysPerFalseAlarm} ${budget.escalateAfterMinutes}`} budget={budget} />
      ) : null}
      <h3>{t('monitoring.record')}</h3>
      {record.length === 0 ? (
        <p className="muted">{t('monitoring.recordNone')}</p>
      ) : (
        <DataTable
          label={t('monitoring.record')}
          columns={columns}
          rows={record}
          rowKey={({ postId, month }) => `${month} ${postId}`}
        />
      )}
    </Card>
  )
}
