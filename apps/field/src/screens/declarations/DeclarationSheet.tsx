import { useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmCode } from '#src/screens/capture/ConfirmCode.tsx'
import { type DeclarationPart, takeDeclaration } from './declaration-part.ts'

export type DeclarationSheetProps = DeclarationPart & {
  /** As typed or sent by a reader. */
  readonly text: string
  readonly onClose: () => void
}

/** A declaration that came without the camera: checked and confirmed exactly as one that came by it. */
export const DeclarationSheet = ({ text, onClose, ...part }: DeclarationSheetProps) => {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="scan" aria-labelledby={title} onClose={onClose}>
      <h2 id={title}>{t('declaration.title')}</h2>
      <ConfirmCode
        read={{ is: 'qr', text }}
        again={t('declaration.again')}
        passUnderCelsius={part.rules.ruleSet.feverThresholdCelsius}
        onAgain={onClose}
        onUse={(result) => {
          if (result.is === 'declaration') takeDeclaration(part, result.issued, result.passes === true)
          onClose()
        }}
      />
    </dialog>
  )
}
