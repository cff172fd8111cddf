import { useState } from 'react'
import { useLaneReaders } from '#src/screens/capture/use-lane-readers.ts'
import { CheckDeclaration } from './CheckDeclaration.tsx'
import type { DeclarationPart } from './declaration-part.ts'

/** Listens to readers at the keyboard; shows a declaration that one of them sent. */
export const LaneReaders = (props: DeclarationPart) => {
  const { draft, act, rules } = props
  const [text, setText] = useState<string>()
  const { feverThresholdCelsius } = rules.ruleSet
  useLaneReaders({ draft, act, thresholdCelsius: feverThresholdCelsius, onDeclaration: setText })
  if (text === undefined) return null
  return <CheckDeclaration {...props} text={text} onClose={() => setText(undefined)} />
}
