import type { RuleSet } from '@guankou/contract/responses/response.ts'
import type { TemperatureReading } from '@guankou/contract/screening/record-screening.ts'
import type { ThermometryMethod } from '@guankou/contract/screening/vocabulary.ts'

/** What is unusual about a second reading: it counts nevertheless, and the outcome says so. */
export type SecondReadingDoubt = 'same-method' | 'too-early'

/** A thermometer that shows less than this, or more, was more likely held wrongly than right, degrees Celsius. */
export const plausibleCelsius = { least: 35, most: 42 } as const

/**
 * Whether a number asks for a second look before it is taken. A body this cold or hot is an emergency, and happens.
 * @example isImplausible(33.2) // true
 * @example isImplausible(38.9) // false
 */
export const isImplausible = (celsius: number): boolean =>
  celsius < plausibleCelsius.least || celsius > plausibleCelsius.most

const deepestFirst: readonly ThermometryMethod[] = ['ear', 'axillary', 'forehead', 'gate']

/** Methods for a second reading: each but that of the first, the ones that measure deeper before those of the skin. */
export const secondMethods = (first: ThermometryMethod): readonly ThermometryMethod[] =>
  deepestFirst.filter((method) => method !== first)

/**
 * What speaks against a second reading as a check on the first: the same method errs the same way, and a head that was in the
 * sun needs its minutes.
 * @param readings  of one person, in the order taken
 */
export const secondReadingDoubts = (
  readings: readonly TemperatureReading[],
  {
    feverThresholdCelsius,
    secondReadingWaitMinutes,
  }: Pick<RuleSet, 'feverThresholdCelsius' | 'secondReadingWaitMinutes'>,
): readonly SecondReadingDoubt[] => {
  const [first, second] = readings
  if (first?.temperatureCelsius === undefined || second === undefined) return []
  if (first.temperatureCelsius < feverThresholdCelsius) return []
  const waitedMs = Date.parse(second.at) - Date.parse(first.at)
  return [
    ...(second.method === first.method ? (['same-method'] as const) : []),
    ...(waitedMs < secondReadingWaitMinutes * 60_000 ? (['too-early'] as const) : []),
  ]
}
