import type { MatchGroup, MatchKind } from '@guankou/contract/matching/match-list.ts'
import type { MatchReason } from '@guankou/contract/matching/reasons.ts'

/** An entry as the server keeps it: a keyed digest of 32 hexadecimal digits, and no number. */
export type MatchEntry = {
  readonly kind: MatchKind
  readonly reason: MatchReason
  readonly until: string
  readonly digest: string
}

/**
 * Entries as they travel: cut, sorted and without a trace of the order in which they were brought. Two that are cut to the
 * same digits become one.
 */
export const groupEntries = (entries: readonly MatchEntry[], digits: number): MatchGroup[] => {
  const groups = Map.groupBy(entries, ({ kind, reason, until }) => `${kind}|${reason}|${until}`)
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, [first, ...others]]) => {
      if (first === undefined) return []
      const cut = new Set([first, ...others].map(({ digest }) => digest.slice(0, digits)))
      const { kind, reason, until } = first
      return [{ kind, reason, until, digests: [...cut].sort().join('') }]
    })
}
