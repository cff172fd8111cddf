import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { betaOfMoments, posteriorOf, withPendingTests } from './beta-prior.ts'
import { evaPrintedIndex, gittinsIndex, widened } from './gittins-index.ts'

/** Reference figures stay outside the repository, by default in `shared/data` beside it. */
const folder = join(
  process.env.GUANKOU_REFERENCE_DATA ?? join(import.meta.dirname, '../../../../../shared/data'),
  'eva-greece-2020',
)

const read = (file: string): ((column: string) => number)[] => {
  const [header = '', ...lines] = readFileSync(join(folder, file), 'utf8').trim().split(/\r?\n/)
  const places = new Map(header.split(',').map((name, place) => [name, place]))
  return lines.map((line) => {
    const cells = line.split(',')
    return (column) => Number(cells[places.get(column) ?? -1])
  })
}

const checks: readonly (readonly [name: string, run: () => void])[] = [
  [
    'posteriors by moments agree with what ran in Greece to 1e-6',
    () => {
      const rows = read('oracle_eb_posteriors_synthetic.csv')
      expect(rows.length).toBeGreaterThan(100)
      for (const cell of rows) {
        const prior = betaOfMoments({ first: cell('mom1'), second: cell('mom2') })
        if (prior === null) expect.unreachable('moments without a distribution')
        expect(prior.alpha).toBeCloseTo(cell('alpha'), 6)
        expect(Math.abs(prior.beta / cell('beta') - 1)).toBeLessThan(1e-6)
        const { alpha, beta } = posteriorOf(prior, { tests: cell('num_tested'), positives: cell('num_pos') })
        expect(alpha).toBeCloseTo(cell('alpha.post'), 6)
        expect(Math.abs(beta / cell('beta.post') - 1)).toBeLessThan(1e-6)
      }
    },
  ],
  [
    'both indices agree with their oracles to 1e-6 relative, and with what Eva printed to its own tolerance of 1e-4',
    () => {
      const rows = read('oracle_gittins_index_synthetic.csv')
      expect(rows.length).toBeGreaterThan(50)
      for (const cell of rows) {
        const posterior = { alpha: cell('alpha_post'), beta: cell('beta_post') }
        const law = widened(withPendingTests(posterior, cell('tests_last_48')))
        expect(law.alpha).toBeCloseTo(cell('alpha_eff'), 9)
        expect(Math.abs(evaPrintedIndex(law) / cell('index_eva_code_formula_exact') - 1)).toBeLessThan(1e-6)
        expect(Math.abs(evaPrintedIndex(law) - cell('index_published_sample_output'))).toBeLessThan(1e-4)
        expect(Math.abs(gittinsIndex(law) / cell('index_gutin_farias_ogi_k1') - 1)).toBeLessThan(1e-6)
      }
    },
  ],
]

describe('what ran in Greece', () => {
  if (existsSync(folder)) for (const [name, run] of checks) it(name, run)
  else
    it(`reference data not present, ${checks.length} checks skipped`, () => {
      expect(existsSync(folder)).toBe(false)
      console.log(`reference data not present, ${checks.length} checks skipped`)
    })
})
