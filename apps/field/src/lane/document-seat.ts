import { aboardOf, activeTraveller, type Draft } from './draft.ts'

/**
 * Whose document a reader has sent: of the person whose details are open, unless another one stands there already; else of the next
 * without a number; `more` where everyone has one, for then somebody aboard was not counted. Nothing that was read is written over.
 */
export const seatForDocument = (draft: Draft, number: string): number | 'more' => {
  const active = activeTraveller(draft)
  const aboard = aboardOf(draft)
  const same = aboard.find(({ documentNumber }) => documentNumber === number)
  if (same !== undefined) return same.seat
  if (draft.panel === 'person' && active.documentNumber === '') return active.seat
  return (
    aboard.find(({ documentNumber, sameAs }) => documentNumber === '' && sameAs === undefined)?.seat ?? 'more'
  )
}
