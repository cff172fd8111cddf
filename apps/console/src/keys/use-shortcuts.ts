import { useEffect, useRef } from 'react'
import { afterKey, type KeyState, type ShortcutName } from '#src/keys/shortcuts.ts'

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null

/** Acts on shortcuts pressed anywhere on the page. @param on off where a person switched single keys off */
export const useShortcuts = (on: boolean, act: (does: ShortcutName) => void): void => {
  const latest = useRef(act)
  latest.current = act
  useEffect(() => {
    if (!on) return
    let state: KeyState = null
    const pressed = (event: KeyboardEvent): void => {
      const elsewhere = event.ctrlKey || event.altKey || event.metaKey || isField(event.target)
      if (event.key === 'Shift') return
      const after = afterKey(state, { key: event.key, atMs: event.timeStamp, elsewhere })
      state = after.state
      if (after.does === undefined) return
      event.preventDefault()
      latest.current(after.does)
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [on])
}
