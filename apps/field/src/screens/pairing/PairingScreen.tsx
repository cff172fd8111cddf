import { errors } from '@guankou/contract/errors.ts'
import type { PairingView } from '@guankou/contract/pairing/endpoints.ts'
import type { Bilingual } from '@guankou/contract/primitives.ts'
import type { PairingKnown, PairingLine } from '@guankou/sync/pairing/pairing-line.ts'
import { Navigate } from '@tanstack/react-router'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { offeredSubject } from '#src/pairing/offered-subject.ts'
import { askPartners, pairingLineOf } from '#src/pairing/open-pairing-line.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { PageHead } from '#src/screens/chrome/PageHead.tsx'
import { AskForm } from './AskForm.tsx'
import { Said } from './Said.tsx'
import './pairing.css'

type Partner = { readonly accountId: string; readonly name: Bilingual; readonly busy: boolean }

const usePartners = (): readonly Partner[] => {
  const [partners, setPartners] = useState<readonly Partner[]>([])
  useEffect(() => {
    void askPartners().then((answer) => {
      if (answer.is === 'ok') setPartners(answer.value.partners)
    })
  }, [])
  return partners
}

/** By code, or with somebody who is picked. */
const OpenForm = ({ line }: { readonly line: PairingLine }) => {
  const { t } = useTranslation()
  const { locale } = useStore(useField().settings)
  const partners = usePartners()
  const [partner, setPartner] = useState('')
  const [isBusy, setBusy] = useState(false)
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        setBusy(true)
        void line.open(partner === '' ? undefined : partner).finally(() => setBusy(false))
      }}
    >
      <p>{t('pairing.intro')}</p>
      <label className="field">
        <span>{t('pairing.pick')}</span>
        <select value={partner} onChange={({ currentTarget }) => setPartner(currentTarget.value)}>
          <option value="">{t('pairing.anybody')}</option>
          {partners.map(({ accountId, name, busy }) => (
            <option key={accountId} value={accountId}>
              {busy ? `${name[locale]} (${t('pairing.busy')})` : name[locale]}
            </option>
          ))}
        </select>
      </label>
      {partners.length === 0 ? <p className="quiet">{t('pairing.noPartners')}</p> : null}
      <button type="submit" className="button button-main" disabled={isBusy}>
        {t('pairing.open')}
      </button>
    </form>
  )
}

const Waiting = ({ pairing }: { readonly pairing: PairingView }) => {
  const { t } = useTranslation()
  const until = new Date(pairing.endsAt).toTimeString().slice(0, 5)
  return (
    <section role="status">
      <p>{pairing.code === null ? t('pairing.wanted') : t('pairing.code')}</p>
      {pairing.code === null ? null : <p className="pairing-code">{pairing.code}</p>}
      <p className="quiet">{t('pairing.codeUntil', { time: until })}</p>
    </section>
  )
}

const Running = ({ line, known }: { readonly line: PairingLine; readonly known: PairingKnown }) => {
  const { t } = useTranslation()
  const { lane, settings } = useField()
  const { locale } = useStore(settings)
  const draft = useStore(lane.draft)
  const { pairing, facts, unsent, isUp } = known
  if (pairing === undefined) return null
  return (
    <>
      {pairing.state === 'waiting' ? (
        <Waiting pairing={pairing} />
      ) : (
        <p className="pairing-state" role="status">
          <b>{t('pairing.with', { name: pairing.desk?.[locale] ?? '' })}</b>
          <span className="quiet">{isUp ? t('pairing.up') : t('pairing.down')}</span>
        </p>
      )}
      <Said line={line} facts={facts} unsent={unsent} />
      <AskForm line={line} start={draft?.plate ?? ''} />
      <button type="button" className="button" onClick={() => void line.end()}>
        {t('pairing.end')}
      </button>
    </>
  )
}

const Fault = ({ fault }: { readonly fault: PairingKnown['fault'] }) => {
  const { t } = useTranslation()
  const { locale } = useStore(useField().settings)
  if (fault === undefined) return null
  const text = fault === 'unreachable' ? t('pairing.unreachable') : (errors[fault]?.text[locale] ?? fault)
  return (
    <p className="notice notice-act" role="alert">
      {text}
    </p>
  )
}

/** The partner at the desk: opened by code or choice, told who stands here, asked, and heard. */
export const PairingScreen = () => {
  const { t } = useTranslation()
  const { runtime } = useField()
  const profile = useStore(runtime.profile)
  const line = pairingLineOf(profile?.accountId ?? '', runtime.pairing)
  const known = useSyncExternalStore(line.subscribe, line.get)
  // Told or not, the way back is the door that somebody came from.
  const [backTo] = useState(() => offeredSubject.get()?.backTo)
  useEffect(() => void line.resume(), [line])
  if (profile === undefined) return <Navigate to="/sign-in" />
  const { pairing } = known
  const isUnderWay = pairing !== undefined && pairing.state !== 'ended'
  return (
    <>
      <PageHead title={t('pairing.title')} {...(backTo === undefined ? {} : { backTo })} />
      <main className="page" id="content">
        <Fault fault={known.fault} />
        {isUnderWay ? (
          <Running line={line} known={known} />
        ) : (
          <>
            {pairing === undefined ? null : (
              <p role="status">
                <b>{t('pairing.ended')}</b>{' '}
                {pairing.ended === null ? '' : t(`pairing.endedWhy.${pairing.ended}`)}
              </p>
            )}
            <OpenForm line={line} />
            {pairing === undefined ? null : <Said line={line} facts={known.facts} unsent={known.unsent} />}
          </>
        )}
      </main>
    </>
  )
}
