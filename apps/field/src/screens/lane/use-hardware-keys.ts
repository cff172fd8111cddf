import { useEffect } from 'react'
import type { Draft } from '#src/lane/draft.ts'
import type { DraftAction } from '#src/lane/draft-reducer.ts'
import { plateSymbolOf } from '#src/lane/plate.ts'

type Keys = {
  readonly draft: Draft
  readonly act: (action: DraftAction) => void
  readonly thresholdCelsius: number
  readonly home: number
  /** Where a whole plate leads. */
  readonly afterPlate: 'count' | 'returning'
  readonly finish: () => void
}

const isOwnField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, a, button') !== null

const plateKey = (key: string, { act, afterPlate }: Keys): boolean => {
  const symbol = plateSymbolOf(key)
  if (symbol !== undefined) act({ do: 'plate-symbol', symbol })
  else if (key === 'Backspace') act({ do: 'plate-back' })
  else if (key === 'Enter') act({ do: 'panel', panel: afterPlate })
  else return false
  return true
}

/** Enter takes as many as stand there. */
const countKey = (key: string, { act, home }: Keys): boolean => {
  if (key === 'Enter') act({ do: 'panel', panel: 'temperature' })
  else if (/^[1-9]$/.test(key)) act({ do: 'count', count: Number(key), originCode: home })
  else return false
  return true
}

/** Plus and minus stand beside the digits of every keyboard: all under the threshold, or whoever it is now. */
const temperatureKey = (key: string, { act, thresholdCelsius, finish }: Keys): boolean => {
  const at = new Date(Date.now()).toISOString()
  if (/^[0-9]$/.test(key)) act({ do: 'digit', digit: key, at, thresholdCelsius })
  else if (key === 'Backspace') act({ do: 'temperature-back' })
  else if (key === '+') act({ do: 'under-threshold', at, everyone: true })
  else if (key === '-') act({ do: 'under-threshold', at, everyone: false })
  else if (key === 'Enter') finish()
  else return false
  return true
}

/** Enter takes the place as under the threshold, Delete leaves it empty, and digits measure whoever sits there. */
const seatKey = (key: string, { act, home, thresholdCelsius }: Keys): boolean => {
  const at = new Date(Date.now()).toISOString()
  if (key === 'Enter') act({ do: 'place-under', at, originCode: home })
  else if (key === 'Delete') act({ do: 'place-empty' })
  else if (/^[0-9]$/.test(key)) {
    act({ do: 'place-here', originCode: home, panel: 'temperature' })
    act({ do: 'digit', digit: key, at, thresholdCelsius })
  } else return false
  return true
}

const handle = (key: string, keys: Keys): boolean => {
  const { panel } = keys.draft
  if (panel === 'plate' || panel === 'suffix') return plateKey(key, keys)
  if (panel === 'count') return countKey(key, keys)
  if (panel === 'seats') return seatKey(key, keys)
  return panel === 'temperature' && temperatureKey(key, keys)
}

/** A keyboard or scanner on the desk writes where the keypad would; fields and buttons keep their own keys. */
export const useHardwareKeys = (keys: Keys): void => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isOwnField(event.target)) return
      if (handle(event.key, keys)) event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  })
}

/** What Enter does where no field or button has the focus. */
export const useEnter = (onEnter: () => void): void => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || event.repeat || isOwnField(event.target)) return
      event.preventDefault()
      onEnter()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  })
}
