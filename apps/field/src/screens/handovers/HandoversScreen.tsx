import { handoverStateNames } from '@guankou/contract/handovers/vocabulary.ts'
import { formatHandoverCode, handoverCodeOf } from '@guankou/domain/handovers/handover-code.ts'
import { Link, Navigate, useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { custodyOfKnown, type KnownHandover, takenAlong, takesOver } from '#src/handovers/known-handover.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { LaneScan } from '#src/screens/capture/LaneScan.tsx'
import { PackGate } from '#src/screens/PackGate.tsx'
import { useNow } from '#src/screens/use-now.ts'
import { usePack } from '#src/screens/use-pack.ts'
import { clockOf } from './clock.ts'
import { HandoverHead } from './HandoverHead.tsx'
import { useHandovers } from './use-handovers.ts'

const Row = ({ known, nowMs }: { readonly known: KnownHandover; readonly nowMs: number }) => {
  const { t } = useTranslation()
  const { settings, handovers } = useField()
  const { locale } = useStore(settings)
  const { limits } = useStore(handovers.notes)
  const { held } = usePack()
  const custody = custodyOfKnown(known)
  const clock = clockOf(t, custody, limits, nowMs)
  const count = takenAlong(known)
  const postId = known.opening?.postId ?? known.line?.opening?.postId
  const post = held?.content.posts.find(({ id }) => id === postId)?.name[locale]
  const people = count === undefined ? t('handovers.peopleUnknown') : t('handovers.people', { count })
  return (
    <li>
      <Link to="/handovers/$id" params={{ id: known.id }} className="row handover-row">
        <span className="handover-row-head">
          <b>{handoverStateNames[custody.state][locale]}</b>
          <span className={`handover-clock handover-${clock.tone}`}>{clock.text}</span>
        </span>
        <span>{[post, people].filter((part) => part !== undefined).join(' · ')}</span>
        <span className="quiet">{formatHandoverCode(handoverCodeOf(known.id, known.jurisdiction))}</span>
      </Link>
    </li>
  )
}

/** Opens the hand-over that a text means. @returns whether it means one */
const useTakeUp = (): ((text: string) => Promise<boolean>) => {
  const { handovers } = useField()
  const { held } = usePack()
  const navigate = useNavigate()
  return async (text) => {
    const id = held === undefined ? undefined : await handovers.takeUp(held.content, text)
    if (id !== undefined) void navigate({ to: '/handovers/$id', params: { id } })
    return id !== undefined
  }
}

/** Where what was scanned or typed goes in. */
const TakeUp = () => {
  const { t } = useTranslation()
  const takeUp = useTakeUp()
  const fault = useId()
  const [text, setText] = useState('')
  const [isWrong, setWrong] = useState(false)
  const take = (taken: string): void => void takeUp(taken).then((isTaken) => setWrong(!isTaken))
  return (
    <form
      className="form handover-take"
      onSubmit={(event) => {
        event.preventDefault()
        take(text)
      }}
    >
      <LaneScan
        worded
        wants={['qr']}
        code="handover"
        onRead={(result) => {
          if (result.is === 'handover') take(result.text)
        }}
      />
      <label className="field">
        <span>{t('handovers.takeLabel')}</span>
        <input
          value={text}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? fault : undefined}
          onChange={(event) => {
            setText(event.target.value)
            setWrong(false)
          }}
        />
      </label>
      {isWrong ? (
        <p id={fault} className="notice notice-act" role="alert">
          {t('handovers.takeWrong')}
        </p>
      ) : null}
      <button type="submit" className="button button-main" disabled={text.trim() === ''}>
        {t('handovers.takeButton')}
      </button>
    </form>
  )
}

/** Hand-overs that this phone has to do with, those that are open first. */
export const HandoversScreen = () => {
  const { t } = useTranslation()
  const { runtime } = useField()
  const profile = useStore(runtime.profile)
  const { held } = usePack()
  const place = useStore(runtime.place)
  const all = useHandovers()
  const nowMs = useNow(1_000)
  if (profile === undefined) return <Navigate to="/sign-in" />
  if (held === undefined) return <PackGate />
  const isTaker = takesOver(profile.role)
  const known = all.filter(
    ({ opening, line }) =>
      isTaker || opening !== undefined || line?.opening?.postId === place?.postId || place === undefined,
  )
  return (
    <>
      <HandoverHead title={t('handovers.title')} {...(isTaker ? {} : { backTo: '/lane' as const })} />
      <main className="page" id="content">
        {isTaker ? <TakeUp /> : null}
        {known.length === 0 ? (
          <p className="empty">{isTaker ? t('handovers.noneTaker') : t('handovers.none')}</p>
        ) : null}
        <ul className="rows">
          {known.map((each) => (
            <Row key={each.id} known={each} nowMs={nowMs} />
          ))}
        </ul>
      </main>
    </>
  )
}
