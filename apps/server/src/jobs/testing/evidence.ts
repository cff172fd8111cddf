import type { PostYield, TypeEvidence } from '@guankou/contract/testing/allocation.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import { withholdOrigins } from '@guankou/domain/situation/withhold-origins.ts'
import { logitNormalInterval, logitNormalMean } from '@guankou/models/allocation/logit-normal.ts'
import { logOddsOf } from '@guankou/models/allocation/prevalence-filter.ts'
import { assessFairness } from '@guankou/models/fairness/assess-fairness.ts'
import { type Estimate, screeningYield, temperatureDetection } from '@guankou/models/yield/screening-yield.ts'
import { stateOn, type TestingState } from './learn.ts'
import { type TypeCode, typeOf } from './traveller-type.ts'

/** Tests with a result in the window, in one jurisdiction. */
export type TypeTally = {
  readonly jurisdiction: number
  readonly type: TypeCode
  readonly arrivals: number
  readonly tested: number
  readonly positives: number
}

export type MethodTally = {
  readonly jurisdiction: number
  readonly postId: number
  readonly method: PostYield['method']
  readonly screened: number
  readonly findings: number
  readonly minutes: number | null
}

export type EvidenceInput = {
  readonly state: TestingState | null
  readonly day: string
  readonly cityCode: number
  /** The city and its districts. */
  readonly areas: readonly number[]
  readonly types: readonly TypeTally[]
  readonly methods: readonly MethodTally[]
  /** Types that a rule treats worse than others. */
  readonly singledOut: readonly TypeCode[]
  readonly worthMinutes: number | null
  readonly smallCount: number
}

export type AreaEvidence = {
  readonly area: number
  readonly fairness: readonly Omit<TypeEvidence, 'originName'>[]
}
export type Evidence = {
  readonly areas: readonly AreaEvidence[]
  readonly yields: readonly (PostYield & { readonly jurisdiction: number })[]
}

const interval = ({ value, low95, high95 }: Estimate): PostYield['missed'] => ({
  value,
  low: low95,
  high: high95,
  level: 0.95,
})

type Told = (
  area: number,
  key: number,
) => { readonly whole: number | null; readonly found: number | null } | undefined

/** What may be told of whole and found, so that no count from 1 to 4 can be worked out from all that is told. */
const telling = (
  rows: readonly {
    readonly jurisdiction: number
    readonly key: number
    readonly whole: number
    readonly found: number
  }[],
  { cityCode, smallCount }: EvidenceInput,
): Told => {
  const counts = rows.map(({ jurisdiction, key, whole, found }) => ({
    jurisdiction,
    originCode: key,
    travellers: whole,
    febrile: found,
  }))
  const told = withholdOrigins(counts, cityCode, smallCount)
  return (area, key) => {
    const one = told(area).origins.get(key)
    return one === undefined ? undefined : { whole: one.travellers, found: one.febrile }
  }
}

const add = (rows: readonly TypeTally[], count: (row: TypeTally) => number): number =>
  rows.reduce((total, row) => total + count(row), 0)

const fairnessOf = (input: EvidenceInput, area: number, told: Told): AreaEvidence => {
  const { state, day, singledOut } = input
  const here = Map.groupBy(
    input.types.filter(({ jurisdiction }) => liesIn(jurisdiction, area)),
    ({ type }) => type,
  )
  const rows = [...here].map(([type, tallies]) => ({
    type,
    origin: String(type),
    arrivals: add(tallies, (row) => row.arrivals),
    screened: add(tallies, (row) => row.tested),
    findings: add(tallies, (row) => row.positives),
    isSingledOut: singledOut.includes(type),
  }))
  const tested = rows.filter(({ screened, isSingledOut }) => screened > 0 || isSingledOut)
  // Somebody tested who is not counted among arrivals yet came after the last count.
  const assessed = assessFairness(tested.map((row) => ({ ...row, arrivals: null })))
  const { types, prior, belief } = stateOn(
    state,
    day,
    tested.map(({ type }) => type),
  )
  const logOdds = logOddsOf(
    prior,
    belief,
    types.map(() => []),
  )
  const fairness = tested.flatMap((row, at) => {
    const one = assessed[at]
    if (one === undefined) return []
    const place = types.indexOf(row.type)
    const [mean, variance] = [logOdds.mean[place] ?? 0, logOdds.variance[place] ?? 0]
    const { low, high } = logitNormalInterval(mean, variance, 0.9)
    const may = told(area, row.type)
    const isTold = may?.whole != null && may.found !== null
    return {
      ...typeOf(row.type),
      tested: row.screened === 0 ? 0 : (may?.whole ?? null),
      positives: row.screened === 0 ? 0 : (may?.found ?? null),
      positivity: isTold
        ? { value: one.found.rate, low: one.found.low, high: one.found.high, level: 0.95 }
        : null,
      prevalence: { value: logitNormalMean(mean, variance), low, high, level: 0.9 },
      isSingledOut: row.isSingledOut,
      verdict: one.verdict,
      isWarned: one.isWarned,
    }
  })
  return { area, fairness }
}

const methodsInOrder: readonly PostYield['method'][] = ['forehead', 'ear', 'axillary', 'gate', 'test']

const yieldsOf = (input: EvidenceInput): Evidence['yields'] =>
  methodsInOrder.flatMap((method) => {
    const tallies = input.methods.filter((tally) => tally.method === method)
    const told = telling(
      tallies.map(({ jurisdiction, postId, screened, findings }) => ({
        jurisdiction,
        key: postId,
        whole: screened,
        found: findings,
      })),
      input,
    )
    return tallies.map(({ jurisdiction, postId, screened, findings, minutes }) => {
      const { screenedPerFinding, minutesPerFinding, missed, verdict } = screeningYield({
        screened,
        findings,
        detection: temperatureDetection(method),
        officerMinutes: minutes,
        worthMinutesPerFinding: input.worthMinutes,
      })
      const own = told(jurisdiction, postId)
      const city = told(input.cityCode, postId)
      const isTold = own?.whole != null && own.found !== null && city?.whole != null && city.found !== null
      return {
        jurisdiction,
        postId,
        method,
        screened: isTold ? screened : null,
        findings: isTold ? findings : null,
        screenedPerFinding: isTold ? interval(screenedPerFinding) : null,
        minutesPerFinding: isTold && minutes !== null ? interval(minutesPerFinding) : null,
        missed: isTold && method !== 'test' ? interval(missed) : null,
        verdict,
      }
    })
  })

/** Sets what tests found beside the rules, area by area, and what posts find for what they cost. */
export const testingEvidence = (input: EvidenceInput): Evidence => {
  const told = telling(
    input.types.map(({ jurisdiction, type, tested, positives }) => ({
      jurisdiction,
      key: type,
      whole: tested,
      found: positives,
    })),
    input,
  )
  return { areas: input.areas.map((area) => fairnessOf(input, area, told)), yields: yieldsOf(input) }
}
