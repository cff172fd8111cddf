import { visitTaskNames } from '@guankou/contract/households/vocabulary.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { Link, Navigate, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { offeredSubject } from '#src/pairing/offered-subject.ts'
import type { DoorLine } from '#src/round/doors.ts'
import { checksOf } from '#src/round/quarantine-checks.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { PackGate } from '../PackGate.tsx'
import { usePack } from '../use-pack.ts'
import { AddressForm } from './AddressForm.tsx'
import { addressText } from './address-text.ts'
import { DoorNextText, toneOfDoor } from './DoorList.tsx'
import { History } from './History.tsx'
import { Members } from './Members.tsx'
import { Outcomes } from './Outcomes.tsx'
import { CheckNotices } from './QuarantineChecks.tsx'
import { RoundHead } from './RoundHead.tsx'
import { RoundNews } from './RoundNews.tsx'
import { type RoundAtHand, useRound } from './use-round.ts'
import { useRoundTexts } from './use-round-texts.ts'
import { VisitPanel } from './VisitPanel.tsx'
import './round.css'

export type DoorProps = { readonly at: RoundAtHand; readonly line: DoorLine }

const AtDoor = ({ at, line }: DoorProps) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const { due, state, door, visit } = line
  return (
    <section className="round-at-door">
      <p>
        <span className={`mark mark-${toneOfDoor[state]}`}>{t(`round.states.${state}`)}</span>{' '}
        {due.length === 0
          ? t('round.nothingDue')
          : due
              .map(({ task, dueBy }) => `${visitTaskNames[task][locale]} (${dueBy})`)
              .join(locale === 'zh' ? '、' : ', ')}
      </p>
      {door.askFor === null ? null : <p>{t('round.askFor', { name: door.askFor })}</p>}
      <CheckNotices checks={checksOf(line)} />
      <DoorNextText line={line} />
      {visit === undefined ? (
        <Outcomes at={at} line={line} />
      ) : (
        <VisitPanel at={at} line={line} visit={visit} />
      )}
    </section>
  )
}

/** To the partner at a desk, who looks up what is known of this address. */
const AskPartner = ({ line }: Pick<DoorProps, 'line'>) => {
  const { t } = useTranslation()
  const offer = (): void => {
    const text = addressText(line.address).slice(0, 80)
    offeredSubject.set({ subject: { kind: 'address', text }, backTo: `/round/${line.id}` })
  }
  return (
    <Link to="/partner" className="button post-wide" onClick={offer}>
      {t('round.askPartner')}
    </Link>
  )
}

const Correct = ({ at, line }: DoorProps) => {
  const { t } = useTranslation()
  return (
    <details className="round-more">
      <summary>{t('round.correct')}</summary>
      <AddressForm
        at={at}
        label={t('round.correctLabel')}
        submit={t('round.correctSubmit')}
        withCell={false}
        place={line.id}
        onTake={async (address) =>
          (await at.say({ is: 'address-corrected', address }, line.id)).is === 'recorded'
        }
      />
    </details>
  )
}

/** A household that is not at hand yet is asked for once. */
const Missing = ({ at, id }: { readonly at: RoundAtHand; readonly id: string }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [isAsked, setAsked] = useState(false)
  const { book } = at
  useEffect(() => {
    let isOver = false
    void book.load().then(async () => {
      await book.open(id)
      if (!isOver) setAsked(true)
    })
    return () => {
      isOver = true
    }
  }, [book, id])
  return (
    <p className="empty">
      {isAsked ? t('round.notHere') : t('app.opening')}
      {isAsked ? (
        <button type="button" className="button" onClick={() => void navigate({ to: '/round' })}>
          {t('round.back')}
        </button>
      ) : null}
    </p>
  )
}

const InHand = ({ content, id }: { readonly content: PackContent; readonly id: string }) => {
  const { t } = useTranslation()
  const at = useRound(content)
  const line = at.lines.find((each) => each.id === id)
  const isOpened = at.held.opened.some(({ door }) => door.householdId === id)
  const asOf = at.round?.asOf
  const { book } = at
  // A door besides the round is asked for again with each answer about the round.
  useEffect(() => {
    if (isOpened && asOf !== undefined) void book.open(id)
  }, [book, id, isOpened, asOf])
  return (
    <>
      <RoundHead title={line === undefined ? t('round.title') : addressText(line.address)} back />
      <main className="page round-page" id="content">
        <RoundNews at={at} />
        {line === undefined ? (
          <Missing at={at} id={id} />
        ) : (
          <>
            <AtDoor at={at} line={line} />
            <AskPartner line={line} />
            <Members at={at} line={line} />
            <Correct at={at} line={line} />
            <History at={at} line={line} />
          </>
        )}
      </main>
    </>
  )
}

/** One door: what is due, the visit or the outcome, who lives there, and what has been recorded. */
export const HouseholdScreen = () => {
  useRoundTexts()
  const { runtime } = useField()
  const profile = useStore(runtime.profile)
  const { held } = usePack()
  const { id } = useParams({ strict: false })
  if (profile === undefined) return <Navigate to="/sign-in" />
  if (id === undefined) return <Navigate to="/round" />
  return held === undefined ? <PackGate /> : <InHand key={id} content={held.content} id={id} />
}
