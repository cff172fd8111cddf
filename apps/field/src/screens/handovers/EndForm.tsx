import {
  cancellers,
  cancelReasonNames,
  cancelReasons,
  closeReasonNames,
  closeReasons,
  closers,
} from '@guankou/contract/handovers/vocabulary.ts'
import type { Bilingual } from '@guankou/contract/primitives.ts'
import { type Custody, isOpenHandover } from '@guankou/domain/handovers/custody.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KnownHandover } from '#src/handovers/known-handover.ts'
import { useField } from '#src/runtime/field-context.ts'
import type { HandoverEnd, HandoverMade } from '#src/runtime/handover-book.ts'
import { useStore } from '#src/runtime/store.ts'
import { ChooseOne } from '#src/screens/chrome/ChoiceChips.tsx'
import { NotMade } from './NotMade.tsx'

type EndProps<R extends string> = {
  readonly title: string
  readonly button: string
  readonly reasons: readonly R[]
  readonly names: Readonly<Record<R, Bilingual>>
  readonly onEnd: (reason: R) => void
}

const End = <R extends string>({ title, button, reasons, names, onEnd }: EndProps<R>) => {
  const { t } = useTranslation()
  const { locale } = useStore(useField().settings)
  const [reason, setReason] = useState<R>()
  return (
    <section>
      <h3>{title}</h3>
      <ChooseOne
        legend={t('handovers.reason')}
        chosen={reason}
        onChoose={setReason}
        choices={reasons.map((value) => ({ value, label: names[value][locale] }))}
      />
      <button
        type="button"
        className="button"
        disabled={reason === undefined}
        onClick={() => (reason === undefined ? undefined : onEnd(reason))}
      >
        {button}
      </button>
    </section>
  )
}

type Props = { readonly known: KnownHandover; readonly custody: Custody }
type Wish = HandoverEnd extends infer E ? (E extends HandoverEnd ? Omit<E, 'note'> : never) : never
type Send = (wish: Wish) => void

const Ends = ({ custody, send }: Pick<Props, 'custody'> & { readonly send: Send }) => {
  const { t } = useTranslation()
  const role = useStore(useField().runtime.profile)?.role
  if (role === undefined) return null
  return (
    <>
      {closers.includes(role) && custody.state === 'received' ? (
        <End
          title={t('handovers.closeTitle')}
          button={t('handovers.closeButton')}
          reasons={closeReasons}
          names={closeReasonNames}
          onEnd={(reason) => send({ kind: 'handover.close', reason })}
        />
      ) : null}
      {cancellers.includes(role) && custody.state === 'at-post' ? (
        <End
          title={t('handovers.cancelTitle')}
          button={t('handovers.cancelButton')}
          reasons={cancelReasons}
          names={cancelReasonNames}
          onEnd={(reason) => send({ kind: 'handover.cancel', reason })}
        />
      ) : null}
    </>
  )
}

/** Notes and ends, each for those who may. */
export const EndForm = ({ known, custody }: Props) => {
  const { t } = useTranslation()
  const { handovers } = useField()
  const [note, setNote] = useState('')
  const [made, setMade] = useState<HandoverMade>()
  if (!isOpenHandover(custody)) return null
  const send: Send = (wish) => {
    void handovers.end(known, { ...wish, note }).then((result) => {
      setMade(result)
      if (result.is === 'made') setNote('')
    })
  }
  return (
    <details className="handover-more">
      <summary>{t('handovers.more')}</summary>
      <label className="field">
        <span>{t('handovers.note')}</span>
        <textarea rows={2} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
        <small>{t('handovers.noteHelp')}</small>
      </label>
      <button
        type="button"
        className="button"
        disabled={note.trim() === ''}
        onClick={() => send({ kind: 'handover.note' })}
      >
        {t('handovers.noteAdd')}
      </button>
      <Ends custody={custody} send={send} />
      <NotMade made={made} />
    </details>
  )
}
