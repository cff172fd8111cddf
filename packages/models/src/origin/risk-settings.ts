import { arrivalToConfirmation, confirmationToNext, type Delay } from './delay.ts'
import { coronavirusPressure, type PressureSettings } from './pressure.ts'

export type RiskSettings = {
  readonly arrivalToConfirmation: Delay
  readonly confirmationToNext: Delay
  /** Cases that each case gives rise to where arrivals are traced, in [0, 1). */
  readonly reproduction: number
  readonly pressure: PressureSettings
  /** Share of its weight that a day keeps each day, for the level common to all places. */
  readonly levelKept: number
  /** The same for the factors of origins and places. */
  readonly placeKept: number
  /** Cases for which the first level stands. */
  readonly levelPriorCases: number
  /** Shape of the factor of an origin: how alike origins are before their cases are known. */
  readonly originShape: number
  /** Shape of the factor of a province and, while it cannot be estimated, of a place. */
  readonly provinceShape: number
  readonly placeShape: number
  /** Share of places that do not report, before their silence is weighed. */
  readonly silentShare: number
  /** People in one unit of the flows. */
  readonly peoplePerUnit: number
  /** Share of those who reach a place and leave it again within the days after. */
  readonly transitShare: number
  readonly transitDays: number
}

/** People in a point of the Baidu index: 138,412, one estimate from figures of Wuhan; the level corrects it. */
export const peoplePerIndexPoint = 138_412

export const defaultRiskSettings: RiskSettings = {
  arrivalToConfirmation,
  confirmationToNext,
  reproduction: 0.3,
  pressure: coronavirusPressure,
  levelKept: 0.8,
  placeKept: 0.92,
  levelPriorCases: 3,
  originShape: 4,
  provinceShape: 6,
  placeShape: 1.5,
  silentShare: 0.05,
  peoplePerUnit: peoplePerIndexPoint,
  transitShare: 0.1,
  transitDays: 3,
}
