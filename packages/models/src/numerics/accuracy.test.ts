import { describe, expect, it } from 'vitest'
import { betaTails, inverseBeta } from './incomplete-beta.ts'
import { gammaTails, inverseGamma } from './incomplete-gamma.ts'
import { digamma, logBeta, logGamma, trigamma } from './log-gamma.ts'
import {
  negativeBinomialProbability,
  negativeBinomialQuantile,
  negativeBinomialTails,
} from './negative-binomial.ts'
import { normalQuantile, normalTails, normalUpperQuantile } from './normal.ts'
import { poissonProbability, poissonQuantile, poissonTails } from './poisson.ts'
import { studentQuantile, studentTails } from './student.ts'

/**
 * Values to 18 digits, computed once with 40 digits from the series of the sources named in the functions, rounded to double
 * precision. Tails are given apart, so that none is a difference from 1.
 */
const betaValues: readonly (readonly [a: number, b: number, x: number, lower: number, upper: number])[] = [
  [0.05, 0.5, 1e-6, 0.4694204086250051, 0.5305795913749949],
  [0.5, 0.5, 0.25, 0.3333333333333333, 0.6666666666666666],
  [0.5, 500.25, 0.01, 0.9984768028202662, 0.001523197179733831],
  [3, 500.25, 0.033385670256925, 0.9999933922146471, 6.607785352876421e-6],
  [12.5, 2.5, 0.3, 6.8516043510695295e-6, 0.9999931483956489],
  [100.25, 30, 0.9, 0.9999905324418957, 9.467558104295974e-6],
  [1000.7, 5000.5, 0.2052406400422676, 0.9999999999999826, 1.7466303088796834e-14],
  [2.5, 5000.5, 1.25e-5, 0.0002812208456296867, 0.9997187791543704],
  [30, 1, 0.75, 0.00017858209017001473, 0.99982141790983],
  [1000.7, 500.25, 0.5, 3.3492553323484884e-39, 1],
]

const gammaValues: readonly (readonly [a: number, x: number, lower: number, upper: number])[] = [
  [0.01, 0.0001, 0.9172143470922541, 0.08278565290774591],
  [0.3, 3e-5, 0.04899063770240902, 0.951009362297591],
  [0.5, 1.5, 0.9167354833364496, 0.0832645166635504],
  [0.5, 30, 0.9999999999999906, 9.485737571073848e-15],
  [1, 1.2, 0.6988057880877979, 0.30119421191220214],
  [2.5, 0.01, 2.987601531906594e-6, 0.999997012398468],
  [10, 40, 0.9999999960740678, 3.925932226286188e-9],
  [99.5, 59.6, 1.4648125984489202e-6, 0.9999985351874016],
  [99.5, 179.3, 0.999999999970008, 2.999203661039647e-11],
  [1000, 1003.1622776601683, 0.5439670835408074, 0.45603291645919264],
  [1000, 747, 7.761557213874487e-19, 1],
  [1000, 1253, 0.9999999999999419, 5.809929519288266e-14],
]

const logGammaValues: readonly (readonly [x: number, value: number])[] = [
  [1e-10, 23.025850929882736],
  [0.001, 6.907178885383853],
  [0.1, 2.252712651734206],
  [0.5, 0.5723649429247001],
  [0.999, 0.0005780385328913802],
  [1.001, -0.0005763935982833062],
  [1.5, -0.12078223763524522],
  [1.999, -0.0004224618006921073],
  [2.001, 0.000423106734800117],
  [2.5, 0.2846828704729192],
  [9.9, 12.57717990421988],
  [25, 54.78472939811232],
  [100.5, 361.4355404677776],
  [10000000, 151180949.3694739],
]

const polygammaValues: readonly (readonly [x: number, digamma: number, trigamma: number])[] = [
  [0.001, -1000.5755719318103, 1000001.6425331958],
  [0.5, -1.9635100260214235, 4.934802200544679],
  [1.4616321449683622, -9.241265521729427e-17, 0.9676722454476212],
  [2.5, 0.7031566406452432, 0.49035775610023485],
  [11.9, 2.4339335368825377, 0.08766320119000419],
  [10000, 9.210290371142849, 0.00010000500016666666],
]

const normalValues: readonly (readonly [z: number, lower: number, upper: number])[] = [
  [-37, 5.725571222524577e-300, 1],
  [-20, 2.7536241186062337e-89, 1],
  [-10, 7.619853024160525e-24, 1],
  [-5, 2.866515718791939e-7, 0.9999997133484281],
  [-1.96, 0.024997895148220435, 0.9750021048517795],
  [-0.3, 0.3820885778110474, 0.6179114221889527],
  [-1e-9, 0.49999999960105773, 0.5000000003989423],
  [0.7, 0.758036347776927, 0.24196365222307303],
  [4, 0.9999683287581669, 3.1671241833119924e-5],
  [8, 0.9999999999999993, 6.220960574271784e-16],
]

const normalQuantileValues: readonly (readonly [p: number, z: number])[] = [
  [1e-300, -37.0470962993612],
  [1e-100, -21.273453560965326],
  [1e-20, -9.262340089798407],
  [1e-6, -4.753424308822899],
  [0.001, -3.0902323061678136],
  [0.025, -1.9599639845400543],
  [0.1, -1.2815515655446004],
  [0.4, -0.2533471031357997],
  [0.4999, -0.00025066283008800747],
]

const poissonValues: readonly (readonly [
  k: number,
  mean: number,
  probability: number,
  lower: number,
  upper: number,
])[] = [
  [0, 0.01, 0.9900498337491681, 0.9900498337491681, 0.009950166250831947],
  [3, 10, 0.007566654960414142, 0.010336050675925718, 0.9896639493240743],
  [30, 10, 1.7115717355367894e-7, 0.9999999201620534, 7.983794659911185e-8],
  [5, 200, 3.690390737964633e-78, 3.784523657876468e-78, 1],
  [1100, 1000, 9.498944242299507e-5, 0.9991323590365564, 0.000867640963443562],
]

const negativeBinomialValues: readonly (readonly [
  k: number,
  mean: number,
  size: number,
  probability: number,
  lower: number,
  upper: number,
])[] = [
  [0, 2, 0.5, 0.4472135954999579, 0.4472135954999579, 0.552786404500042],
  [7, 2, 1, 0.01950922115531169, 0.9609815576893767, 0.03901844231062338],
  [40, 3, 0.7, 1.8011892485436162e-5, 0.9999254654213289, 7.453457867112405e-5],
  [3, 1000, 5, 1.0509681916579419e-10, 1.6857589887053204e-10, 0.9999999998314241],
  [250, 200, 300.5, 0.0006423036184750324, 0.9958635480601002, 0.004136451939899768],
]

const studentValues: readonly (readonly [t: number, degrees: number, lower: number, upper: number])[] = [
  [12.7, 1, 0.9749878361553279, 0.02501216384467208],
  [-3.2, 4.5, 0.013922339715871432, 0.9860776602841286],
  [40, 3, 0.9999828096596054, 1.7190340394579263e-5],
  [0.01, 100, 0.5039793948827858, 0.49602060511721424],
  [6, 200, 0.9999999954424398, 4.557560174405193e-9],
]

/** Relative, also far out in the tails. */
const expectExact = (actual: number, value: number): void => {
  expect(Math.abs(actual - value)).toBeLessThanOrEqual(1e-12 * Math.abs(value))
}

describe('gamma function', () => {
  it.each(logGammaValues)('ln Γ(%d)', (x, value) => expectExact(logGamma(x), value))

  it('has its zeros at 1 and 2', () => {
    expect([logGamma(1), logGamma(2)]).toEqual([0, 0])
  })

  it.each(polygammaValues)('ψ and ψ′ of %d', (x, first, second) => {
    expect(Math.abs(digamma(x) - first)).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(first)))
    expectExact(trigamma(x), second)
  })

  it('gives ln B(a, b) also for large arguments', () => {
    expectExact(logBeta(0.5, 0.5), Math.log(Math.PI))
    expectExact(logBeta(1, 1e8), -Math.log(1e8))
    expectExact(logBeta(1e6, 2), -Math.log(1e6) - Math.log(1e6 + 1))
  })

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('is refused at %d', (x) => {
    expect(() => logGamma(x)).toThrow(RangeError)
  })
})

describe('incomplete gamma function', () => {
  it.each(gammaValues)('P(%d, %d)', (a, x, lower, upper) => {
    const tails = gammaTails(a, x)
    expectExact(tails.lower, lower)
    expectExact(tails.upper, upper)
  })

  it.each(gammaValues)('is inverted at P(%d, %d)', (a, x, lower, upper) => {
    expectExact(inverseGamma(a, { lower, upper }), x)
  })

  it('keeps to its ends', () => {
    expect(gammaTails(3, 0)).toEqual({ lower: 0, upper: 1 })
    expect(gammaTails(3, Number.POSITIVE_INFINITY)).toEqual({ lower: 1, upper: 0 })
    expect(inverseGamma(2, { lower: 0, upper: 1 })).toBe(0)
    expect(() => gammaTails(0, 1)).toThrow(RangeError)
    expect(() => gammaTails(1, -1)).toThrow(RangeError)
  })
})

describe('incomplete beta function', () => {
  it.each(betaValues)('I(%d, %d) at %d', (a, b, x, lower, upper) => {
    const tails = betaTails(a, b, x)
    expectExact(tails.lower, lower)
    expectExact(tails.upper, upper)
  })

  it.each(betaValues)('is inverted at I(%d, %d) at %d', (a, b, x, lower, upper) => {
    expectExact(inverseBeta(a, b, { lower, upper }).x, x)
  })

  it('keeps to its ends', () => {
    expect(betaTails(2, 3, 0)).toEqual({ lower: 0, upper: 1 })
    expect(betaTails(2, 3, 1)).toEqual({ lower: 1, upper: 0 })
    expect(() => betaTails(2, 3, 1.1)).toThrow(RangeError)
    expect(() => betaTails(-2, 3, 0.5)).toThrow(RangeError)
  })
})

describe('normal distribution', () => {
  it.each(normalValues)('Φ(%d)', (z, lower, upper) => {
    expectExact(normalTails(z).lower, lower)
    expectExact(normalTails(z).upper, upper)
  })

  it.each(normalQuantileValues)('quantile at %d', (p, z) => {
    expectExact(normalQuantile(p), z)
    expectExact(normalUpperQuantile(p), -z)
  })

  it('has its median at 0, and no quantile beyond certainty', () => {
    expect(normalQuantile(0.5)).toBe(0)
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY)
    expect(() => normalQuantile(1.5)).toThrow(RangeError)
  })
})

describe('counts', () => {
  it.each(poissonValues)('Poisson: %d with mean %d', (k, mean, probability, lower, upper) => {
    expectExact(poissonProbability(k, mean), probability)
    expectExact(poissonTails(k, mean).lower, lower)
    expectExact(poissonTails(k, mean).upper, upper)
  })

  it.each(negativeBinomialValues)(
    'negative binomial: %d with mean %d and size %d',
    (k, mean, size, probability, lower, upper) => {
      const law = { mean, size }
      expectExact(negativeBinomialProbability(k, law), probability)
      expectExact(negativeBinomialTails(k, law).lower, lower)
      expectExact(negativeBinomialTails(k, law).upper, upper)
    },
  )

  it.each([1e-9, 0.01, 0.5, 0.95, 0.999_999])('have the smallest count that reaches %d', (p) => {
    for (const mean of [0.01, 3.7, 400]) {
      const k = poissonQuantile(p, mean)
      expect(poissonTails(k, mean).lower).toBeGreaterThanOrEqual(p * (1 - 1e-12))
      if (k > 0) expect(poissonTails(k - 1, mean).lower).toBeLessThan(p)
      for (const size of [0.1, 5, 1e5]) {
        const law = { mean, size }
        const q = negativeBinomialQuantile(p, law)
        expect(negativeBinomialTails(q, law).lower).toBeGreaterThanOrEqual(p * (1 - 1e-12))
        if (q > 0) expect(negativeBinomialTails(q - 1, law).lower).toBeLessThan(p)
      }
    }
  })

  it('are whole and not negative', () => {
    expect(() => poissonTails(1.5, 2)).toThrow(RangeError)
    expect(() => negativeBinomialTails(-1, { mean: 1, size: 1 })).toThrow(RangeError)
    expect(() => negativeBinomialQuantile(0.5, { mean: 0, size: 1 })).toThrow(RangeError)
  })
})

describe("Student's t distribution", () => {
  it.each(studentValues)('at %d with %d degrees of freedom', (t, degrees, lower, upper) => {
    expectExact(studentTails(t, degrees).lower, lower)
    expectExact(studentTails(t, degrees).upper, upper)
    if (lower < 0.01) expectExact(studentQuantile(lower, degrees), t)
    if (upper < 0.1) expectExact(-studentQuantile(upper, degrees), t)
  })
})
