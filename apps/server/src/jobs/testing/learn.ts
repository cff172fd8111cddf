import { daysBetween } from '@guankou/domain/places/calendar.ts'
import { countsOfDay } from '@guankou/models/allocation/allocate-from-belief.ts'
import { extendBelief } from '@guankou/models/allocation/extend-belief.ts'
import {
  learnFromTests,
  type PrevalenceBelief,
  type PrevalencePrior,
  passTime,
  priorOf,
  startBelief,
} from '@guankou/models/allocation/prevalence-filter.ts'
import { prevalenceDefaults } from '@guankou/models/allocation/prevalence-model.ts'
import { positionOf, type TypeCode } from './traveller-type.ts'

/** What has been learned up to a day, its tests included. Types stand in the order in which they were first tested. */
export type TestingState = {
  readonly day: string
  readonly types: readonly TypeCode[]
  readonly belief: PrevalenceBelief
}

/** Results of one day: tests with a result, and positives among them. */
export type DayOfResults = {
  readonly day: string
  readonly counts: readonly (readonly [type: TypeCode, tests: number, positives: number])[]
}

export const priorOfTypes = (types: readonly TypeCode[]): PrevalencePrior =>
  priorOf(prevalenceDefaults, types.map(positionOf))

/** A state some days later, with types added that it does not know. */
export const stateOn = (
  state: TestingState | null,
  day: string,
  asked: readonly TypeCode[],
): {
  readonly types: readonly TypeCode[]
  readonly prior: PrevalencePrior
  readonly belief: PrevalenceBelief
} => {
  const known = state?.types ?? []
  const types = [...known, ...asked.filter((type) => !known.includes(type))]
  const prior = priorOfTypes(types)
  if (state === null) return { types, prior, belief: startBelief(prior) }
  const later = passTime(priorOfTypes(known), state.belief, daysBetween(state.day, day))
  return { types, prior, belief: extendBelief(prior, later) }
}

/** Learns the results of a later day. */
export const learnDay = ({
  state,
  results,
}: {
  readonly state: TestingState | null
  readonly results: DayOfResults
}): TestingState => {
  const { day, counts } = results
  const { types, prior, belief } = stateOn(
    state,
    day,
    counts.map(([type]) => type),
  )
  const byOrigin = new Map(
    counts.map(([type, tests, positives]) => [types.indexOf(type), { tests, positives }]),
  )
  const learned = learnFromTests(
    prior,
    belief,
    countsOfDay(types.length, byOrigin),
    types.map(() => []),
  )
  return { day, types, belief: learned }
}
