import type { BodyOf } from '@guankou/contract/endpoint.ts'
import { actOnHandover, type HandoverLine } from '@guankou/contract/handovers/endpoints.ts'
import {
  type CancelReason,
  type CloseReason,
  cancelReasonNames,
  cancelReasons,
  closeReasonNames,
  closeReasons,
} from '@guankou/contract/handovers/vocabulary.ts'
import { isOpenHandover } from '@guankou/domain/handovers/custody.ts'
import { handoverIdOf } from '@guankou/domain/handovers/handover-code.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHandoverAct } from '#src/handovers/queries.ts'
import { isOpenTo } from '#src/layout/pages.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'

type Wish =
  | { readonly kind: 'handover.note' }
  | { readonly kind: 'handover.close'; readonly reason: CloseReason }
  | { readonly kind: 'handover.cancel'; readonly reason: CancelReason }

const bodyOf = (line: HandoverLine, wish: Wish, note: string): BodyOf<typeof actOnHandover> => {
  const nowMs = Date.now()
  const [random = 0] = crypto.getRandomValues(new Uint16Array(1))
  const about = {
    schemaVersion: 1 as const,
    id: handoverIdOf(nowMs, random),
    jurisdiction: line.jurisdiction,
    occurredAt: new Date(nowMs).toISOString(),
    handoverId: line.id,
  }
  if (wish.kind === 'handover.note') return { ...about, ...wish, note }
  return { ...about, ...wish, ...(note === '' ? {} : { note }) }
}

/** Ways in which a desk may end a hand-over now: nobody is cancelled who was taken over. */
const endsOf = (line: HandoverLine): readonly Exclude<Wish, { kind: 'handover.note' }>[] => [
  ...closeReasons.map((reason) => ({ kind: 'handover.close' as const, reason })),
  ...(line.state === 'at-post'
    ? cancelReasons.map((reason) => ({ kind: 'handover.cancel' as const, reason }))
    : []),
]

/** What is written and chosen about a hand-over, and sending it. */
const useActing = (line: HandoverLine) => {
  const act = useHandoverAct()
  const [note, setNote] = useState('')
  const [at, setAt] = useState(-1)
  const ends = endsOf(line)
  const send = (wish: Wish) =>
    act.mutate(bodyOf(line, wish, note.trim()), {
      onSuccess: () => {
        setNote('')
        setAt(-1)
      },
    })
  const error = act.isError ? act.error : undefined
  return { note, setNote, at, setAt, ends, chosen: ends[at], send, isPending: act.isPending, error }
}

type Acting = ReturnType<typeof useActing>

const Note = ({ acting }: { readonly acting: Acting }) => {
  const { t } = useTranslation()
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{t('handovers.note')}</label>
      <textarea
        id={id}
        rows={2}
        maxLength={500}
        value={acting.note}
        aria-describedby={`${id}-hint`}
        onChange={({ currentTarget }) => acting.setNote(currentTarget.value.replaceAll(/\s/g, ' '))}
      />
      <span id={`${id}-hint`} className="muted">
        {t('handovers.noteHint')}
      </span>
    </>
  )
}

const End = ({ acting }: { readonly acting: Acting }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{t('handovers.endReason')}</label>
      <select
        id={id}
        value={acting.at}
        onChange={({ currentTarget }) => acting.setAt(Number(currentTarget.value))}
      >
        <option value={-1}>{t('handovers.endChoose')}</option>
        {acting.ends.map((end, index) => (
          <option key={end.kind + end.reason} value={index}>
            {end.kind === 'handover.close'
              ? t('handovers.closeAs', { reason: inLocale(closeReasonNames[end.reason], locale) })
              : t('handovers.cancelAs', { reason: inLocale(cancelReasonNames[end.reason], locale) })}
          </option>
        ))}
      </select>
    </>
  )
}

/** What a desk does about a hand-over: note it, or end it. */
export const HandoverActs = ({ line }: { readonly line: HandoverLine }) => {
  const { t } = useTranslation()
  const { role } = useSession()
  const failureText = useFailureText()
  const acting = useActing(line)
  const { chosen, send, isPending, error } = acting
  if (!isOpenTo(role, actOnHandover) || !isOpenHandover(line)) return null
  return (
    <div className="identity-form not-printed">
      <Note acting={acting} />
      <End acting={acting} />
      <div className="plain-buttons">
        <button
          type="button"
          className="quiet-button"
          disabled={isPending || acting.note.trim() === ''}
          onClick={() => send({ kind: 'handover.note' })}
        >
          {t('handovers.noteAdd')}
        </button>
        <button
          type="button"
          className="primary-button"
          disabled={isPending || chosen === undefined}
          onClick={() => (chosen === undefined ? undefined : send(chosen))}
        >
          {t('handovers.end')}
        </button>
      </div>
      <p className="field-error" role="alert">
        {error === undefined ? null : failureText(error).text}
      </p>
    </div>
  )
}
