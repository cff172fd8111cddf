import { correctionRoles } from '@guankou/contract/screening/corrections.ts'
import type { DecisionDifference, DecisionView } from '@guankou/contract/screening/decisions.ts'
import { conveyanceKindNames } from '@guankou/contract/screening/names.ts'
import { overrideRoles } from '@guankou/contract/screening/override.ts'
import { formatQuantity } from '@guankou/ui/format/quantity.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { Query } from '#src/layout/Query.tsx'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { Corrected } from '#src/screening/Corrected.tsx'
import { CorrectFindings } from '#src/screening/CorrectFindings.tsx'
import { OverrideForm } from '#src/screening/OverrideForm.tsx'
import { decisionQuery } from '#src/screening/queries.ts'
import { TravellerWhy } from '#src/screening/TravellerWhy.tsx'

type Shown = { readonly decision: DecisionView; readonly timeZone: string }

/** The rules of that hour, and the areas that were at risk then. */
const Rules = ({ decision }: { readonly decision: DecisionView }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { rules, response, rulesVersion } = decision
  const title = t('decisions.rulesOf', { response: inLocale(response.name, locale), version: rulesVersion })
  if (rules === null)
    return (
      <p role="alert">
        {title}: {t('decisions.rulesGone')}
      </p>
    )
  return (
    <section>
      <h3>{title}</h3>
      <p className="muted">
        {t('decisions.threshold', {
          celsius: formatQuantity(locale, rules.feverThresholdCelsius, 'celsius', 1),
          days: rules.exposureWindowDays,
        })}
      </p>
      <h4>{t('decisions.riskAreas')}</h4>
      {rules.riskAreas.length === 0 ? <p>{t('decisions.riskNone')}</p> : null}
      <ul className="decision-rules">
        {rules.riskAreas.map(({ areaCode, area, name, level, from, until }) => (
          <li key={`${areaCode} ${from} ${level}`}>
            {t(until === undefined ? 'decisions.riskArea' : 'decisions.riskAreaUntil', {
              area: inLocale(name ?? area, locale),
              level: t(`decisions.${level}`),
              from,
              until,
            })}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What a replay gives otherwise than what is kept; seat 0 is the vehicle. */
const Replayed = ({ differences }: { readonly differences: readonly DecisionDifference[] }) => {
  const { t } = useTranslation()
  if (differences.length === 0) return <p className="muted">{t('decisions.same')}</p>
  return (
    <div role="alert">
      <p>{t('decisions.differs')}</p>
      <ul className="decision-rules">
        {differences.map(({ seat, part, kept, replayed }) => (
          <li key={`${seat} ${part}`}>
            {t('decisions.seat', { seat })} · {part}: {kept} → {replayed}
          </li>
        ))}
      </ul>
    </div>
  )
}

const People = ({ decision, timeZone }: Shown) => {
  const { t } = useTranslation()
  const { role } = useSession()
  const mayCorrect = correctionRoles.some((each) => each === role)
  const mayOverride = overrideRoles.some((each) => each === role)
  return decision.travellers.map((traveller) => (
    <section key={traveller.seat} className="decision-person">
      <h3>
        {t('decisions.seat', { seat: traveller.seat })}
        {traveller.seatLabel === null ? '' : ` · ${t('decisions.seatPlace', { place: traveller.seatLabel })}`}
      </h3>
      <TravellerWhy traveller={traveller} decision={decision} timeZone={timeZone} />
      <Corrected traveller={traveller} decision={decision} timeZone={timeZone} />
      {mayCorrect && decision.rules !== null ? (
        <details>
          <summary>{t('decisions.correctFindings')}</summary>
          <CorrectFindings key={traveller.corrections.length} decision={decision} traveller={traveller} />
        </details>
      ) : null}
      {mayOverride && decision.rules !== null ? (
        <details>
          <summary>{t('decisions.override')}</summary>
          <OverrideForm
            screeningId={decision.screeningId}
            traveller={traveller}
            to={decision.rules.overridesTo}
          />
        </details>
      ) : null}
    </section>
  ))
}

const Decision = ({ decision, timeZone }: Shown) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <div className="decision">
      <p className="muted">
        {formatInstant(decision.occurredAt, timeZone)} ·{' '}
        {t('decisions.vehicle', {
          kind: inLocale(conveyanceKindNames[decision.conveyanceKind], locale),
          lane: decision.lane,
        })}
        {decision.fromPaper ? ` · ${t('decisions.fromPaper')}` : ''}
      </p>
      <People decision={decision} timeZone={timeZone} />
      <Rules decision={decision} />
      <Replayed differences={decision.differences} />
    </div>
  )
}

const Opened = ({ screening, timeZone }: { readonly screening: string; readonly timeZone: string }) => (
  <Query query={useQuery(decisionQuery(screening))}>
    {(decision) => <Decision decision={decision} timeZone={timeZone} />}
  </Query>
)

/** Why one screening ended as it did, and deciding otherwise, beside the page. */
export const DecisionDrawer = ({
  screening,
  timeZone,
  onClose,
}: {
  readonly screening: string | undefined
  readonly timeZone: string
  readonly onClose: () => void
}) => {
  const { t } = useTranslation()
  return (
    <Drawer
      open={screening !== undefined}
      onClose={onClose}
      size={520}
      mask={false}
      title={t('decisions.drawer')}
      closable={{ 'aria-label': t('decisions.close') }}
    >
      {screening === undefined ? null : <Opened screening={screening} timeZone={timeZone} />}
    </Drawer>
  )
}
