import {
  cancelReasonNames,
  closeReasonNames,
  custodySideNames,
  handoverStateNames,
} from '@guankou/contract/handovers/vocabulary.ts'
import type { Custody } from '@guankou/domain/handovers/custody.ts'
import {
  formatHandoverCode,
  handoverCodeOf,
  handoverQrText,
} from '@guankou/domain/handovers/handover-code.ts'
import { QrCode } from '@guankou/ui/qr/QrCode.tsx'
import { Navigate, useParams } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  custodyOfKnown,
  digestKnown,
  type KnownHandover,
  nextSideOf,
  takenAlong,
} from '#src/handovers/known-handover.ts'
import { useField } from '#src/runtime/field-context.ts'
import type { HandoverMade } from '#src/runtime/handover-book.ts'
import { useStore } from '#src/runtime/store.ts'
import { useNow } from '#src/screens/use-now.ts'
import { Chain } from './Chain.tsx'
import { clockOf } from './clock.ts'
import { EndForm } from './EndForm.tsx'
import { HandoverHead } from './HandoverHead.tsx'
import { NotMade } from './NotMade.tsx'
import { People } from './People.tsx'
import { useHandovers } from './use-handovers.ts'

type Props = { readonly known: KnownHandover; readonly custody: Custody }

const State = ({ known, custody }: Props) => {
  const { t } = useTranslation()
  const { settings, handovers } = useField()
  const { locale } = useStore(settings)
  const { limits } = useStore(handovers.notes)
  const clock = clockOf(t, custody, limits, useNow(1_000))
  const count = takenAlong(known)
  const { ending } = custody
  const names = { ...cancelReasonNames, ...closeReasonNames }
  return (
    <section className={`handover-state handover-${clock.tone}`}>
      <p className="handover-where">{handoverStateNames[custody.state][locale]}</p>
      <p>
        {count === undefined ? t('handovers.peopleUnknown') : t('handovers.people', { count })} · {clock.text}
      </p>
      {ending === null || !('reason' in ending) ? null : (
        <p>
          {t('handovers.reason')}: {names[ending.reason][locale]}
        </p>
      )}
    </section>
  )
}

/** The next side stands where the last one was signed: a tap that came twice must not sign it too. */
const restMs = 3_000

const Sign = ({ known, custody }: Props) => {
  const { t } = useTranslation()
  const { settings, handovers, runtime } = useField()
  const { locale } = useStore(settings)
  const profile = useStore(runtime.profile)
  const [made, setMade] = useState<HandoverMade>()
  const isSigning = useRef(false)
  const nowMs = useNow(500)
  const side = profile === undefined ? undefined : nextSideOf(custody, profile.role)
  if (side === undefined) return null
  const signedMs = Math.max(0, ...known.own.flatMap((fact) => (fact.kind === 'signed' ? fact.atMs : [])))
  const isResting = Math.abs(nowMs - signedMs) < restMs
  const sign = async (): Promise<void> => {
    if (isSigning.current || Math.abs(Date.now() - signedMs) < restMs) return
    isSigning.current = true
    setMade(await handovers.sign(known, side))
    isSigning.current = false
  }
  return (
    <section className="handover-sign">
      {digestKnown(known) === undefined ? (
        <p className="notice notice-look">{t('handovers.byCodeHelp')}</p>
      ) : null}
      <button
        type="button"
        className="button button-main"
        aria-disabled={isResting}
        onClick={() => void sign()}
      >
        {t('handovers.sign', { side: custodySideNames[side][locale] })}
      </button>
      <p className="quiet">{t('handovers.signHelp')}</p>
      <NotMade made={made} />
    </section>
  )
}

/** What the other side scans or types; shown by whoever has the people now. */
const Code = ({ known }: { readonly known: KnownHandover }) => {
  const { t } = useTranslation()
  const code = handoverCodeOf(known.id, known.jurisdiction)
  const digest = digestKnown(known)
  const people = takenAlong(known)
  return (
    <section className="handover-code" aria-label={t('handovers.code')}>
      {digest === undefined || people === undefined ? null : (
        <QrCode text={handoverQrText(code, digest, people)} label={t('handovers.qr')} />
      )}
      <p className="handover-letters">{formatHandoverCode(code)}</p>
      <p className="quiet">{t('handovers.codeHelp')}</p>
    </section>
  )
}

const givesNow = (custody: Custody, role: string | undefined): boolean =>
  custody.state === 'at-post'
    ? role === 'inspector' || role === 'post-lead'
    : custody.state === 'with-transport' && role === 'transport-crew'

/** One hand-over: where the people are, who signs next, and what the other side needs to take them over. */
export const HandoverScreen = () => {
  const { t } = useTranslation()
  const { runtime } = useField()
  const profile = useStore(runtime.profile)
  const { id } = useParams({ from: '/handovers/$id' })
  const known = useHandovers().find((each) => each.id === id)
  if (profile === undefined) return <Navigate to="/sign-in" />
  if (known === undefined) return <Navigate to="/handovers" />
  const custody = custodyOfKnown(known)
  return (
    <>
      <HandoverHead title={t('handovers.title')} backTo="/handovers" />
      <main className="page" id="content">
        <State known={known} custody={custody} />
        <Sign known={known} custody={custody} />
        {givesNow(custody, profile.role) ? <Code known={known} /> : null}
        <People known={known} />
        <Chain known={known} custody={custody} />
        <EndForm known={known} custody={custody} />
      </main>
    </>
  )
}
