import type { PackDelta } from '@guankou/contract/sync/pack.ts'

/*
 * Deltas of texts by copying and inserting, as rsync does it (Tridgell, The rsync algorithm, 1996), without its rolling
 * sum: both texts are at hand, and blocks are found by themselves.
 */

/** Shorter pieces cost more to name than to send. */
const blockLength = 32

/** No pack comes near this, so that a delta that grows without end is none of ours. */
const mostLength = 16_000_000

const sameFrom = (old: string, from: number, next: string, at: number): number => {
  let length = 0
  while (
    from + length < old.length &&
    at + length < next.length &&
    old.charCodeAt(from + length) === next.charCodeAt(at + length)
  )
    length += 1
  return length
}

const blocksOf = (old: string): ReadonlyMap<string, number> => {
  const blocks = new Map<string, number>()
  for (let from = 0; from + blockLength <= old.length; from += blockLength) {
    const block = old.slice(from, from + blockLength)
    if (!blocks.has(block)) blocks.set(block, from)
  }
  return blocks
}

/**
 * What makes one text of another. Applying it gives the second text again, whatever the two are.
 * @example makeDelta('', 'abc') // ['abc']
 */
export const makeDelta = (old: string, next: string): PackDelta => {
  const blocks = blocksOf(old)
  const delta: PackDelta = []
  let inserted = 0
  let at = 0
  /** Where the last copy ended: what follows there is the likeliest to go on. */
  let expected = 0
  const insertUntil = (end: number): void => {
    if (end > inserted) delta.push(next.slice(inserted, end))
  }
  while (at < next.length) {
    const ahead = sameFrom(old, expected, next, at)
    const from = ahead >= blockLength ? expected : blocks.get(next.slice(at, at + blockLength))
    const length = from === expected ? ahead : from === undefined ? 0 : sameFrom(old, from, next, at)
    if (from === undefined || length < blockLength) {
      at += 1
      continue
    }
    insertUntil(at)
    delta.push([from, length])
    at += length
    inserted = at
    expected = from + length
  }
  insertUntil(next.length)
  return delta
}

/**
 * The text that a delta makes of another.
 * @returns undefined where it reaches outside the old text or grows without end: such a delta was made for something else
 * @example applyDelta('abcdef', [[0, 3], 'x', [5, 1]]) // 'abcxf'
 */
export const applyDelta = (old: string, delta: PackDelta): string | undefined => {
  const pieces: string[] = []
  let total = 0
  for (const piece of delta) {
    if (typeof piece === 'string') pieces.push(piece)
    else {
      const [from = -1, length = -1] = piece
      if (!Number.isInteger(from) || !Number.isInteger(length)) return undefined
      if (from < 0 || length < 0 || from + length > old.length) return undefined
      pieces.push(old.slice(from, from + length))
    }
    total += pieces.at(-1)?.length ?? 0
    if (total > mostLength) return undefined
  }
  return pieces.join('')
}
