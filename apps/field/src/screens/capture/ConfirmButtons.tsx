import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

type Props = {
  readonly onUse?: () => void
  readonly blocked?: boolean
  readonly onAgain: () => void
  /** What it is called where no camera looks again. */
  readonly again?: string | undefined
}

/** Take it, or look again. What was found has the focus, so that Enter takes it. */
export const ConfirmButtons = ({ onUse, blocked = false, onAgain, again }: Props) => {
  const { t } = useTranslation()
  const use = useRef<HTMLButtonElement>(null)
  useEffect(() => use.current?.focus(), [])
  return (
    <div className="scan-foot">
      <button type="button" className="button" onClick={onAgain}>
        {again ?? t('capture.again')}
      </button>
      {onUse === undefined ? null : (
        <button ref={use} type="button" className="button button-main" disabled={blocked} onClick={onUse}>
          {t('capture.use')}
        </button>
      )}
    </div>
  )
}
