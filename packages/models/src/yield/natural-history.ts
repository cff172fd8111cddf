import { gammaTails } from '#src/numerics/incomplete-gamma.ts'

/** What decides whether an infected person shows at a post. */
export type NaturalHistory = {
  /** Days from infection to symptoms: mean and standard deviation of a gamma distribution. */
  readonly incubationMeanDays: number
  readonly incubationSdDays: number
  /** Share of the infected who ever have symptoms. */
  readonly symptomaticShare: number
  /** Share of those with symptoms who have a fever at the post. */
  readonly feverShare: number
  /** Growth of infections in the origin, per day; may be negative. Fast growth means recent infections. */
  readonly growthPerDay: number
  /** Share of people with symptoms who travel all the same. */
  readonly travelsIllShare: number
  /** Longest time since infection, days; those infected earlier are taken as recovered. */
  readonly longestDays: number
}

/**
 * COVID-19 as known in February 2020.
 * Incubation 5.5 days (4.5-6.5), sd 2.25, and a quarter without symptoms (5-50 %): Gostic et al., eLife 9:e55570 (2020),
 * doi:10.7554/eLife.55570, table 1. Fever 43.8 % on admission, 88.7 % at some time: Guan et al., N Engl J Med 382:1708
 * (2020), doi:10.1056/NEJMoa2002032; the post sees people earlier than the hospital does, so the first is used. Growth by
 * doubling in 7.31 days: Du et al., Emerg Infect Dis 26:1049 (2020), doi:10.3201/eid2605.200146.
 */
export const covidNaturalHistory: NaturalHistory = {
  incubationMeanDays: 5.5,
  incubationSdDays: 2.25,
  symptomaticShare: 0.75,
  feverShare: 0.438,
  growthPerDay: Math.LN2 / 7.31,
  travelsIllShare: 0.5,
  longestDays: 21,
}

/** The same with every uncertain value at the end that helps the post, and at the end that does not. */
export const covidBounds: { readonly best: NaturalHistory; readonly worst: NaturalHistory } = {
  best: {
    ...covidNaturalHistory,
    incubationMeanDays: 4.5,
    symptomaticShare: 0.95,
    feverShare: 0.887,
    travelsIllShare: 1,
  },
  worst: { ...covidNaturalHistory, incubationMeanDays: 6.5, symptomaticShare: 0.5, travelsIllShare: 0.2 },
}

/** Sensitivity of a method for a fever, with the range that studies give. */
export type Sensitivity = { readonly value: number; readonly low: number; readonly high: number }

/**
 * Infrared thermometers and cameras: 0.70 (0.60-0.90) after Gostic et al., table 1; six studies range from 0.04 to 0.896
 * (Bitar et al., Euro Surveill 14(6):19115 (2009), doi:10.2807/ese.14.06.19115-en). A contact thermometer measures what
 * fever is defined by; 0.95 allows for its handling and is an assumption.
 */
export const feverSensitivity: Readonly<Record<string, Sensitivity>> = {
  forehead: { value: 0.7, low: 0.6, high: 0.9 },
  gate: { value: 0.7, low: 0.6, high: 0.9 },
  ear: { value: 0.7, low: 0.6, high: 0.9 },
  axillary: { value: 0.95, low: 0.85, high: 1 },
}

const requireHistory = (history: NaturalHistory): void => {
  const shares = [history.symptomaticShare, history.feverShare, history.travelsIllShare]
  const lengths = [history.incubationMeanDays, history.incubationSdDays, history.longestDays]
  const holds =
    shares.every((share) => share >= 0 && share <= 1) &&
    lengths.every((days) => days > 0 && Number.isFinite(days)) &&
    Number.isFinite(history.growthPerDay)
  if (!holds) throw new RangeError('not a natural history')
}

const stepsOfSimpson = 400

/**
 * Share of infected arrivals who have a fever at the post.
 *   ∫ e^(−r a) s τ F(a) f da / ∫ e^(−r a) (1 − s F(a) (1 − τ)) da,   a from 0 to the longest time since infection
 * with growth r, symptomatic share s, share τ of the ill who travel, incubation F, fever share f.
 * @returns a share in [0, 1]
 * @throws RangeError where a value is out of its domain
 * Assumes that whoever has symptoms keeps them to the end of the period, and that being ill changes travel by τ only.
 * Method: Simpson's rule with 400 steps; error below 1e-6.
 * Source: after the individual model of Gostic et al. (2020), doi:10.7554/eLife.55570
 * @example febrileShare({ ...covidNaturalHistory, symptomaticShare: 0 }) // 0
 */
export const febrileShare = (history: NaturalHistory): number => {
  requireHistory(history)
  const { incubationMeanDays: mean, incubationSdDays: sd, symptomaticShare, travelsIllShare } = history
  const shape = (mean / sd) ** 2
  const width = history.longestDays / stepsOfSimpson
  let [febrile, all] = [0, 0]
  for (let step = 0; step <= stepsOfSimpson; step++) {
    const age = step * width
    const weight = step === 0 || step === stepsOfSimpson ? 1 : step % 2 === 1 ? 4 : 2
    const infected = weight * Math.exp(-history.growthPerDay * age)
    const ill = symptomaticShare * gammaTails(shape, (age * shape) / mean).lower
    febrile += infected * ill * travelsIllShare * history.feverShare
    all += infected * (1 - ill * (1 - travelsIllShare))
  }
  return febrile / all
}
