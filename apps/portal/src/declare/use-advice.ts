import { useEffect, useState } from 'react'
import type { Typed } from '#src/declare/advice.ts'
import type { Language } from '#src/texts/text.ts'

/** What to look at again; the rules of numbers, which weigh as much as the form, come once somebody types one. */
export const useAdvice = (typed: Typed, language: Language): string | undefined => {
  const [rules, setRules] = useState<typeof import('#src/declare/advice.ts')>()
  const isTyped = typed.text.trim() !== ''
  const isWanted = isTyped && rules === undefined
  useEffect(() => {
    // Without a network there is no advice, and nobody is held up.
    if (isWanted) import('#src/declare/advice.ts').then(setRules, () => undefined)
  }, [isWanted])
  return isTyped ? rules?.adviceOn(typed, language) : undefined
}
