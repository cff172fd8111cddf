import { errors, isErrorCode } from '@guankou/contract/errors.ts'
import { dispositionNames } from '@guankou/contract/screening/dispositions.ts'
import type { EntryHead } from '@guankou/sync/outbox/entry.ts'
import type { Locale } from '@guankou/ui/i18n/locale.ts'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toneOf } from '#src/lane/grounds.ts'
import { isRoundEntry } from '#src/round/round-entry.ts'
import { isDeclarationEntry } from '#src/runtime/declaration-shown.ts'
import { useField } from '#src/runtime/field-context.ts'
import { isPostEntry } from '#src/runtime/post-desk.ts'
import { correctedOf } from '#src/runtime/record-correction.ts'
import { overriddenSlip } from '#src/runtime/record-override.ts'
import { useStore } from '#src/runtime/store.ts'
import { conveyanceText } from '#src/screens/lane/conveyance-text.ts'
import type { VehicleLine } from '#src/storage/vehicle-store.ts'
import { formatMoment } from './format.ts'

type Props = { readonly head: EntryHead; readonly line: VehicleLine | undefined }

const codeText = (t: TFunction, code: string, locale: Locale, told?: { zh: string; en: string }): string =>
  isErrorCode(code) ? errors[code].text[locale] : (told?.[locale] ?? t('records.codeUnknown', { code }))

const helpFor = (t: TFunction, code: string): string => {
  if (code === 'OCCURRED_IN_FUTURE') return t('records.clockHelp')
  if (code === 'UNKNOWN_COMMAND_KIND' || code === 'INVALID_INPUT') return t('records.updateHelp')
  return t('records.rejectedHelp')
}

const stateText = (t: TFunction, head: EntryHead, locale: Locale, accountId: string | undefined): string => {
  const { state } = head
  switch (state.is) {
    case 'queued':
      if (head.makerId !== accountId)
        return head.parcelled === true
          ? t('records.sealedOf', { name: head.makerName[locale] })
          : t('records.waitingFor', { name: head.makerName[locale] })
      if (head.lastCode !== undefined && head.deferrals > 0)
        return t('records.deferred', { text: codeText(t, head.lastCode, locale) })
      return head.attempts === 0 ? t('records.held') : t('records.waiting')
    case 'sending':
      return t('records.sending')
    case 'accepted':
      return t('records.acceptedAt', { time: formatMoment(state.recordedAt) })
    case 'rejected':
      return codeText(t, state.code, locale, state.text)
    case 'unreadable':
      return t(`records.unreadableReason.${state.reason}`)
    case 'withdrawn':
      return t('records.withdrawnHelp')
  }
}

const titleOf = (t: TFunction, head: EntryHead, line: VehicleLine | undefined): string => {
  const slip = overriddenSlip(head.aggregateId)
  if (slip !== undefined) return t('override.record', { code: slip })
  if (isPostEntry(head.aggregateId)) return t('posts.record')
  if (isRoundEntry(head.aggregateId)) return t('records.round')
  if (isDeclarationEntry(head.aggregateId)) return t('declaration.record')
  // What was put right has a line of its own; a test has none.
  if (line !== undefined) return conveyanceText(t, line)
  return head.aggregateId === head.id ? head.id.slice(0, 8) : t('testing.record')
}

/** What to do about a refused record: put it right, unless that was done, or send it as it is. */
const Refused = ({
  head,
  code,
  own,
  line,
}: {
  readonly head: EntryHead
  readonly code: string
  readonly own: boolean
  readonly line: VehicleLine | undefined
}) => {
  const { t } = useTranslation()
  const { runtime } = useField()
  const [isCorrected, setCorrected] = useState(false)
  useEffect(() => {
    let current = true
    void correctedOf(runtime, [head.id]).then((ids) => current && setCorrected(ids.has(head.id)))
    return () => {
      current = false
    }
  }, [runtime, head.id])
  if (isCorrected) return <p>{t('correct.corrected')}</p>
  return (
    <>
      <p>
        <b>{t('records.whatToDo')}</b> {helpFor(t, code)}
      </p>
      {own && line !== undefined ? (
        <Link to="/correct/$id" params={{ id: head.id }} className="button">
          {t('correct.open')}
        </Link>
      ) : null}
      {own ? (
        <button type="button" className="button" onClick={() => void runtime.sendAgain([head.id])}>
          {t('records.again')}
        </button>
      ) : null}
    </>
  )
}

/** Who of the vehicle was to have an identity and has none. */
const WithoutIdentity = ({ state }: Pick<EntryHead, 'state'>) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  if (state.is !== 'accepted' || state.withoutIdentity === undefined) return null
  const seats = state.withoutIdentity.join(locale === 'zh' ? '、' : ', ')
  return <p className="wrong">{t('returning.withoutIdentity', { seats })}</p>
}

/** One vehicle: what it was, what became of it, and what to do where something is wrong. */
export const RecordRow = ({ head, line: stored }: Props) => {
  const { t } = useTranslation()
  const { runtime, settings, handovers } = useField()
  const { locale } = useStore(settings)
  const accountId = useStore(runtime.profile)?.accountId
  const { state } = head
  const own = head.makerId === accountId
  const line = own ? stored : undefined
  const { known } = useStore(handovers.notes)
  const ofHandover = known.some((each) => each.id === head.id || each.own.some(({ id }) => id === head.id))
  const title = ofHandover
    ? t('handovers.record')
    : own
      ? titleOf(t, head, line)
      : t('records.ofOther', { name: head.makerName[locale] })
  return (
    <li className="row row-flat record">
      <div className="record-head">
        <b>{title}</b>
        <span className="quiet">{formatMoment(head.madeAtMs)}</span>
      </div>
      {line === undefined ? null : (
        <p>
          <span className={`mark mark-${toneOf[line.disposition]}`}>
            {dispositionNames[line.disposition][locale]}
          </span>{' '}
          {t('records.people', { count: line.travellers })}
        </p>
      )}
      <p className={state.is === 'rejected' || state.is === 'unreadable' ? 'wrong' : 'quiet'}>
        {stateText(t, head, locale, accountId)}
        {state.is === 'rejected' ? ` (${state.code}${state.path === undefined ? '' : ` ${state.path}`})` : ''}
      </p>
      <WithoutIdentity state={state} />
      {state.is === 'rejected' ? <Refused head={head} code={state.code} own={own} line={line} /> : null}
      {state.is === 'unreadable' ? <p>{t('records.unreadableHelp')}</p> : null}
    </li>
  )
}
