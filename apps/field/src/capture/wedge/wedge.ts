/**
 * Readers that pass for a keyboard: they type a number faster than hands can and end it with Enter. The machine tells them
 * from typing by pace alone and takes nothing away: every key still goes where it would have gone, and only when Enter
 * closes a burst is the whole of it handed on as one reading.
 */
export type WedgeState = {
  readonly text: string
  /** When the last key came, milliseconds of any clock that does not go back; null before the first. */
  readonly lastAtMs: number | null
}

export type WedgeKey = { readonly key: string; readonly atMs: number }

export type WedgeStep = {
  readonly state: WedgeState
  /** The text of a burst that has just been closed. */
  readonly read: string | undefined
}

/**
 * Longest pause within a burst. Readers send a key every 1 to 20 ms; the fastest typists keep 60 ms on average, and no one
 * keeps twelve keys under 35.
 */
export const longestPauseMs = 35

/** Shorter texts are no number of a document: 15 places are the old citizen number, 9 a passport. */
export const leastKeys = 6

/** Longest text of a reader: letters that the largest code holds at its lowest level (ISO/IEC 18004, table 7). */
export const mostKeys = 4296

export const idleWedge: WedgeState = { text: '', lastAtMs: null }

const isText = (key: string): boolean => [...key].length === 1

/** Keys that stand beside a character and are none: a reader holds Shift down for capitals. */
const isSilent = (key: string): boolean =>
  ['Shift', 'CapsLock', 'NumLock', 'Process', 'Unidentified'].includes(key)

const isFast = (state: WedgeState, atMs: number): boolean =>
  state.lastAtMs !== null && atMs - state.lastAtMs <= longestPauseMs && atMs >= state.lastAtMs

/**
 * One key more.
 * @example a burst of 18 digits 5 ms apart and Enter is read; the same digits at 120 ms are not
 */
export const wedgeStep = (state: WedgeState, { key, atMs }: WedgeKey): WedgeStep => {
  if (isSilent(key)) return { state, read: undefined }
  const fast = isFast(state, atMs)
  if (key === 'Enter' || key === 'Tab') {
    const isWhole = fast && [...state.text].length >= leastKeys
    return { state: idleWedge, read: isWhole ? state.text : undefined }
  }
  if (!isText(key)) return { state: idleWedge, read: undefined }
  const text = fast ? state.text + key : key
  if ([...text].length > mostKeys) return { state: idleWedge, read: undefined }
  return { state: { text, lastAtMs: atMs }, read: undefined }
}

/** How many characters of a burst have been typed so far, while it is still fast enough to be one. */
export const burstLength = (state: WedgeState): number => [...state.text].length
