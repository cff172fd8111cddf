/** One look: what was read, and how sure it was. */
export type Look = { readonly key: string; readonly confidence: number }

/** Alone enough. */
export const sureAlone = 0.95
/** Looks less sure than this are let fall. */
export const leastSure = 0.3
const looksKept = 4

/**
 * Looks at moving pictures agree or do not: two of the last four that say the same are taken, or one that is sure alone.
 * @param looks  the newest last   @returns the key that was agreed on
 * @example agreedKey([{ key: 'a', confidence: 0.6 }, { key: 'b', confidence: 0.5 }, { key: 'a', confidence: 0.6 }]) // 'a'
 */
export const agreedKey = (looks: readonly Look[]): string | undefined => {
  const recent = looks.slice(-looksKept).filter(({ confidence }) => confidence >= leastSure)
  const last = recent.at(-1)
  if (last === undefined) return undefined
  if (last.confidence >= sureAlone) return last.key
  return recent.filter(({ key }) => key === last.key).length >= 2 ? last.key : undefined
}
