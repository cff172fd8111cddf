import { callOutcomes } from '@guankou/contract/worklists/vocabulary.ts'
import { callScripts, outcomeKeys } from '@guankou/domain/worklists/scripts.ts'
import { useEffect } from 'react'
import type { CallAnswer, Calls } from '#src/worklists/use-calls.ts'

const answerOfKey: Readonly<Record<string, CallAnswer>> = { y: 'yes', n: 'no', x: 'unknown' }

/** A box that is ticked takes no letters, so that keys mean the same there as anywhere else. */
const isTyping = (target: EventTarget | null): boolean =>
  (target instanceof HTMLInputElement && target.type !== 'radio') ||
  target instanceof HTMLSelectElement ||
  target instanceof HTMLTextAreaElement

/** What the numeric block and an input method send for a digit or letter. */
const keyOf = ({ key, code }: KeyboardEvent): string => {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1]
  return digit ?? (/^Key([A-Z])$/.exec(code)?.[1] ?? key).toLowerCase()
}

/** Answers the first question that has none, and goes on to the next. */
const answerNext = ({ call, answers, setAnswers }: Calls, said: CallAnswer): void => {
  if (call === undefined) return
  const { questions } = callScripts[call.kind]
  const at = questions.findIndex((_, each) => answers[each] === undefined)
  if (at >= 0) setAnswers(questions.map((_, each) => (each === at ? said : answers[each])))
}

/** Takes the last answer away, which was pressed by mistake. */
const clearLast = ({ answers, setAnswers }: Calls): void => {
  const at = answers.findLastIndex((each) => each !== undefined)
  if (at >= 0) setAnswers(answers.map((each, other) => (other === at ? undefined : each)))
}

type Others = {
  /** Goes to the field for a time that was agreed on. */
  readonly onLater: () => void
  /** Changes the language of the script. */
  readonly onLanguage: () => void
}

/**
 * y, n and x answer one question after the other, one key stands for each outcome, Enter opens the next person and u takes
 * the last outcome back. A key that is held down counts once.
 */
export const useCallKeys = (calls: Calls, { onLater, onLanguage }: Others): void => {
  useEffect(() => {
    const inCall = (key: string): void => {
      const said = answerOfKey[key]
      const outcome = callOutcomes.find((each) => outcomeKeys[each] === key)
      if (said !== undefined) answerNext(calls, said)
      if (key === 'backspace') clearLast(calls)
      if (key === 'e') onLanguage()
      if (outcome === 'call-later') onLater()
      else if (outcome !== undefined) calls.record(outcome)
    }
    const press = (event: KeyboardEvent): void => {
      const { target, ctrlKey, metaKey, altKey, repeat } = event
      if (isTyping(target) || ctrlKey || metaKey || altKey || repeat || calls.isBusy) return
      const key = keyOf(event)
      if (key === 'enter' && calls.call === undefined && !(target instanceof HTMLButtonElement)) calls.open()
      if (key === 'u') calls.takeBack()
      if (calls.call === undefined) return
      // Else the digit would be typed into the field that it goes to.
      if (key === outcomeKeys['call-later']) event.preventDefault()
      inCall(key)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  })
}
