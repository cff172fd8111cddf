import { useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { fillIn } from '#src/lane/declared-draft.ts'
import { ConfirmCode } from '#src/screens/capture/ConfirmCode.tsx'
import type { DeclarationPart } from './declaration-part.ts'

export type DeclarationSheetProps = DeclarationPart & {
  /** As typed or sent by a reader. */
  readonly text: string
  readonly onClose: () => void
}

/** A declaration that came without the camera: checked and confirmed exactly as one that came by it. */
export const DeclarationSheet = ({ draft, act, rules, text, onClose }: DeclarationSheetProps) => {
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
        onAgain={onClose}
        onUse={(result) => {
          if (result.is === 'declaration') act(fillIn(draft, result.issued, rules, Date.now()))
          onClose()
        }}
      />
    </dialog>
  )
}
