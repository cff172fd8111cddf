import type { HouseholdHappening } from '@guankou/contract/households/record-household-fact.ts'
import type { DoorOutcome } from '@guankou/contract/households/vocabulary.ts'
import type { ContactResult, DoorWay } from '@guankou/contract/quarantine/vocabulary.ts'
import { refuse } from '#src/screening/command-time.ts'
import { clockToleranceMs } from '#src/screening/decide.ts'
import { type DecidedQuarantineFact, observed } from './decide-step.ts'
import type { QuarantineOrder } from './facts.ts'

/** What a team says of an episode by what it recorded at the door. */
export type ToldAtDoor = {
  readonly quarantineId: string
  readonly way: DoorWay
  readonly result: ContactResult
  readonly temperatureCelsius?: number
  readonly signs: readonly string[]
}

/** What an outcome at the door says of whoever is to be there. */
export const resultOfOutcome = (outcome: DoorOutcome): ContactResult => {
  if (outcome === 'refused') return 'refused'
  return outcome === 'moved' || outcome === 'wrong-address' ? 'not-there' : 'no-answer'
}

/** Contacts that something at a door tells of, one for each episode; in the part of the health worker, or in vain. */
export const toldAtDoor = (happening: HouseholdHappening): readonly ToldAtDoor[] => {
  if (happening.is === 'part-done' && happening.work.part === 'health') return happening.work.checks ?? []
  if (happening.is !== 'door-outcome') return []
  const result = resultOfOutcome(happening.outcome)
  return (happening.checks ?? []).map((check) => ({ ...check, result, signs: [] }))
}

/**
 * A contact as a fact of its episode. It carries the id of what was recorded at the door, so that one tap is one fact there and
 * one here. Taken in whatever order it arrives.
 * @param fact  what was recorded at the door
 */
export const contactAtDoor = (
  order: QuarantineOrder,
  fact: { readonly id: string; readonly occurredAtMs: number },
  { way, result, ...seen }: ToldAtDoor,
): DecidedQuarantineFact => {
  if (fact.occurredAtMs < order.orderedAtMs - clockToleranceMs)
    return refuse('QUARANTINE_TIME_RUNS_BACK', '/occurredAt')
  const found = observed(order, seen)
  if ('ok' in found) return found
  return { ok: true, fact: { id: fact.id, atMs: fact.occurredAtMs, kind: 'contact', way, result, ...found } }
}
