import { type Disposition, dispositionNames, dispositions } from '@guankou/contract/screening/dispositions.ts'
import type { ScreenedTraveller } from '@guankou/domain/screening/screening-recorded.ts'
import type { Locale } from '@guankou/ui/i18n/locale.ts'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { isPlated } from '#src/lane/draft.ts'
import { byStrictness, groundsOf, measuredRange, toneOf } from '#src/lane/grounds.ts'
import { useField } from '#src/runtime/field-context.ts'
import type { Outcome } from '#src/runtime/record-draft.ts'
import { useStore } from '#src/runtime/store.ts'
import { Icon, type IconName } from '#src/screens/chrome/Icon.tsx'
import { formatCelsius } from '#src/screens/format.ts'
import { HandoverOffer } from '#src/screens/handovers/HandoverOffer.tsx'
import { type Slip, SlipButton } from '#src/screens/slip/SlipButton.tsx'
import { TestPrompt } from '#src/screens/testing/TestPrompt.tsx'
import { conveyanceText } from './conveyance-text.ts'
import { signalOutcome } from './feedback.ts'
import { groundText } from './ground-text.ts'
import { personName } from './person-text.ts'
import { UndoButton } from './UndoButton.tsx'

const signs: Readonly<Record<Disposition, IconName>> = {
  passed: 'check',
  advised: 'info',
  'second-check': 'again',
  'home-quarantine': 'house',
  'central-quarantine': 'building',
  'turned-back': 'turn',
  referred: 'cross',
}

/** The rule that decided, and the next two. */
const shownRules = 3

type Props = { readonly outcome: Outcome; readonly onNext: () => void }

/** Of somebody who was confirmed only what may be shown is known here. */
const shownPerson = ({ draft }: Outcome, { entered }: ScreenedTraveller) => ({
  ...entered,
  known: draft.travellers.find(({ seat }) => seat === entered.seat)?.known,
})

/** All is well with everyone: one line for the whole vehicle. */
const CalmGrounds = ({ outcome }: Pick<Props, 'outcome'>) => {
  const { t } = useTranslation()
  const { fact, rules } = outcome
  const count = fact.travellers.length
  const range = measuredRange(fact)
  const threshold = formatCelsius(rules.ruleSet.feverThresholdCelsius)
  const measured = fact.travellers.some((each) => each.entered.readings.length > 0)
  const warmth =
    range === undefined
      ? measured
        ? t('outcome.allUnder', { count, threshold })
        : t('outcome.notMeasured')
      : range.lowest === range.highest
        ? t('outcome.rangeOne', { value: formatCelsius(range.lowest) })
        : t('outcome.range', {
            count,
            lowest: formatCelsius(range.lowest),
            highest: formatCelsius(range.highest),
          })
  return (
    <p className="outcome-grounds">
      {[warmth, t('outcome.noExposure'), t('outcome.noSymptoms')].join(' · ')}
    </p>
  )
}

const Grounds = ({ outcome, person }: Pick<Props, 'outcome'> & { readonly person: ScreenedTraveller }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const { ruleSet, day } = outcome.rules
  return (
    <ul className="outcome-grounds">
      {groundsOf(person, ruleSet, day).map((ground) => {
        const text = groundText(ground, { t, locale, ruleSet })
        return <li key={text}>{text}</li>
      })}
    </ul>
  )
}

const Rules = ({ outcome, person }: Pick<Props, 'outcome'> & { readonly person: ScreenedTraveller }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const { ruleSet } = outcome.rules
  const held = person.decision.ruleIds.flatMap((id) => ruleSet.rules.find((rule) => rule.id === id) ?? [])
  return (
    <div className="outcome-rules">
      {held.slice(0, shownRules).map((rule, index) => {
        const text = t('outcome.rule', { id: rule.id, reason: rule.reason[locale] })
        return (
          <p key={rule.id}>
            {index === 0 ? `${t('outcome.rules', { version: ruleSet.version })} · ${text}` : text}
          </p>
        )
      })}
    </div>
  )
}

const Companions = ({ others }: { readonly others: readonly ScreenedTraveller[] }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  if (others.length === 0) return null
  const parts = dispositions.flatMap((disposition) => {
    const count = others.filter((each) => each.decision.disposition === disposition).length
    return count === 0
      ? []
      : [t('outcome.companion', { count, disposition: dispositionNames[disposition][locale] })]
  })
  return <p className="outcome-companions">{t('outcome.companions', { list: parts.join(' · ') })}</p>
}

/** The post is named by the pack that the lane works with; a slip without it says the time alone. */
const slipOf = ({ fact, postName }: Outcome, locale: Locale): Slip => ({
  screeningId: fact.id,
  occurredAtMs: fact.occurredAtMs,
  seats: fact.travellers.map(({ entered }) => entered.seat),
  post: postName[locale],
})

/** The whole screen is the answer: colour, sign and word together, then why, then on. */
export const OutcomeScreen = ({ outcome, onNext }: Props) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const current = useStore(settings)
  const nextButton = useRef<HTMLButtonElement>(null)
  const { fact } = outcome
  const [strictest, ...others] = byStrictness(fact)
  const tone = toneOf[fact.disposition]
  const plated = isPlated(fact.conveyanceKind)
  useEffect(() => {
    nextButton.current?.focus()
    signalOutcome(toneOf[outcome.fact.disposition], settings.get())
  }, [outcome, settings])
  if (strictest === undefined) return null
  const plate = conveyanceText(t, { ...fact, kind: fact.conveyanceKind })
  const person = personName(t, shownPerson(outcome, strictest), { people: fact.travellers.length, plated })
  const quiet = tone === 'calm' && strictest.decision.ruleIds.length === 0
  return (
    <main className="outcome-page" id="content">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (axe scrollable-region-focusable) */}
      <section className={`outcome outcome-${tone}`} aria-label={t('outcome.heading')} tabIndex={0}>
        <p className="outcome-who">{quiet ? plate : `${plate} · ${person}`}</p>
        <h1 className="outcome-word">
          <Icon name={signs[fact.disposition]} size={52} />
          <span>{dispositionNames[fact.disposition][current.locale]}</span>
        </h1>
        {quiet ? <CalmGrounds outcome={outcome} /> : <Grounds outcome={outcome} person={strictest} />}
        {quiet ? (
          <p className="outcome-rules">{t('outcome.rules', { version: fact.rulesVersion })}</p>
        ) : (
          <Rules outcome={outcome} person={strictest} />
        )}
        {quiet ? null : <Companions others={others} />}
      </section>
      <TestPrompt outcome={outcome} />
      <HandoverOffer outcome={outcome} />
      <div className="outcome-actions">
        <button ref={nextButton} type="button" className="button button-next" onClick={onNext}>
          {plated ? t('outcome.next') : t('outcome.nextPerson')}
        </button>
        <div className="button-row">
          <UndoButton />
          <SlipButton slip={slipOf(outcome, current.locale)} />
        </div>
      </div>
    </main>
  )
}
