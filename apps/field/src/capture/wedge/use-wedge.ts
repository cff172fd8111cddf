import { useEffect, useRef } from 'react'
import { idleWedge, wedgeStep } from './wedge.ts'

type Wedge<Before> = {
  /** What is to be put back when a burst turns out to be a reader: taken before its first key has done anything. */
  readonly remember: () => Before
  /** @returns whether the text was of use; if not, its keys stay where they went */
  readonly onRead: (text: string, before: Before) => boolean
}

/**
 * Listens for a reader that passes for a keyboard. Every key goes where it would have gone; a burst that was read is taken
 * back out of there by whoever asked.
 */
export const useWedge = <Before>(wedge: Wedge<Before>): void => {
  const latest = useRef(wedge)
  latest.current = wedge
  useEffect(() => {
    let state = idleWedge
    let before: Before | undefined
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      const step = wedgeStep(state, { key: event.key, atMs: event.timeStamp })
      if (step.state.text !== '' && step.state.text.length <= state.text.length)
        before = latest.current.remember()
      else if (state.text === '' && step.state.text !== '') before = latest.current.remember()
      state = step.state
      if (step.read === undefined || before === undefined) return
      if (!latest.current.onRead(step.read, before)) return
      event.preventDefault()
      event.stopPropagation()
    }
    // Before anybody else, so that the closing Enter presses nothing.
    document.addEventListener('keydown', onKeyDown, { capture: true })
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
}
