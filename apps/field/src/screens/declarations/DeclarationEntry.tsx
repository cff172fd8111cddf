import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CheckDeclaration } from './CheckDeclaration.tsx'
import type { DeclarationPart } from './declaration-part.ts'

/** Where a declaration is typed or pasted; what it says is checked and confirmed before it fills anything in. */
export const DeclarationEntry = (props: DeclarationPart) => {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [text, setText] = useState<string>()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (typed.trim() !== '') setText(typed)
  }
  return (
    <>
      <form className="exact" onSubmit={submit}>
        <label className="field">
          <span>{t('declaration.label')}</span>
          <input
            value={typed}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <button type="submit" className="button" disabled={typed.trim() === ''}>
          {t('declaration.check')}
        </button>
      </form>
      {text === undefined ? null : (
        <CheckDeclaration {...props} text={text} onClose={() => setText(undefined)} />
      )}
    </>
  )
}
