import type { ShownCertificate } from '@guankou/contract/certificates/shown.ts'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CertificateFound } from './CertificateFound.tsx'

type Props = {
  /** Whose it is, where that is not plain from where the sheet was opened. */
  readonly holder?: string
  /** As a reader sent it. */
  readonly sent?: string
  readonly onUse: (shown: ShownCertificate) => void
  readonly onClose: () => void
}

const PasteForm = ({
  typed,
  onType,
  onCheck,
  onClose,
}: {
  readonly typed: string
  readonly onType: (typed: string) => void
  readonly onCheck: () => void
  readonly onClose: () => void
}) => {
  const { t } = useTranslation()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (typed.trim() !== '') onCheck()
  }
  return (
    <form onSubmit={submit}>
      <label className="field">
        <span>{t('certificate.label')}</span>
        <textarea
          rows={5}
          value={typed}
          maxLength={20_000}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onType(event.target.value)}
        />
      </label>
      <div className="scan-foot">
        <button type="button" className="button" onClick={onClose}>
          {t('slip.close')}
        </button>
        <button type="submit" className="button button-main" disabled={typed.trim() === ''}>
          {t('certificate.check')}
        </button>
      </div>
    </form>
  )
}

/** Where a certificate is pasted, or sent by a reader: the way without a camera is one tap longer. */
export const CertificateSheet = ({ holder, sent, onUse, onClose }: Props) => {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  const [typed, setTyped] = useState('')
  const [text, setText] = useState(sent)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="scan" aria-labelledby={title} onClose={onClose}>
      <h2 id={title}>{t('certificate.title')}</h2>
      {holder === undefined ? null : <p>{holder}</p>}
      {text === undefined ? (
        <PasteForm typed={typed} onType={setTyped} onCheck={() => setText(typed)} onClose={onClose} />
      ) : (
        <div className="scan-found">
          <CertificateFound
            text={text}
            again={t('certificate.again')}
            onAgain={() => setText(undefined)}
            onUse={(result) => {
              if (result.is === 'certificate') onUse(result.shown)
            }}
          />
        </div>
      )}
    </dialog>
  )
}
