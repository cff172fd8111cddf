import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { type CaptureResult, codeKindOf } from '#src/capture/confirm.ts'
import type { CodeRead } from '#src/capture/reading/reads.ts'
import { ConfirmButtons } from './ConfirmButtons.tsx'

type Props = {
  readonly read: CodeRead
  readonly onUse: (result: CaptureResult) => void
  readonly onAgain: () => void
}

/** A slip is no declaration and is told so; any other code is handed on, and what it says is shown before it counts. */
export const ConfirmCode = ({ read, onUse, onAgain }: Props) => {
  const { t } = useTranslation()
  const isSlip = codeKindOf(read.text) === 'slip'
  useEffect(() => {
    if (!isSlip) onUse({ is: 'qr', text: read.text })
  }, [isSlip, read.text, onUse])
  return (
    <div className="scan-found">
      <p role="alert" className="notice notice-look">
        {isSlip ? t('capture.slip') : t('capture.otherCode')}
      </p>
      <ConfirmButtons onAgain={onAgain} />
    </div>
  )
}
