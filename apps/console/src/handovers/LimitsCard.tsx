import type { Handovers } from '@guankou/contract/handovers/endpoints.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChangeLimits } from '#src/handovers/queries.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useSession } from '#src/layout/use-session.ts'

type Limits = Handovers['limits']

const LimitsForm = ({ limits }: { readonly limits: Limits }) => {
  const { t } = useTranslation()
  const change = useChangeLimits()
  const failureText = useFailureText()
  const [wanted, setWanted] = useState(limits)
  const isSame = wanted.waitMinutes === limits.waitMinutes && wanted.roadMinutes === limits.roadMinutes
  const field = (key: keyof Limits, label: string) => (
    <label>
      {label}{' '}
      <input
        type="number"
        min={1}
        max={1_440}
        required
        value={wanted[key]}
        onChange={({ currentTarget }) =>
          setWanted({ ...wanted, [key]: Math.round(currentTarget.valueAsNumber || 1) })
        }
      />
    </label>
  )
  return (
    <form
      className="budget-form"
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate(wanted)
      }}
    >
      {field('waitMinutes', t('handovers.wait'))}
      {field('roadMinutes', t('handovers.road'))}
      <button type="submit" className="quiet-button" disabled={isSame || change.isPending}>
        {t('handovers.save')}
      </button>
      <p className="field-error" role="alert">
        {change.isError ? failureText(change.error).text : null}
      </p>
    </form>
  )
}

/** How long hand-overs may take; the commander of the city decides. */
export const LimitsCard = ({ limits, isCity }: { readonly limits: Limits; readonly isCity: boolean }) => {
  const { t } = useTranslation()
  const { role } = useSession()
  return (
    <Card title={t('handovers.limits')} className="not-printed">
      <p>{t('handovers.limitsText', { wait: limits.waitMinutes, road: limits.roadMinutes })}</p>
      {role === 'commander' && isCity ? (
        <LimitsForm key={`${limits.waitMinutes} ${limits.roadMinutes}`} limits={limits} />
      ) : null}
    </Card>
  )
}
