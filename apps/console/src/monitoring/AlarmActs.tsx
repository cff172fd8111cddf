import type { AlarmLine } from '@guankou/contract/monitoring/endpoints.ts'
import {
  type AlarmAct,
  type AlarmCause,
  alarmCauseNames,
  alarmCauses,
} from '@guankou/contract/monitoring/vocabulary.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useAct } from '#src/monitoring/queries.ts'

/** Acts without a form of their own: one press. */
const atOnce: readonly AlarmAct[] = ['acknowledge', 'take-over', 'investigate']

const Cause = ({
  cause,
  onCause,
}: {
  readonly cause: AlarmCause | undefined
  readonly onCause: (cause: AlarmCause | undefined) => void
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{t('monitoring.causeLabel')}</label>
      <select
        id={id}
        value={cause ?? ''}
        onChange={({ currentTarget }) => onCause(alarmCauses.find((each) => each === currentTarget.value))}
      >
        <option value="">{t('monitoring.causeChoose')}</option>
        {alarmCauses.map((each) => (
          <option key={each} value={each}>
            {inLocale(alarmCauseNames[each], locale)}
          </option>
        ))}
      </select>
    </>
  )
}

/** What is written and chosen about an alarm, what of it can be sent now, and sending it. */
const useActing = (line: AlarmLine) => {
  const act = useAct()
  const [note, setNote] = useState('')
  const [cause, setCause] = useState<AlarmCause>()
  const isWritten = note.trim() !== ''
  const send = (what: AlarmAct) => {
    const isNoteSent = isWritten && !atOnce.includes(what)
    act.mutate(
      {
        id: line.id,
        act: what,
        afterNumber: line.lastNumber,
        ...(what === 'close' && cause !== undefined ? { cause } : {}),
        ...(isNoteSent ? { note } : {}),
      },
      // What is written while another act is under way is kept.
      { onSuccess: () => isNoteSent && setNote('') },
    )
  }
  const isBlocked = (what: AlarmAct): boolean =>
    act.isPending ||
    (what === 'close' && cause === undefined) ||
    ((what === 'note' || what === 'reopen') && !isWritten)
  return { note, setNote, cause, setCause, send, isBlocked, error: act.isError ? act.error : undefined }
}

type Acting = ReturnType<typeof useActing>

/** What can be said with an act: a note, and on closing the cause. */
const Said = ({ acting, isClosable }: { readonly acting: Acting; readonly isClosable: boolean }) => {
  const { t } = useTranslation()
  const id = useId()
  return (
    <div className="identity-form">
      <label htmlFor={id}>{t('monitoring.noteLabel')}</label>
      <textarea
        id={id}
        rows={2}
        maxLength={2_000}
        value={acting.note}
        aria-describedby={`${id}-hint`}
        onChange={({ currentTarget }) => acting.setNote(currentTarget.value.replaceAll(/\s/g, ' '))}
      />
      <span id={`${id}-hint`} className="muted">
        {t('monitoring.noteHint')}
      </span>
      {isClosable ? <Cause cause={acting.cause} onCause={acting.setCause} /> : null}
    </div>
  )
}

/** What can be done with an alarm now: the server says what, and decides again. */
export const AlarmActs = ({ line }: { readonly line: AlarmLine }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { accountId } = useSession()
  const failureText = useFailureText()
  const acting = useActing(line)
  if (line.mayDo.length === 0) return <p className="muted">{t('monitoring.notYours')}</p>
  const hasForm = line.mayDo.some((what) => !atOnce.includes(what))
  const { owner } = line
  return (
    <div className="alarm-acts">
      {owner !== null && owner.accountId !== accountId ? (
        <p className="muted">{t('monitoring.ownerActs', { name: inLocale(owner.officer, locale) })}</p>
      ) : null}
      {hasForm ? <Said acting={acting} isClosable={line.mayDo.includes('close')} /> : null}
      <div className="plain-buttons">
        {line.mayDo.map((what) => (
          <button
            key={what}
            type="button"
            className={what === 'acknowledge' ? 'primary-button' : 'quiet-button'}
            disabled={acting.isBlocked(what)}
            onClick={() => acting.send(what)}
          >
            {t(`monitoring.acts.${what}`)}
          </button>
        ))}
      </div>
      <p className="field-error" role="alert">
        {acting.error === undefined ? null : failureText(acting.error).text}
      </p>
    </div>
  )
}
