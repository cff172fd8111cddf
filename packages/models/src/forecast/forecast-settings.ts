/** One way to follow the level: how readily it moves, and whether it goes on as it went. */
export type Follower = {
  /** Which of the two profiles it is measured against: 0 long memory, 1 short memory. */
  readonly profile: 0 | 1
  /** Variance of the level's daily step, in units of the observation variance. */
  readonly level: number
  /** The same for its slope per day; 0 for none. */
  readonly slope: number
  /** Share of the slope that is left after a day. */
  readonly damping: number
}

export type ForecastSettings = {
  /** Days that a profile is fitted to. */
  readonly profileDays: number
  /** Days after which an observation weighs half, for each profile. */
  readonly halfLives: readonly [number, number]
  /** Observations that the prior of one cell (weekday and slot) stands for. */
  readonly cellPrior: number
  /** Observations that the slots of all days stand for beside those of working or rest days. */
  readonly slotPrior: number
  /** Share that a slot shorter than an hour takes from the middle of its neighbours. */
  readonly neighbourShare: number
  /** Variance of a logarithm of a large count about its level. */
  readonly observationVariance: number
  /** Share of a passing deviation that is left after an hour; 0 where a window is a day. */
  readonly deviationPerHour: number
  /** Stationary variance of the deviation, in units of the observation variance. */
  readonly deviationVariance: number
  /** Squared standardised innovation beyond which the level is taken to have broken. */
  readonly breakThreshold: number
  /** Days after which a loss weighs half when followers are weighed. */
  readonly lossHalfLife: number
  /** How sharply followers with higher losses are left out. */
  readonly sharpness: number
  readonly followers: readonly Follower[]
}

type Motion = readonly [level: number, slope: number, damping: number]

const against = (profile: 0 | 1, motions: readonly Motion[]): Follower[] =>
  motions.map(([level, slope, damping]) => ({ profile, level, slope, damping }))

const hourlyMotions: readonly Motion[] = [
  [0.01, 0, 0],
  [0.05, 0, 0],
  [0.3, 0, 0],
  [2, 0, 0],
  [0.3, 0.05, 0.85],
  [0.1, 0.02, 0.95],
  [1, 0.5, 0.9],
  [2, 2, 0.8],
]

const dailyMotions: readonly Motion[] = [
  [0.1, 0, 0],
  [1, 0, 0],
  [4, 0, 0],
  [20, 0, 0],
  [100, 0, 0],
  [1, 0.2, 0.8],
  [4, 0.2, 0.9],
]

const always = {
  profileDays: 70,
  cellPrior: 4,
  slotPrior: 0.5,
  neighbourShare: 0.2,
  observationVariance: 0.03,
} as const

/** Windows shorter than a day. */
export const hourlySettings: ForecastSettings = {
  ...always,
  halfLives: [60, 8],
  deviationPerHour: 0.5,
  deviationVariance: 1.5,
  breakThreshold: 5,
  lossHalfLife: 2,
  sharpness: 25,
  followers: [...against(0, hourlyMotions), ...against(1, hourlyMotions)],
}

/** Windows of a day. The second profile has no weekdays: a short series shows none. */
export const dailySettings: ForecastSettings = {
  ...always,
  halfLives: [28, 28],
  deviationPerHour: 0,
  deviationVariance: 0,
  breakThreshold: 20,
  lossHalfLife: 30,
  sharpness: 15,
  followers: [...against(0, dailyMotions), ...against(1, dailyMotions)],
}
