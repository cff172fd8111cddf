import type { KeyboardEvent } from 'react'

const fields = 'input:not([disabled]), select:not([disabled]), [data-end]'

/**
 * The way of Enter through a form: to the next field, and from the last one to its end. `+` where a person ends adds another
 * one, Ctrl and Enter finish from anywhere.
 * @returns what the form has to do itself
 */
export const goOn = (event: KeyboardEvent<HTMLFormElement>): 'finish' | 'add' | undefined => {
  const { target, key, nativeEvent } = event
  // Enter that chooses a word of an input method belongs to it.
  if (nativeEvent.isComposing || !(target instanceof HTMLElement)) return undefined
  const isEnd = target.dataset.end === 'finish'
  if (key === '+' && (isEnd || (target instanceof HTMLInputElement && target.inputMode === 'decimal'))) {
    event.preventDefault()
    return 'add'
  }
  if (key !== 'Enter') return undefined
  if (event.ctrlKey || event.metaKey || isEnd) {
    event.preventDefault()
    return 'finish'
  }
  if (target instanceof HTMLButtonElement) return undefined
  event.preventDefault()
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(fields)]
  all[all.indexOf(target) + 1]?.focus()
  return undefined
}
