import {
  type RevocationReason,
  revocationReasonNames,
  revocationReasons,
} from '@guankou/contract/access/device-removal.ts'
import type { DeviceView } from '@guankou/contract/access/devices.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'

export type Removal = { readonly reason: RevocationReason; readonly wipe: boolean }

const Reasons = ({
  reason,
  onReason,
}: {
  readonly reason: RevocationReason
  readonly onReason: (reason: RevocationReason) => void
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{t('phones.reason')}</label>
      <select
        id={id}
        value={reason}
        onChange={(event) => onReason(event.currentTarget.value as RevocationReason)}
      >
        {revocationReasons.map((each) => (
          <option key={each} value={each}>
            {inLocale(revocationReasonNames[each], locale)}
          </option>
        ))}
      </select>
    </>
  )
}

/** Asked before a phone is taken out of use: why, and whether it wipes itself. The browser keeps the focus inside. */
export const RemoveDialog = ({
  device,
  onRemove,
  onClose,
}: {
  readonly device: DeviceView
  readonly onRemove: (removal: Removal) => void
  readonly onClose: () => void
}) => {
  const { t } = useTranslation()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [reason, setReason] = useState<RevocationReason>(revocationReasons[0])
  const [wipe, setWipe] = useState(false)
  useEffect(() => dialog.current?.showModal(), [])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onRemove({ reason, wipe })
  }
  return (
    <dialog ref={dialog} className="phone-dialog" aria-labelledby={`${id}-title`} onClose={onClose}>
      <form className="phone-form" onSubmit={submit}>
        <h2 id={`${id}-title`}>{t('phones.removeTitle', { device: device.label })}</h2>
        <p>{t('phones.removeLead')}</p>
        <Reasons reason={reason} onReason={setReason} />
        <label className="phone-check">
          <input type="checkbox" checked={wipe} onChange={(event) => setWipe(event.currentTarget.checked)} />
          <span>{t('phones.removeWipe', { queued: device.outbox?.queued ?? 0 })}</span>
        </label>
        <div className="phone-buttons">
          <button type="button" className="quiet-button" onClick={() => dialog.current?.close()}>
            {t('phones.cancel')}
          </button>
          <button type="submit" className="quiet-button">
            {wipe ? t('phones.confirmWipe') : t('phones.confirm')}
          </button>
        </div>
      </form>
    </dialog>
  )
}
