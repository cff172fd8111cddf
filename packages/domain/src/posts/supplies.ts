import { type SupplyItem, supplyItems } from '@guankou/contract/posts/vocabulary.ts'
import { isFact, type KeptFact } from '#src/posts/kept-fact.ts'

export type Supply = {
  readonly item: SupplyItem
  /** As last counted, with what was received since; null where nobody counted. */
  readonly quantity: number | null
  readonly countedAtMs: number | null
  readonly lowAt: number | null
  /** Asked for and not yet received. */
  readonly awaited: number
  readonly isLow: boolean
}

/** What is still to come of each request, oldest first; what names no request goes to the oldest of its item. */
const awaitedOf = (standing: readonly KeptFact[], item: SupplyItem): number => {
  const open = new Map<string, number>()
  const received: { requestId: string | undefined; quantity: number }[] = []
  for (const fact of standing) {
    if (isFact(fact, 'supply-requested') && fact.happening.item === item)
      open.set(fact.id, fact.happening.quantity)
    if (isFact(fact, 'supply-received') && fact.happening.item === item)
      received.push({ requestId: fact.happening.requestId, quantity: fact.happening.quantity })
  }
  for (const { requestId, quantity } of received) {
    let rest = quantity
    for (const [id, awaited] of open) {
      if (requestId !== undefined && requestId !== id) continue
      const met = Math.min(awaited, rest)
      open.set(id, awaited - met)
      rest -= met
    }
  }
  return [...open.values()].reduce((total, awaited) => total + awaited, 0)
}

const supplyOf = (standing: readonly KeptFact[], item: SupplyItem): Supply => {
  let quantity: number | null = null
  let countedAtMs: number | null = null
  let lowAt: number | null = null
  for (const fact of standing) {
    if (isFact(fact, 'supply-counted') && fact.happening.item === item) {
      quantity = fact.happening.quantity
      countedAtMs = fact.occurredAtMs
    }
    if (isFact(fact, 'supply-received') && fact.happening.item === item && quantity !== null)
      quantity += fact.happening.quantity
    if (isFact(fact, 'supply-low-at') && fact.happening.item === item) lowAt = fact.happening.quantity
  }
  const isLow = quantity !== null && lowAt !== null && quantity <= lowAt
  return { item, quantity, countedAtMs, lowAt, awaited: awaitedOf(standing, item), isLow }
}

/** The supplies of a post that anybody said something of. @param standing  of `standingAt`, of one post */
export const suppliesOf = (standing: readonly KeptFact[]): readonly Supply[] =>
  supplyItems
    .map((item) => supplyOf(standing, item))
    .filter(({ quantity, lowAt, awaited }) => quantity !== null || lowAt !== null || awaited > 0)
