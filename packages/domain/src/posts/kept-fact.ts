import type { ShownHappening } from '@guankou/contract/posts/record-post-fact.ts'

/** A fact of running a post, as states are derived from it on phone, server and console alike. */
export type KeptFact = {
  readonly id: string
  readonly postId: number
  readonly occurredAtMs: number
  readonly makerId: string
  /** Recorded by a post lead, who may record of others. */
  readonly byLead: boolean
  readonly happening: ShownHappening
}

/** A fact of one kind, with its own fields at hand. */
export type FactOf<W extends ShownHappening['is']> = Omit<KeptFact, 'happening'> & {
  readonly happening: Extract<ShownHappening, { readonly is: W }>
}

export const isFact = <W extends ShownHappening['is']>(fact: KeptFact, ...words: W[]): fact is FactOf<W> =>
  (words as string[]).includes(fact.happening.is)

/** By time, and by id where two share a millisecond: the same order on every device. */
const byTime = (a: KeptFact, b: KeptFact): number =>
  a.occurredAtMs - b.occurredAtMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** Only who made a fact takes it back, or the lead of the same post. */
const takesBack = (withdrawal: KeptFact, fact: KeptFact): boolean =>
  withdrawal.makerId === fact.makerId || (withdrawal.byLead && withdrawal.postId === fact.postId)

/** Facts until an instant, each once. */
const knownAt = (facts: readonly KeptFact[], atMs: number): ReadonlyMap<string, KeptFact> =>
  new Map(facts.filter((fact) => fact.occurredAtMs <= atMs).map((fact) => [fact.id, fact]))

const withdrawnOf = (known: ReadonlyMap<string, KeptFact>): ReadonlySet<string> => {
  const withdrawn = new Set<string>()
  for (const fact of known.values()) {
    if (!isFact(fact, 'withdrawn')) continue
    const named = known.get(fact.happening.factId)
    if (named !== undefined && !isFact(named, 'withdrawn') && takesBack(fact, named)) withdrawn.add(named.id)
  }
  return withdrawn
}

/** Facts that were taken back by an instant. @param facts  in any order   @param atMs  Unix time, milliseconds */
export const withdrawnAt = (facts: readonly KeptFact[], atMs: number): ReadonlySet<string> =>
  withdrawnOf(knownAt(facts, atMs))

/**
 * What counts at an instant: each fact once, none from later, none that was withdrawn, oldest first. It depends on which
 * facts there are and not on the order or the number of times they came in, and so does all that is derived from it.
 * @param atMs  Unix time, milliseconds
 */
export const standingAt = (facts: readonly KeptFact[], atMs: number): readonly KeptFact[] => {
  const known = knownAt(facts, atMs)
  const withdrawn = withdrawnOf(known)
  return [...known.values()].filter(({ id }) => !withdrawn.has(id)).sort(byTime)
}
