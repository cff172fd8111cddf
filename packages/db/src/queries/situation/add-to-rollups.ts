import type { Tally } from '@guankou/contract/situation/endpoints.ts'
import type { ScreeningRecorded } from '@guankou/domain/screening/screening-recorded.ts'
import { addTallies, emptyTally } from '@guankou/domain/screening/tally.ts'
import { bulkInsert } from '#src/bulk-insert.ts'
import {
  type DeclaredIncrement,
  declaredIncrements,
  type PostOriginIncrement,
  postOriginIncrements,
} from '#src/queries/origin/add-to-origin-rollups.ts'

/** What a batch adds to one post and slot. */
export type PostSlotIncrement = {
  readonly jurisdiction: number
  readonly day: string
  readonly postId: number
  readonly slot: number
  readonly tally: Tally
  readonly entryMilliseconds: number
  readonly timedVehicles: number
}

export type OriginDayIncrement = {
  readonly jurisdiction: number
  readonly day: string
  readonly originCode: number
  readonly travellers: number
  readonly febrile: number
}

export type PostDayState = {
  readonly jurisdiction: number
  readonly day: string
  readonly postId: number
  readonly lastScreeningAtMs: number
  readonly queue: { readonly vehicles: number; readonly seenAtMs: number } | null
}

export type RollupIncrements = {
  readonly postSlots: readonly PostSlotIncrement[]
  readonly originDays: readonly OriginDayIncrement[]
  readonly postDayStates: readonly PostDayState[]
  readonly postOrigins: readonly PostOriginIncrement[]
  readonly declared: readonly DeclaredIncrement[]
}

/** Sorted by key, so that two transactions that meet on the same rows take their locks in one order. */
const inKeyOrder = <Row>(groups: ReadonlyMap<string, Row>): Row[] =>
  [...groups.keys()].sort().map((key) => groups.get(key) as Row)

const laterState = (known: PostDayState | undefined, fact: ScreeningRecorded): PostDayState => {
  const seen =
    fact.queueVehicles === undefined ? null : { vehicles: fact.queueVehicles, seenAtMs: fact.occurredAtMs }
  const queue =
    seen === null || (known?.queue && known.queue.seenAtMs > seen.seenAtMs) ? (known?.queue ?? null) : seen
  return {
    jurisdiction: fact.jurisdiction,
    day: fact.day,
    postId: fact.postId,
    lastScreeningAtMs: Math.max(fact.occurredAtMs, known?.lastScreeningAtMs ?? 0),
    queue,
  }
}

const addOrigins = (groups: Map<string, OriginDayIncrement>, fact: ScreeningRecorded): void => {
  for (const { entered, decision } of fact.travellers) {
    const key = `${fact.jurisdiction}|${fact.day}|${entered.origin.code}`
    const known = groups.get(key)
    groups.set(key, {
      jurisdiction: fact.jurisdiction,
      day: fact.day,
      originCode: entered.origin.code,
      travellers: (known?.travellers ?? 0) + 1,
      febrile: (known?.febrile ?? 0) + (decision.fever === 'none' ? 0 : 1),
    })
  }
}

/** What a set of facts adds to the roll-ups. */
export const incrementsOf = (facts: readonly ScreeningRecorded[]): RollupIncrements => {
  const postSlots = new Map<string, PostSlotIncrement>()
  const originDays = new Map<string, OriginDayIncrement>()
  const states = new Map<string, PostDayState>()
  for (const fact of facts) {
    const { jurisdiction, day, postId, slot } = fact
    const place = `${jurisdiction}|${day}|${postId}`
    const key = `${place}|${slot}`
    const known = postSlots.get(key)
    postSlots.set(key, {
      jurisdiction,
      day,
      postId,
      slot,
      tally: addTallies(known?.tally ?? emptyTally, fact.tally),
      entryMilliseconds: (known?.entryMilliseconds ?? 0) + fact.occurredAtMs - fact.startedAtMs,
      // A paper form says one time alone.
      timedVehicles: (known?.timedVehicles ?? 0) + (fact.occurredAtMs > fact.startedAtMs ? 1 : 0),
    })
    states.set(place, laterState(states.get(place), fact))
    addOrigins(originDays, fact)
  }
  return {
    postSlots: inKeyOrder(postSlots),
    originDays: inKeyOrder(originDays),
    postDayStates: inKeyOrder(states),
    postOrigins: postOriginIncrements(facts),
    declared: declaredIncrements(facts),
  }
}

const counted = [
  'vehicles',
  'travellers',
  'febrile',
  'fever_confirmed',
  'second_checks',
  'quarantined',
  'turned_back',
  'referred',
  'entry_milliseconds',
  'timed_vehicles',
] as const

const adding = (columns: readonly string[]): string =>
  columns.map((column) => `${column} = t.${column} + excluded.${column}`).join(', ')

export const addToPostSlots = bulkInsert<PostSlotIncrement>(
  'rollup_post_slots',
  [
    { name: 'jurisdiction', type: 'integer', value: (i) => i.jurisdiction },
    { name: 'day', type: 'date', value: (i) => i.day },
    { name: 'post_id', type: 'integer', value: (i) => i.postId },
    { name: 'slot', type: 'smallint', value: (i) => i.slot },
    { name: 'vehicles', type: 'integer', value: (i) => i.tally.vehicles },
    { name: 'travellers', type: 'integer', value: (i) => i.tally.travellers },
    { name: 'febrile', type: 'integer', value: (i) => i.tally.febrile },
    { name: 'fever_confirmed', type: 'integer', value: (i) => i.tally.feverConfirmed },
    { name: 'second_checks', type: 'integer', value: (i) => i.tally.secondChecks },
    { name: 'quarantined', type: 'integer', value: (i) => i.tally.quarantined },
    { name: 'turned_back', type: 'integer', value: (i) => i.tally.turnedBack },
    { name: 'referred', type: 'integer', value: (i) => i.tally.referred },
    { name: 'entry_milliseconds', type: 'bigint', value: (i) => i.entryMilliseconds },
    { name: 'timed_vehicles', type: 'integer', value: (i) => i.timedVehicles },
  ],
  `on conflict (jurisdiction, day, post_id, slot) do update set ${adding(counted)}`,
)

export const addToOriginDays = bulkInsert<OriginDayIncrement>(
  'rollup_origin_days',
  [
    { name: 'jurisdiction', type: 'integer', value: (i) => i.jurisdiction },
    { name: 'day', type: 'date', value: (i) => i.day },
    { name: 'origin_code', type: 'integer', value: (i) => i.originCode },
    { name: 'travellers', type: 'integer', value: (i) => i.travellers },
    { name: 'febrile', type: 'integer', value: (i) => i.febrile },
  ],
  `on conflict (jurisdiction, day, origin_code) do update set ${adding(['travellers', 'febrile'])}`,
)

const instant = (ms: number): string => new Date(ms).toISOString()

export const advancePostDayStates = bulkInsert<PostDayState>(
  'post_day_states',
  [
    { name: 'jurisdiction', type: 'integer', value: (s) => s.jurisdiction },
    { name: 'day', type: 'date', value: (s) => s.day },
    { name: 'post_id', type: 'integer', value: (s) => s.postId },
    { name: 'last_screening_at', type: 'timestamptz', value: (s) => instant(s.lastScreeningAtMs) },
    { name: 'queue_vehicles', type: 'smallint', value: (s) => s.queue?.vehicles ?? null },
    {
      name: 'queue_seen_at',
      type: 'timestamptz',
      value: (s) => (s.queue === null ? null : instant(s.queue.seenAtMs)),
    },
  ],
  `on conflict (jurisdiction, day, post_id) do update set
    last_screening_at = greatest(t.last_screening_at, excluded.last_screening_at),
    queue_vehicles = case when excluded.queue_seen_at >= coalesce(t.queue_seen_at, '-infinity')
      then excluded.queue_vehicles else t.queue_vehicles end,
    queue_seen_at = greatest(t.queue_seen_at, excluded.queue_seen_at)`,
)
