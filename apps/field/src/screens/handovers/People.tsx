import type { HandoverPersonView } from '@guankou/contract/handovers/endpoints.ts'
import { handoverPartNames } from '@guankou/contract/handovers/vocabulary.ts'
import { exposureNames, feverNames } from '@guankou/contract/screening/names.ts'
import type { Locale } from '@guankou/ui/i18n/locale.ts'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type KnownHandover, takesOver } from '#src/handovers/known-handover.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { formatCelsius } from '#src/screens/format.ts'

const findingsText = (t: TFunction, findings: HandoverPersonView['findings'], locale: Locale): string => {
  if (findings === null) return ''
  const { fever, highestCelsius, exposure, symptoms } = findings
  return [
    highestCelsius === null ? '' : t('handovers.celsius', { value: formatCelsius(highestCelsius) }),
    fever === 'none' ? '' : t('handovers.fever', { level: feverNames[fever][locale] }),
    exposure === 'none' ? '' : t('handovers.exposure', { level: exposureNames[exposure][locale] }),
    symptoms.length === 0 ? '' : t('handovers.symptoms', { count: symptoms.length }),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

const Names = ({ known }: { readonly known: KnownHandover }) => {
  const { t } = useTranslation()
  const { handovers } = useField()
  const [isAsking, setAsking] = useState(false)
  const [isFailed, setFailed] = useState(false)
  const ask = async (): Promise<void> => {
    setAsking(true)
    setFailed(!(await handovers.askNames(known)))
    setAsking(false)
  }
  return (
    <>
      <button type="button" className="button" disabled={isAsking} onClick={() => void ask()}>
        {t('handovers.names')}
      </button>
      <p className="quiet">{isFailed ? t('handovers.namesFailed') : t('handovers.namesHelp')}</p>
    </>
  )
}

/** Seats, parts and findings; covered names for whoever takes the people, once they asked. */
export const People = ({ known }: { readonly known: KnownHandover }) => {
  const { t } = useTranslation()
  const { settings, runtime } = useField()
  const { locale } = useStore(settings)
  const profile = useStore(runtime.profile)
  const told = known.line?.opening?.people
  const people: readonly HandoverPersonView[] =
    told ?? known.opening?.people.map((person) => ({ ...person, seatLabel: null, findings: null })) ?? []
  if (people.length === 0) return null
  const isTaker = profile !== undefined && takesOver(profile.role)
  return (
    <section>
      <ul className="handover-people">
        {people.map(({ seat, seatLabel, part, findings }) => {
          const named = known.names?.people.find((person) => person.seat === seat)
          return (
            <li key={seat}>
              <b>
                {seatLabel === null
                  ? t('handovers.seat', { n: seat })
                  : t('seats.place', { place: seatLabel })}{' '}
                · {handoverPartNames[part][locale]}
              </b>
              {named === undefined ? null : <span>{named.maskedName ?? t('handovers.nameNone')}</span>}
              {findings === null ? null : (
                <span className="quiet handover-findings">{findingsText(t, findings, locale)}</span>
              )}
            </li>
          )
        })}
      </ul>
      {isTaker && told !== undefined && known.names === undefined ? <Names known={known} /> : null}
    </section>
  )
}
