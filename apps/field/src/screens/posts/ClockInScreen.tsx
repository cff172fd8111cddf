import { errors } from '@guankou/contract/errors.ts'
import type { Post } from '@guankou/contract/places/place.ts'
import type { HealthCheck, PostHappening } from '@guankou/contract/posts/record-post-fact.ts'
import {
  type OfficerSymptom,
  officerSymptomNames,
  officerSymptoms,
  skipReasonNames,
  skipReasons,
} from '@guankou/contract/posts/vocabulary.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rulesInForce } from '#src/lane/reference.ts'
import { useField } from '#src/runtime/field-context.ts'
import type { FactMade } from '#src/runtime/post-desk.ts'
import { useStore } from '#src/runtime/store.ts'
import { ChooseMany, ChooseOne } from '../chrome/ChoiceChips.tsx'
import { PageHead } from '../chrome/PageHead.tsx'
import { formatCelsius } from '../format.ts'
import { PackGate } from '../PackGate.tsx'
import { usePack } from '../use-pack.ts'

/** Where the response of the day names none. */
const usualThresholdCelsius = 37.3

type Say = (happening: PostHappening) => Promise<void>
type FormProps = { readonly threshold: number; readonly say: Say; readonly onSkip: (what: Skip) => void }
type Skip = 'without' | 'later'

/** A number as typed, 36.4, 36,4 or 364; undefined where it is none that a person can have. */
const readCelsius = (typed: string): number | undefined => {
  const text = typed.trim().replace(',', '.')
  if (!/^\d{2}(\.\d)?$|^\d{3}$/.test(text)) return undefined
  const celsius = /^\d{3}$/.test(text) ? Number(text) / 10 : Number(text)
  return celsius >= 30 && celsius <= 45 ? celsius : undefined
}

const Celsius = ({ value, onChange }: { readonly value: string; readonly onChange: (v: string) => void }) => {
  const { t } = useTranslation()
  const id = useId()
  return (
    <label className="field" htmlFor={id}>
      <span>{t('posts.clockIn.celsius')}</span>
      <input
        id={id}
        inputMode="decimal"
        autoComplete="off"
        value={value}
        aria-invalid={value !== '' && readCelsius(value) === undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  )
}

const checkOf = (
  reading: 'under' | 'number' | undefined,
  typed: string,
  symptoms: readonly OfficerSymptom[],
): HealthCheck | undefined => {
  if (reading === 'under') return { is: 'checked', underThreshold: true, symptoms: [...symptoms] }
  const temperatureCelsius = reading === 'number' ? readCelsius(typed) : undefined
  return temperatureCelsius === undefined
    ? undefined
    : { is: 'checked', temperatureCelsius, symptoms: [...symptoms] }
}

const SkipButtons = ({ onSkip }: Pick<FormProps, 'onSkip'>) => {
  const { t } = useTranslation()
  return (
    <div className="button-row">
      {(['without', 'later'] as const).map((what) => (
        <button key={what} type="button" className="button button-quiet" onClick={() => onSkip(what)}>
          {t(`posts.clockIn.${what}`)}
        </button>
      ))}
    </div>
  )
}

const CheckForm = ({ threshold, say, onSkip }: FormProps) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const [reading, setReading] = useState<'under' | 'number'>()
  const [typed, setTyped] = useState('')
  const [symptoms, setSymptoms] = useState<readonly OfficerSymptom[]>([])
  const health = checkOf(reading, typed, symptoms)
  const isFebrile = reading === 'number' && (readCelsius(typed) ?? 0) >= threshold
  return (
    <>
      <p className="lead">{t('posts.clockIn.lead')}</p>
      <ChooseOne
        legend={t('posts.clockIn.reading')}
        chosen={reading}
        onChoose={setReading}
        choices={[
          { value: 'under', label: t('posts.clockIn.under', { threshold: formatCelsius(threshold) }) },
          { value: 'number', label: t('posts.clockIn.number') },
        ]}
      />
      {reading === 'number' ? <Celsius value={typed} onChange={setTyped} /> : null}
      <ChooseMany
        legend={`${t('posts.clockIn.symptoms')} · ${symptoms.length === 0 ? t('posts.clockIn.none') : symptoms.length}`}
        chosen={symptoms}
        onChange={setSymptoms}
        choices={officerSymptoms.map((value) => ({ value, label: officerSymptomNames[value][locale] }))}
      />
      {isFebrile || symptoms.length > 0 ? (
        <p className="notice notice-act" role="alert">
          {t('posts.clockIn.stay')}
        </p>
      ) : null}
      <button
        type="button"
        className="button button-main"
        disabled={health === undefined}
        onClick={() => health !== undefined && void say({ is: 'clocked-in', health })}
      >
        {t('posts.clockIn.submit')}
      </button>
      <SkipButtons onSkip={onSkip} />
    </>
  )
}

const SkipForm = ({ what, say, onBack }: { what: Skip; say: Say; onBack: () => void }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  return (
    <section aria-labelledby="skip-title">
      <h2 id="skip-title">
        {t(`posts.clockIn.${what}`)}: {t('posts.clockIn.reason')}
      </h2>
      <div className="post-steps post-steps-wide">
        {skipReasons.map((reason) => (
          <button
            key={reason}
            type="button"
            className="button"
            onClick={() =>
              void say(
                what === 'later'
                  ? { is: 'clock-in-put-off', reason }
                  : { is: 'clocked-in', health: { is: 'skipped', reason } },
              )
            }
          >
            {skipReasonNames[reason][locale]}
          </button>
        ))}
      </div>
      <button type="button" className="button button-quiet" onClick={onBack}>
        {t('posts.clockIn.back')}
      </button>
    </section>
  )
}

const ClockIn = ({ post, content }: { readonly post: Post; readonly content: PackContent }) => {
  const { t } = useTranslation()
  const { runtime, settings } = useField()
  const { locale } = useStore(settings)
  const navigate = useNavigate()
  const [skip, setSkip] = useState<Skip>()
  const [made, setMade] = useState<FactMade>()
  const [threshold] = useState(
    () => rulesInForce(content, post, Date.now())?.ruleSet.feverThresholdCelsius ?? usualThresholdCelsius,
  )
  const say: Say = async (happening) => {
    const outcome = await runtime.desk.record({ post, content }, happening)
    setMade(outcome)
    if (outcome.is === 'recorded') void navigate({ to: '/post' })
  }
  return (
    <>
      <PageHead title={t('posts.clockIn.title')} />
      <main className="page" id="content">
        <p className="quiet">{post.name[locale]}</p>
        {made?.is === 'refused' ? <p role="alert">{errors[made.code].text[locale]}</p> : null}
        {made?.is === 'storage-full' ? <p role="alert">{t('posts.full')}</p> : null}
        {skip === undefined ? (
          <CheckForm threshold={threshold} say={say} onSkip={setSkip} />
        ) : (
          <SkipForm what={skip} say={say} onBack={() => setSkip(undefined)} />
        )}
      </main>
    </>
  )
}

/** Coming on duty: how one is, or why that was not asked. */
export const ClockInScreen = () => {
  const { runtime } = useField()
  const profile = useStore(runtime.profile)
  const place = useStore(runtime.place)
  const { held } = usePack()
  if (profile === undefined) return <Navigate to="/sign-in" />
  if (held === undefined) return <PackGate />
  const post = held.content.posts.find((each) => each.id === place?.postId)
  if (post === undefined) return <Navigate to="/place" />
  return <ClockIn post={post} content={held.content} />
}
