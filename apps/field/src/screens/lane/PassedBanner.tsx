import { dispositionNames } from '@guankou/contract/screening/dispositions.ts'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { displayPlate } from '#src/lane/plate.ts'
import { useField } from '#src/runtime/field-context.ts'
import type { Outcome } from '#src/runtime/record-draft.ts'
import { useStore } from '#src/runtime/store.ts'
import { Icon } from '#src/screens/chrome/Icon.tsx'
import { formatCelsius } from '#src/screens/format.ts'
import { signalOutcome } from './feedback.ts'

/** The vehicle that passed at one tap, where the next plate will stand: seen without another tap. */
export const PassedBanner = ({ made }: { readonly made: Outcome }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const chosen = useStore(settings)
  const { fact, rules } = made
  useEffect(() => {
    if (fact.id !== '') signalOutcome('calm', chosen)
  }, [fact.id, chosen])
  return (
    <section className="passed" aria-label={t('outcome.heading')}>
      <b>
        <Icon name="check" /> {dispositionNames[fact.disposition][chosen.locale]}
      </b>
      <span>
        {t('returning.passedLine', {
          plate: displayPlate(fact.plate ?? ''),
          people: t('returning.people', { count: fact.travellers.length }),
          threshold: formatCelsius(rules.ruleSet.feverThresholdCelsius),
        })}
      </span>
    </section>
  )
}
