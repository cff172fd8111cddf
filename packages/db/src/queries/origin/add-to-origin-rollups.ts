import type { ScreeningRecorded } from '@guankou/domain/screening/screening-recorded.ts'
import { bulkInsert } from '#src/bulk-insert.ts'

/** What a batch adds to one post, day and origin. */
export type PostOriginIncrement = {
  readonly jurisdiction: number
  readonly day: string
  readonly postId: number
  readonly originCode: number
  readonly travellers: number
  readonly feverConfirmed: number
}

/** What a batch adds to people of one origin who named one area. */
export type DeclaredIncrement = {
  readonly jurisdiction: number
  readonly day: string
  readonly originCode: number
  /** The area as it was said; 0 counts people who named none. */
  readonly declaredCode: number
  readonly travellers: number
}

/** Stands for “named no stay”. */
export const nothingDeclared = 0

/** Sorted by key, so that two transactions that meet on the same rows take their locks in one order. */
const inKeyOrder = <Row>(groups: ReadonlyMap<string, Row>): Row[] =>
  [...groups.keys()].sort().map((key) => groups.get(key) as Row)

/** What a set of facts adds, by post and origin. */
export const postOriginIncrements = (facts: readonly ScreeningRecorded[]): PostOriginIncrement[] => {
  const groups = new Map<string, PostOriginIncrement>()
  for (const { jurisdiction, day, postId, travellers } of facts)
    for (const { entered, decision } of travellers) {
      const originCode = entered.origin.code
      const key = `${jurisdiction}|${day}|${postId}|${originCode}`
      const known = groups.get(key)
      groups.set(key, {
        jurisdiction,
        day,
        postId,
        originCode,
        travellers: (known?.travellers ?? 0) + 1,
        feverConfirmed: (known?.feverConfirmed ?? 0) + (decision.fever === 'confirmed' ? 1 : 0),
      })
    }
  return inKeyOrder(groups)
}

/** What a set of facts adds, by origin and area named. */
export const declaredIncrements = (facts: readonly ScreeningRecorded[]): DeclaredIncrement[] => {
  const groups = new Map<string, DeclaredIncrement>()
  for (const { jurisdiction, day, travellers } of facts)
    for (const { entered } of travellers) {
      const named = new Set(entered.exposures.map(({ areaCode }) => areaCode))
      for (const declaredCode of named.size === 0 ? [nothingDeclared] : named) {
        const originCode = entered.origin.code
        const key = `${jurisdiction}|${day}|${originCode}|${declaredCode}`
        const counted = (groups.get(key)?.travellers ?? 0) + 1
        groups.set(key, { jurisdiction, day, originCode, declaredCode, travellers: counted })
      }
    }
  return inKeyOrder(groups)
}

export const addToPostOriginDays = bulkInsert<PostOriginIncrement>(
  'rollup_post_origin_days',
  [
    { name: 'jurisdiction', type: 'integer', value: (i) => i.jurisdiction },
    { name: 'day', type: 'date', value: (i) => i.day },
    { name: 'post_id', type: 'integer', value: (i) => i.postId },
    { name: 'origin_code', type: 'integer', value: (i) => i.originCode },
    { name: 'travellers', type: 'integer', value: (i) => i.travellers },
    { name: 'fever_confirmed', type: 'integer', value: (i) => i.feverConfirmed },
  ],
  `on conflict (jurisdiction, day, post_id, origin_code) do update set
    travellers = t.travellers + excluded.travellers,
    fever_confirmed = t.fever_confirmed + excluded.fever_confirmed`,
)

export const addToDeclaredDays = bulkInsert<DeclaredIncrement>(
  'rollup_declared_days',
  [
    { name: 'jurisdiction', type: 'integer', value: (i) => i.jurisdiction },
    { name: 'day', type: 'date', value: (i) => i.day },
    { name: 'origin_code', type: 'integer', value: (i) => i.originCode },
    { name: 'declared_code', type: 'integer', value: (i) => i.declaredCode },
    { name: 'travellers', type: 'integer', value: (i) => i.travellers },
  ],
  `on conflict (jurisdiction, day, origin_code, declared_code) do update set
    travellers = t.travellers + excluded.travellers`,
)
