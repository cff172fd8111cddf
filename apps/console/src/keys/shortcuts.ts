/** What keys do, by the name of their text under `keys`. */
export const shortcuts = [
  { key: '?', does: 'help' },
  { key: 'g s', does: 'situation' },
  { key: 'g p', does: 'posts' },
  { key: 'g d', does: 'devices' },
  { key: 'g f', does: 'lookUp' },
  { key: 'g e', does: 'decisions' },
  { key: '[', does: 'previousDay' },
  { key: ']', does: 'nextDay' },
  { key: 't', does: 'today' },
  { key: 'c', does: 'compare' },
  { key: 'o', does: 'origins' },
  { key: 'm', does: 'city' },
  { key: 'w', does: 'wall' },
  { key: 'l', does: 'language' },
  { key: 'n', does: 'theme' },
] as const
export type ShortcutName = (typeof shortcuts)[number]['does']

/** How long the first of two keys waits for the second. */
const sequenceMs = 1_200

export type KeyPress = {
  readonly key: string
  readonly atMs: number
  /** With Ctrl, Alt or Meta, or into a field: not for us. */
  readonly elsewhere: boolean
}

export type KeyState = { readonly first: string; readonly atMs: number } | null

/** The state after a key and what it does, if anything. */
export const afterKey = (
  state: KeyState,
  press: KeyPress,
): { readonly state: KeyState; readonly does: ShortcutName | undefined } => {
  if (press.elsewhere) return { state: null, does: undefined }
  const fresh = state !== null && press.atMs - state.atMs <= sequenceMs
  const word = fresh ? `${state.first} ${press.key}` : press.key
  const found = shortcuts.find((shortcut) => shortcut.key === word)
  if (found !== undefined) return { state: null, does: found.does }
  const begins = shortcuts.some((shortcut) => shortcut.key.startsWith(`${press.key} `))
  return { state: begins ? { first: press.key, atMs: press.atMs } : null, does: undefined }
}
