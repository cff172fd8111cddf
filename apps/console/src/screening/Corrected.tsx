import { certificateOutcomeNames } from '@guankou/contract/certificates/shown.ts'
import { certificateFormatNames } from '@guankou/contract/certificates/trust-list.ts'
import { correctionGroundNames } from '@guankou/contract/screening/corrections.ts'
import type { DecisionView, TravellerDecision } from '@guankou/contract/screening/decisions.ts'
import { dispositionNames } from '@guankou/contract/screening/dispositions.ts'
import {
  type CorrectedFindings,
  type CorrectedPart,
  correctedPartNames,
} from '@guankou/contract/screening/finding-corrections.ts'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatQuantity } from '@guankou/ui/format/quantity.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { placeName } from '#src/paper/read-places.ts'
import { stateOfDisposition } from '#src/situation/EventsCard.tsx'

type Props = {
  readonly traveller: TravellerDecision
  readonly decision: DecisionView
  readonly timeZone: string
}

/** One part of what was found, in words. */
const usePartText = ({ rules }: DecisionView) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (findings: CorrectedFindings, part: CorrectedPart): string => {
    const { origin, readings = [], symptoms = [], exposures = [], contactWithCase } = findings
    const texts: Readonly<Record<CorrectedPart, () => readonly string[]>> = {
      origin: () => (origin === undefined ? [] : [placeName(origin.code, locale)]),
      readings: () =>
        readings.map(({ temperatureCelsius }) =>
          temperatureCelsius === undefined
            ? t('decisions.under')
            : formatQuantity(locale, temperatureCelsius, 'celsius', 1),
        ),
      symptoms: () =>
        symptoms.map((code) => {
          const name = rules?.symptoms.find((symptom) => symptom.code === code)?.name
          return name === undefined ? code : inLocale(name, locale)
        }),
      exposures: () =>
        exposures.map(({ areaCode, leftOn }) =>
          t('decisions.stay', { area: placeName(areaCode, locale), day: leftOn }),
        ),
      contactWithCase: () => (contactWithCase === true ? [t('decisions.contact')] : []),
    }
    const told = texts[part]()
    return told.length === 0 ? t('decisions.none') : told.join(locale === 'zh' ? '；' : '; ')
  }
}

const Certificates = ({ traveller: { certificates } }: Pick<Props, 'traveller'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  if (certificates.length === 0) return null
  return (
    <>
      <dt>{t('decisions.certificates')}</dt>
      <dd>
        {certificates
          .map(({ format, country, outcome }) =>
            [
              inLocale(certificateFormatNames[format], locale),
              country,
              inLocale(certificateOutcomeNames[outcome], locale),
            ]
              .filter((part) => part !== undefined)
              .join(' '),
          )
          .join(locale === 'zh' ? '；' : '; ')}
      </dd>
    </>
  )
}

/** What the rules of that hour would say of what is known now, beside what was decided: a word, never a change. */
const RulesNow = ({ traveller: { corrected, standing } }: Pick<Props, 'traveller'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  if (corrected === null) return null
  const { disposition } = corrected
  return (
    <>
      <dt>{t('decisions.rulesNow')}</dt>
      <dd>
        <StatusPill state={stateOfDisposition[disposition]}>
          {inLocale(dispositionNames[disposition], locale)}
        </StatusPill>{' '}
        {disposition === standing
          ? t('decisions.rulesNowSame')
          : t('decisions.rulesNowOther', { disposition: inLocale(dispositionNames[standing], locale) })}
      </dd>
    </>
  )
}

/** Certificates that were shown, corrections of what was found, and what would follow from them. */
export const Corrected = (props: Props) => {
  const { traveller, decision, timeZone } = props
  const { t } = useTranslation()
  const locale = useLocale()
  const partText = usePartText(decision)
  const { corrections, certificates } = traveller
  if (corrections.length === 0 && certificates.length === 0) return null
  return (
    <dl className="decision-facts">
      <Certificates traveller={traveller} />
      {corrections.length === 0 ? null : (
        <>
          <dt>{t('decisions.corrections')}</dt>
          <dd>
            <ol className="decision-overrides">
              {corrections.map(({ id, madeAt, by, ground, words, before, after }) => (
                <li key={id}>
                  <span className="muted">
                    {formatInstant(madeAt, timeZone).slice(0, 16)} {inLocale(by.officer, locale)} ·{' '}
                    {inLocale(correctionGroundNames[ground], locale)}
                  </span>
                  {(Object.keys(after) as CorrectedPart[]).map((part) => (
                    <div key={part}>
                      {inLocale(correctedPartNames[part], locale)}: {partText(before, part)} →{' '}
                      <b>{partText(after, part)}</b>
                    </div>
                  ))}
                  {words === null ? null : <q className="decision-words">{words}</q>}
                </li>
              ))}
            </ol>
          </dd>
        </>
      )}
      <RulesNow traveller={traveller} />
    </dl>
  )
}
