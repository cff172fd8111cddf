import type { CrewCheck } from '@guankou/contract/posts/endpoints.ts'
import { officerSymptomNames, skipReasonNames } from '@guankou/contract/posts/vocabulary.ts'
import type { Presence } from '@guankou/domain/posts/presence.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { formatCelsius } from '../format.ts'
import { clockOf } from './clock-text.ts'
import type { PostAtHand } from './use-post-desk.ts'

type Props = { readonly at: PostAtHand }

const Officer = ({ at, presence }: Props & { readonly presence: Presence }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const { officerId, sinceMs, sentId, check, skipReason, alsoAt } = presence
  const checkText =
    check === 'checked'
      ? t('posts.crew.checked')
      : check === 'skipped' && skipReason !== undefined
        ? t('posts.crew.skipped', { reason: skipReasonNames[skipReason][locale] })
        : t('posts.crew.unchecked')
  return (
    <li className="row row-flat">
      <b>{at.nameOf(officerId)}</b>
      <span className="quiet">
        {t('posts.crew.since', { time: clockOf(sinceMs) })}
        {sentId === undefined ? '' : ` · ${t('posts.crew.reinforcement')}`} · {checkText}
      </span>
      {alsoAt.length > 0 ? <span className="wrong">{t('posts.crew.conflict')}</span> : null}
      {at.isLead && officerId !== at.accountId ? (
        <button
          type="button"
          className="button button-small"
          onClick={() => void at.say({ is: 'clocked-out', officerId })}
        >
          {t('posts.crew.out')}
        </button>
      ) : null}
    </li>
  )
}

const CheckLine = ({ at, told }: Props & { readonly told: CrewCheck }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const { health } = told
  const time = clockOf(told.occurredAt)
  if (health.is === 'skipped')
    return (
      <li>
        <b>{at.nameOf(told.officerId)}</b> {time} ·{' '}
        {t('posts.crew.skipped', { reason: skipReasonNames[health.reason][locale] })}
      </li>
    )
  const reading =
    health.temperatureCelsius === undefined
      ? t('posts.crew.underThreshold')
      : `${formatCelsius(health.temperatureCelsius)} ℃`
  const symptoms =
    health.symptoms.length === 0
      ? t('posts.crew.noSymptoms')
      : health.symptoms.map((symptom) => officerSymptomNames[symptom][locale]).join('、')
  return (
    <li>
      <b>{at.nameOf(told.officerId)}</b> {t('posts.crew.healthTold', { time, reading, symptoms })}
    </li>
  )
}

/** For the lead, asked for each time and never kept on the phone. */
const HealthChecks = ({ at }: Props) => {
  const { t } = useTranslation()
  const { runtime } = useField()
  const [checks, setChecks] = useState<readonly CrewCheck[] | 'unreachable'>()
  const ask = async (): Promise<void> => {
    const answer = await runtime.readCrewHealth(at.post.id)
    setChecks(answer.is === 'ok' ? answer.value.checks : 'unreachable')
  }
  return (
    <section className="section">
      <button type="button" className="button post-wide" onClick={() => void ask()}>
        {t('posts.crew.health')}
      </button>
      <p className="quiet">{t('posts.crew.healthHint')}</p>
      {checks === 'unreachable' ? <p role="alert">{t('posts.crew.healthNone')}</p> : null}
      {checks === undefined || checks === 'unreachable' ? null : (
        <ul className="post-checks">
          {checks.map((told) => (
            <CheckLine key={told.factId} at={at} told={told} />
          ))}
        </ul>
      )}
    </section>
  )
}

/** Who is on. */
export const CrewTab = ({ at }: Props) => {
  const { t } = useTranslation()
  const { crew } = at.running
  return (
    <>
      <p>{crew.length === 0 ? t('posts.crew.none') : t('posts.crew.count', { n: crew.length })}</p>
      <ul className="rows">
        {crew.map((presence) => (
          <Officer key={presence.officerId} at={at} presence={presence} />
        ))}
      </ul>
      {at.isLead ? <HealthChecks at={at} /> : null}
    </>
  )
}
