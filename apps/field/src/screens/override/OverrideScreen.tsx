import { errors } from '@guankou/contract/errors.ts'
import type { Post } from '@guankou/contract/places/place.ts'
import { type Disposition, dispositionNames, dispositions } from '@guankou/contract/screening/dispositions.ts'
import {
  groundsInWords,
  mostOverrideLetters,
  type OverrideGround,
  overrideGroundNames,
  overrideGrounds,
} from '@guankou/contract/screening/override.ts'
import { readSlipCode } from '@guankou/domain/subject-access/slip-code.ts'
import { Navigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rulesInForce } from '#src/lane/reference.ts'
import { useField } from '#src/runtime/field-context.ts'
import {
  findBySlipHere,
  type OverrideDraft,
  type OverrideMade,
  recordOverride,
} from '#src/runtime/record-override.ts'
import { useStore } from '#src/runtime/store.ts'
import { ChooseOne } from '#src/screens/chrome/ChoiceChips.tsx'
import { PageHead } from '#src/screens/chrome/PageHead.tsx'
import { conveyanceText } from '#src/screens/lane/conveyance-text.ts'
import { PackGate } from '#src/screens/PackGate.tsx'
import { usePack } from '#src/screens/use-pack.ts'
import type { VehicleLine } from '#src/storage/vehicle-store.ts'

const lettersOf = (typed: string): string => typed.toUpperCase().replace(/[^0-9A-Z]/g, '')
const codeLetters = 12

/** What this phone knows of the vehicle that a code is of. */
const useVehicle = (typed: string): VehicleLine | undefined => {
  const { runtime } = useField()
  const [line, setLine] = useState<VehicleLine>()
  useEffect(() => {
    let current = true
    const slip = readSlipCode(typed)
    setLine(undefined)
    if (slip !== undefined)
      void findBySlipHere(runtime, lettersOf(typed), slip.seat).then((found) => current && setLine(found))
    return () => {
      current = false
    }
  }, [runtime, typed])
  return line
}

const Whom = ({ typed, onType }: { readonly typed: string; readonly onType: (typed: string) => void }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const slip = readSlipCode(typed)
  const line = useVehicle(typed)
  const isWrong = slip === undefined && lettersOf(typed).length >= codeLetters
  return (
    <>
      <label className="field">
        <span>{t('override.code')}</span>
        <input
          value={typed}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={20}
          aria-invalid={isWrong}
          aria-describedby="override-code-note"
          onChange={(event) => onType(event.target.value)}
        />
      </label>
      <p id="override-code-note" className={isWrong ? 'wrong' : 'quiet'} role="status">
        {slip === undefined ? t(isWrong ? 'override.codeWrong' : 'override.codeHint') : null}
        {slip === undefined ? null : `${t('override.person', { seat: slip.seat })} · `}
        {slip !== undefined && line === undefined ? t('override.elsewhere') : null}
        {line === undefined
          ? null
          : t('override.here', {
              plate: conveyanceText(t, line),
              disposition: dispositionNames[line.disposition][locale],
            })}
      </p>
    </>
  )
}

type Chosen = Partial<Pick<OverrideDraft, 'disposition' | 'ground'>> & { readonly words: string }

const What = ({
  to,
  chosen,
  onChange,
}: {
  readonly to: readonly Disposition[]
  readonly chosen: Chosen
  readonly onChange: (part: Partial<Chosen>) => void
}) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  return (
    <>
      <ChooseOne<Disposition>
        legend={t('override.to')}
        chosen={chosen.disposition}
        onChoose={(disposition) => onChange({ disposition })}
        choices={to.map((value) => ({ value, label: dispositionNames[value][locale] }))}
      />
      <p className="quiet">{t('override.second')}</p>
      <ChooseOne<OverrideGround>
        legend={t('override.ground')}
        chosen={chosen.ground}
        onChoose={(ground) => onChange({ ground })}
        choices={overrideGrounds.map((value) => ({ value, label: overrideGroundNames[value][locale] }))}
      />
      {chosen.ground !== undefined && groundsInWords.has(chosen.ground) ? (
        <label className="field">
          <span>{t('override.words')}</span>
          <input
            value={chosen.words}
            maxLength={mostOverrideLetters}
            aria-describedby="override-words-note"
            onChange={(event) => onChange({ words: event.target.value })}
          />
          <small id="override-words-note" className="quiet">
            {t('override.wordsHint')}
          </small>
        </label>
      ) : null}
    </>
  )
}

const draftOf = (typed: string, { disposition, ground, words }: Chosen): OverrideDraft | undefined => {
  if (readSlipCode(typed) === undefined || disposition === undefined || ground === undefined) return undefined
  const spoken = groundsInWords.has(ground) ? words.trim() : ''
  if (groundsInWords.has(ground) && spoken.length < 2) return undefined
  return { slipCode: lettersOf(typed), disposition, ground, words: spoken }
}

const Form = ({ post, to }: { readonly post: Post; readonly to: readonly Disposition[] }) => {
  const { t } = useTranslation()
  const { runtime, settings } = useField()
  const { locale } = useStore(settings)
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<Chosen>({ words: '' })
  const [made, setMade] = useState<OverrideMade>()
  const isStoring = useRef(false)
  const draft = draftOf(typed, chosen)
  const submit = async (whole: OverrideDraft): Promise<void> => {
    if (isStoring.current) return
    isStoring.current = true
    setMade(await recordOverride(runtime, post, whole))
    isStoring.current = false
  }
  if (made?.is === 'recorded' && chosen.disposition !== undefined)
    return (
      <section role="status">
        <h2>{t('override.done', { disposition: dispositionNames[chosen.disposition][locale] })}</h2>
        <p>{t('override.doneText')}</p>
        <button
          type="button"
          className="button"
          onClick={() => {
            setTyped('')
            setChosen({ words: '' })
            setMade(undefined)
          }}
        >
          {t('override.another')}
        </button>
      </section>
    )
  return (
    <>
      <Whom typed={typed} onType={setTyped} />
      <What to={to} chosen={chosen} onChange={(part) => setChosen({ ...chosen, ...part })} />
      {made?.is === 'refused' ? <p className="wrong">{errors[made.code].text[locale]}</p> : null}
      {made?.is === 'storage-full' ? <p className="wrong">{t('override.full')}</p> : null}
      <button
        type="button"
        className="button button-main"
        disabled={draft === undefined}
        onClick={() => draft && void submit(draft)}
      >
        {t('override.submit')}
      </button>
    </>
  )
}

/** A lead decides otherwise on somebody whom any phone of the post recorded, with a network or without. */
export const OverrideScreen = () => {
  const { t } = useTranslation()
  const { runtime } = useField()
  const profile = useStore(runtime.profile)
  const place = useStore(runtime.place)
  const { held } = usePack()
  if (profile === undefined) return <Navigate to="/sign-in" />
  if (held === undefined) return <PackGate />
  const post = held.content.posts.find(({ id }) => id === place?.postId)
  if (post === undefined) return <Navigate to="/place" />
  const rules = rulesInForce(held.content, post, Date.now())
  return (
    <>
      <PageHead title={t('override.title')} />
      <main className="page" id="content">
        <p className="quiet">{t('override.lead')}</p>
        <Form post={post} to={rules?.ruleSet.overrides?.to ?? dispositions} />
      </main>
    </>
  )
}
