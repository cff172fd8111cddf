import { isFact, type KeptFact } from '#src/posts/kept-fact.ts'

export type BookEntry = {
  readonly id: string
  readonly atMs: number
  readonly makerId: string
  readonly text: string
  /** Something to be done, and nobody has settled it. */
  readonly isOpen: boolean
  readonly settledAtMs: number | null
  /** The lead who took it over, and when; null until then. */
  readonly takenOverBy: string | null
  readonly takenOverAtMs: number | null
}

/**
 * The hand-over book of a post, newest entry first. Who first took an entry over answers for it.
 * @param standing  of `standingAt`, of one post
 */
export const bookOf = (standing: readonly KeptFact[]): readonly BookEntry[] => {
  const settled = new Map<string, number>()
  const taken = new Map<string, KeptFact>()
  for (const fact of standing) {
    if (isFact(fact, 'book-settled') && !settled.has(fact.happening.entryId))
      settled.set(fact.happening.entryId, fact.occurredAtMs)
    if (isFact(fact, 'book-taken-over'))
      for (const id of fact.happening.entryIds) if (!taken.has(id)) taken.set(id, fact)
  }
  return standing
    .flatMap((fact) => {
      if (!isFact(fact, 'book-written')) return []
      const over = taken.get(fact.id)
      const settledAtMs = settled.get(fact.id) ?? null
      return [
        {
          id: fact.id,
          atMs: fact.occurredAtMs,
          makerId: fact.makerId,
          text: fact.happening.text,
          isOpen: fact.happening.open && settledAtMs === null,
          settledAtMs,
          takenOverBy: over?.makerId ?? null,
          takenOverAtMs: over?.occurredAtMs ?? null,
        },
      ]
    })
    .toReversed()
}
