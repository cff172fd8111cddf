import { matchReasonNames } from '@guankou/contract/matching/reasons.ts'
import type { DecisionView, OverrideView, TravellerDecision } from '@guankou/contract/screening/decisions.ts'
import { dispositionNames } from '@guankou/contract/screening/dispositions.ts'
import { exposureNames, feverNames } from '@guankou/contract/screening/names.ts'
import { overrideGroundNames, overrideStateNames } from '@guankou/contract/screening/override.ts'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatQuantity } from '@guankou/ui/format/quantity.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { stateOfDisposition } from '#src/situation/EventsCard.tsx'

/** What was found of one person: what the rules looked at. */
const Findings = ({ traveller }: { readonly traveller: TravellerDecision }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { fever, exposure, readings, exposures, symptoms, contactWithCase } = traveller
  const joined = (values: readonly string[]): string =>
    values.length === 0 ? t('decisions.none') : values.join(locale === 'zh' ? '；' : '; ')
  return (
    <dl className="decision-facts">
      <dt>{t('decisions.readings')}</dt>
      <dd>
        {joined(
          readings.map(({ temperatureCelsius }) =>
            temperatureCelsius === undefined
              ? t('decisions.under')
              : formatQuantity(locale, temperatureCelsius, 'celsius', 1),
          ),
        )}
      </dd>
      <dt>{t('decisions.fever')}</dt>
      <dd>{inLocale(feverNames[fever], locale)}</dd>
      <dt>{t('decisions.stays')}</dt>
      <dd>
        {joined(
          exposures.map(({ area, leftOn }) =>
            t('decisions.stay', { area: inLocale(area, locale), day: leftOn }),
          ),
        )}
        {contactWithCase ? ` · ${t('decisions.contact')}` : ''}
      </dd>
      <dt>{t('decisions.exposure')}</dt>
      <dd>{inLocale(exposureNames[exposure], locale)}</dd>
      <dt>{t('decisions.symptoms')}</dt>
      <dd>{joined(symptoms.map((symptom) => inLocale(symptom, locale)))}</dd>
      <dt>{t('decisions.listed')}</dt>
      <dd>
        {joined(
          traveller.listed.map(({ reason, confirmed }) =>
            t(confirmed ? 'decisions.listedSurely' : 'decisions.listedMaybe', {
              reason: inLocale(matchReasonNames[reason], locale),
            }),
          ),
        )}
      </dd>
    </dl>
  )
}

/** One override: who, when, why, and what a second person said. */
export const OverrideLine = ({
  override,
  timeZone,
}: {
  readonly override: OverrideView
  readonly timeZone: string
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { madeAt, by, disposition, ground, words, state, stands, second } = override
  return (
    <li>
      <span className="muted">
        {t('decisions.madeBy', {
          time: formatInstant(madeAt, timeZone).slice(0, 16),
          officer: inLocale(by.officer, locale),
        })}
      </span>{' '}
      <b>{inLocale(dispositionNames[disposition], locale)}</b> ·{' '}
      {inLocale(overrideGroundNames[ground], locale)}
      {words === null ? null : <q className="decision-words">{words}</q>}
      <span className="muted">
        {' · '}
        {state === 'in-force' && !stands
          ? t('decisions.notStanding')
          : inLocale(overrideStateNames[state], locale)}
        {second === null
          ? ''
          : ` · ${t(second.agrees ? 'decisions.agreedBy' : 'decisions.declinedBy', {
              officer: inLocale(second.by.officer, locale),
            })}`}
      </span>
    </li>
  )
}

/** Both decisions on one person, with what led to each. */
export const TravellerWhy = ({
  traveller,
  decision,
  timeZone,
}: {
  readonly traveller: TravellerDecision
  readonly decision: DecisionView
  readonly timeZone: string
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { disposition, standing, ruleIds, overrides } = traveller
  const rules = (decision.rules?.rules ?? []).filter(({ id }) => ruleIds.includes(id))
  const name = (of: typeof disposition) => inLocale(dispositionNames[of], locale)
  return (
    <>
      <Findings traveller={traveller} />
      <dl className="decision-facts">
        <dt>{t('decisions.gave')}</dt>
        <dd>
          <StatusPill state={stateOfDisposition[disposition]}>{name(disposition)}</StatusPill>
          <ul className="decision-rules">
            {rules.map(({ id, reason }) => (
              <li key={id}>
                <b>{id}</b> {inLocale(reason, locale)}
              </li>
            ))}
          </ul>
          {ruleIds.length === 0 ? <p className="muted">{t('decisions.noRule')}</p> : null}
        </dd>
        {overrides.length === 0 ? null : (
          <>
            <dt>{t('decisions.counts')}</dt>
            <dd>
              <StatusPill state={stateOfDisposition[standing]}>{name(standing)}</StatusPill>
              <ol className="decision-overrides">
                {overrides.map((override) => (
                  <OverrideLine key={override.id} override={override} timeZone={timeZone} />
                ))}
              </ol>
            </dd>
          </>
        )}
      </dl>
    </>
  )
}
