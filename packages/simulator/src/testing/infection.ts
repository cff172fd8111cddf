import { liesIn } from '@guankou/domain/places/areas.ts'
import { happens, streamOf, uniform } from '#src/random/stream.ts'

/** Somebody who was screened, as far as it decides whether they are infected. */
export type Arrived = {
  readonly screeningId: string
  readonly seat: number
  readonly originCode: number
  readonly declared: boolean
  readonly isFebrile: boolean
}

/**
 * Share of infected among arrivals by where they were; made up. The last place is in no rule of the scenario: a model
 * that learns from tests can find it, and one that follows the rules cannot.
 */
const shares: readonly (readonly [area: number, share: number])[] = [
  [420100, 0.12],
  [420000, 0.05],
  [330300, 0.04],
  [440900, 0.08],
]
const elsewhere = 0.0012
/** Whoever declares an exposure, or has a fever, is so many times likelier to be infected. */
const declaredFactor = 2.5
const febrileFactor = 8
const mostLikely = 0.6

/** Probability that somebody who arrives is infected. @example prevalenceOf({ originCode: 440100, declared: false, isFebrile: false }) // 0.0012 */
export const prevalenceOf = ({
  originCode,
  declared,
  isFebrile,
}: Pick<Arrived, 'originCode' | 'declared' | 'isFebrile'>): number => {
  const base = shares.find(([area]) => liesIn(originCode, area))?.[1] ?? elsewhere
  return Math.min(mostLikely, base * (declared ? declaredFactor : 1) * (isFebrile ? febrileFactor : 1))
}

const keysOf = ({ screeningId, seat }: Pick<Arrived, 'screeningId' | 'seat'>): number[] => [
  Number.parseInt(screeningId.slice(-12), 16),
  seat,
]

export type DrawnTest = {
  readonly offer: 'taken' | 'declined' | 'no-kit'
  readonly result: 'positive' | 'negative' | 'invalid'
  /** From the sample to the result. */
  readonly resultAfterMinutes: number
}

const [declines, lacksKit] = [0.06, 0.015]
/** Of infected people a test finds so many; of others it is wrong about so many; and so many tests fail. */
const [sensitivity, falsePositives, invalid] = [0.9, 0.0005, 0.006]

/**
 * What becomes of it when somebody is asked for a test, the same every time it is asked.
 * @param seed  of the scenario
 */
export const drawTest = (person: Arrived, seed: number): DrawnTest => {
  const random = streamOf(seed, ...keysOf(person))
  const isInfected = happens(random, prevalenceOf(person))
  const refusal = uniform(random)
  const offer = refusal < declines ? 'declined' : refusal < declines + lacksKit ? 'no-kit' : 'taken'
  const isPositive = happens(random, isInfected ? sensitivity : falsePositives)
  const isInvalid = happens(random, invalid)
  return {
    offer,
    result: isInvalid ? 'invalid' : isPositive ? 'positive' : 'negative',
    resultAfterMinutes: Math.round(240 + 240 * uniform(random)),
  }
}
