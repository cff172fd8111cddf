import { formatSlipCode, slipCodeOf } from '@guankou/domain/subject-access/slip-code.ts'
import { QrCode } from '@guankou/ui/qr/QrCode.tsx'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoment } from '#src/screens/format.ts'
import type { Slip } from './SlipButton.tsx'

/** Where the page of a person opens: the code stands behind the hash, which no server is sent. */
export const pageAddress = (origin: string, code: string): string => `${origin}/portal/me#code=${code}`

const OneSlip = ({ slip, seat }: { readonly slip: Slip; readonly seat: number }) => {
  const { t } = useTranslation()
  const code = slipCodeOf(slip.screeningId, seat)
  return (
    <article className="slip">
      <h3>{t('slip.title')}</h3>
      <p>
        {slip.post} · {formatMoment(slip.occurredAtMs)}
        {slip.seats.length > 1 ? ` · ${t('slip.seat', { n: seat })}` : ''}
      </p>
      <p className="slip-code">{formatSlipCode(code)}</p>
      <QrCode text={pageAddress(window.location.origin, code)} label={t('slip.qr')} />
      <p>{t('slip.how', { host: window.location.host })}</p>
      <p>{t('slip.desk')}</p>
    </article>
  )
}

/** The slips of everyone aboard, one after the other, to be shown, read out or printed. */
export const SlipDialog = ({ slip, onClose }: { readonly slip: Slip; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  const [at, setAt] = useState(0)
  useEffect(() => dialog.current?.showModal(), [])
  const seat = slip.seats[at]
  if (seat === undefined) return null
  return (
    <dialog ref={dialog} className="slip-dialog" aria-labelledby={title} onClose={onClose}>
      <h2 id={title} className="only-heard">
        {t('slip.open')}
      </h2>
      <div className="slip-shown">
        <OneSlip slip={slip} seat={seat} />
      </div>
      {slip.seats.length > 1 ? (
        <div className="slip-steps">
          <button type="button" className="button" disabled={at === 0} onClick={() => setAt(at - 1)}>
            {t('slip.previous')}
          </button>
          <output>{t('slip.of', { n: at + 1, count: slip.seats.length })}</output>
          <button
            type="button"
            className="button"
            disabled={at === slip.seats.length - 1}
            onClick={() => setAt(at + 1)}
          >
            {t('slip.next')}
          </button>
        </div>
      ) : null}
      <div className="slip-steps">
        <button type="button" className="button button-main" onClick={() => window.print()}>
          {slip.seats.length > 1 ? t('slip.printAll') : t('slip.print')}
        </button>
        <button type="button" className="button" onClick={() => dialog.current?.close()}>
          {t('slip.close')}
        </button>
      </div>
      <div className="slip-printed" aria-hidden="true">
        {slip.seats.map((each) => (
          <OneSlip key={each} slip={slip} seat={each} />
        ))}
      </div>
    </dialog>
  )
}
