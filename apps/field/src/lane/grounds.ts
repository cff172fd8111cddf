import type { MatchReason } from '@guankou/contract/matching/reasons.ts'
import type { RuleSet } from '@guankou/contract/responses/response.ts'
import type { Disposition } from '@guankou/contract/screening/dispositions.ts'
import { dispositionRank } from '@guankou/contract/screening/dispositions.ts'
import type { Exposure } from '@guankou/contract/screening/record-screening.ts'
import { daysBetween } from '@guankou/domain/places/calendar.ts'
import type { ScreenedTraveller, ScreeningRecorded } from '@guankou/domain/screening/screening-recorded.ts'
import { type SecondReadingDoubt, secondReadingDoubts } from '@guankou/domain/screening/second-reading.ts'

/** One fact that an outcome rests on, to be put in words by the screen. */
export type Ground =
  | { readonly is: 'temperature'; readonly celsius: number; readonly method: string; readonly hot: boolean }
  | { readonly is: 'under-threshold'; readonly thresholdCelsius: number }
  | { readonly is: 'not-measured' }
  | { readonly is: 'reading-gap'; readonly minutes: number }
  | { readonly is: 'second-doubt'; readonly doubt: SecondReadingDoubt }
  | { readonly is: 'contact' }
  | { readonly is: 'listed'; readonly reason: MatchReason; readonly confirmed: boolean }
  | { readonly is: 'stay'; readonly areaCode: number; readonly daysAgo: number }
  | { readonly is: 'symptoms'; readonly codes: readonly string[] }

const readingGrounds = ({ entered }: ScreenedTraveller, ruleSet: RuleSet): readonly Ground[] => {
  const { feverThresholdCelsius: thresholdCelsius } = ruleSet
  const grounds = entered.readings.map((reading): Ground => {
    const celsius = reading.temperatureCelsius
    return celsius === undefined
      ? { is: 'under-threshold', thresholdCelsius }
      : { is: 'temperature', celsius, method: reading.method, hot: celsius >= thresholdCelsius }
  })
  const [first, second] = entered.readings
  if (first === undefined) return [{ is: 'not-measured' }]
  if (second === undefined) return grounds
  const minutes = Math.round((Date.parse(second.at) - Date.parse(first.at)) / 60_000)
  const doubts = secondReadingDoubts(entered.readings, ruleSet)
  return [
    ...grounds,
    { is: 'reading-gap', minutes },
    ...doubts.map((doubt) => ({ is: 'second-doubt', doubt }) as const),
  ]
}

const stayGround = (exposure: Exposure, day: string): Ground => ({
  is: 'stay',
  areaCode: exposure.areaCode,
  daysAgo: daysBetween(exposure.leftOn, day),
})

/** What was found of one traveller, in the order it is read out. */
export const groundsOf = (screened: ScreenedTraveller, ruleSet: RuleSet, day: string): readonly Ground[] => {
  const { entered } = screened
  return [
    ...readingGrounds(screened, ruleSet),
    ...(entered.contactWithCase ? [{ is: 'contact' } as const] : []),
    ...(entered.listed ?? []).map(({ reason, confirmed }) => ({ is: 'listed', reason, confirmed }) as const),
    ...entered.exposures.map((exposure) => stayGround(exposure, day)),
    ...(entered.symptoms.length > 0 ? [{ is: 'symptoms', codes: entered.symptoms } as const] : []),
  ]
}

/** Travellers from the strictest disposition to the mildest; equals in the order of their seats. */
export const byStrictness = (fact: ScreeningRecorded): readonly ScreenedTraveller[] =>
  [...fact.travellers].sort(
    (a, b) =>
      dispositionRank(b.decision.disposition) - dispositionRank(a.decision.disposition) ||
      a.entered.seat - b.entered.seat,
  )

/** How loudly an outcome is shown: colour, sign, sound and vibration follow it together. */
export type Tone = 'calm' | 'advice' | 'look' | 'act'

export const toneOf: Readonly<Record<Disposition, Tone>> = {
  passed: 'calm',
  advised: 'advice',
  'second-check': 'look',
  'home-quarantine': 'act',
  'central-quarantine': 'act',
  'turned-back': 'act',
  referred: 'act',
}

/** Lowest and highest number measured aboard, degrees Celsius; nothing where no number was taken. */
export const measuredRange = (
  fact: ScreeningRecorded,
): { readonly lowest: number; readonly highest: number } | undefined => {
  const numbers = fact.travellers.flatMap(({ entered }) =>
    entered.readings.flatMap((reading) => reading.temperatureCelsius ?? []),
  )
  if (numbers.length === 0) return undefined
  return { lowest: Math.min(...numbers), highest: Math.max(...numbers) }
}
