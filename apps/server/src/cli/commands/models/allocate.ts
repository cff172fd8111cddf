import { allocateDay, type DayAllocation } from '@guankou/models/allocation/allocate-day.ts'
import {
  type AllocationPolicy,
  allocationPolicies,
  defaultPolicy,
} from '@guankou/models/allocation/policy.ts'
import { originMetricCovariates, prevalenceDefaults } from '@guankou/models/allocation/prevalence-model.ts'
import { reasonOf } from '@guankou/models/allocation/test-reason.ts'
import { type Command, Option } from 'commander'
import { civilDay, wholeNumber } from '#src/cli/options.ts'
import { decimal, withFormat } from './options.ts'
import {
  type AllocationFiles,
  type AllocationTables,
  readAllocationInputs,
} from './read-allocation-inputs.ts'
import { withBadInput } from './with-bad-input.ts'
import { type Format, writeRows } from './write-rows.ts'

type Options = AllocationFiles & {
  readonly policy: AllocationPolicy
  readonly floor: number
  readonly seed: number
  readonly format: Format
}

const columns = [
  'date',
  'post',
  'origin_code',
  'arrivals',
  'tests',
  'tests_by_lot',
  'posterior_mean',
  'low90',
  'high90',
  'index',
  'recent_tests',
  'recent_positives',
  'reason',
] as const

const sum = (values: Iterable<number>): number =>
  Array.from(values).reduce((total, value) => total + value, 0)

/** Expected prevalence of somebody who arrives today, from wherever. */
const averagePrevalence = ({ posts }: AllocationTables, { estimates }: DayAllocation): number => {
  const people = estimates.map((_, origin) => sum(posts.map(({ arrivals }) => arrivals[origin] ?? 0)))
  const total = sum(people)
  return total === 0 ? 0 : sum(people.map((count, origin) => count * (estimates[origin]?.mean ?? 0))) / total
}

const rowsOf = (tables: AllocationTables, allocation: DayAllocation) => {
  const average = averagePrevalence(tables, allocation)
  return tables.posts.flatMap(({ arrivals }, post) => {
    const given = allocation.tests[post] ?? new Float64Array()
    const [postTests, postArrivals] = [sum(given), sum(arrivals)]
    return tables.origins.flatMap((origin, place) => {
      const estimate = allocation.estimates[place]
      const people = arrivals[place] ?? 0
      if (estimate === undefined || people === 0) return []
      const tests = given[place] ?? 0
      const byLot = allocation.byLot[post]?.[place] ?? 0
      const about = { estimate, arrivals: people, tests, byLot, postTests, postArrivals }
      return {
        date: tables.date,
        post: tables.postNames[post] ?? '',
        origin_code: origin,
        arrivals: people,
        tests,
        tests_by_lot: byLot,
        posterior_mean: estimate.mean,
        low90: estimate.low90,
        high90: estimate.high90,
        index: estimate.index,
        recent_tests: estimate.recent.tests,
        recent_positives: estimate.recent.positives,
        reason: reasonOf({ ...about, averagePrevalence: average }),
      }
    })
  })
}

const allocate = async (options: Options): Promise<void> => {
  const tables = await readAllocationInputs(options)
  const { policy, floor: explorationFloor, seed } = options
  const covariates = tables.hasMetrics ? originMetricCovariates : []
  const model = { ...prevalenceDefaults, covariates }
  const allocation = await withBadInput(options.results, () =>
    allocateDay({ ...tables, policy, explorationFloor, seed, model }),
  )
  await writeRows(options.format, columns, rowsOf(tables, allocation))
}

const filesHelp = `
Files (CSV):
  --arrivals  post,origin_code,arrivals           people expected on the day
  --results   date,origin_code,tests,positives    tests with a result; also pending: tests without one
  --budgets   post,tests                          tests that a post can take; also no_show_share, 0 to 0.99
  --origins   origin_code,cases_per_million,positivity    published figures; positivity as cases per 1,000 tests
origin_code is a code of GB/T 2260, 900000 + ISO 3166-1 numeric, two letters of a country, or any other name.
`

export const allocateCommand = (models: Command): void => {
  withFormat(
    models
      .command('allocate')
      .description('divide the tests of a day among posts and origins, with a reason for each')
      .requiredOption('--arrivals <file>', 'people who arrive')
      .requiredOption('--results <file>', 'tests of earlier days')
      .requiredOption('--budgets <file>', 'tests that each post can take')
      .option('--origins <file>', 'published figures of origins')
      .option('--date <day>', 'day of the tests (default: after the last result)', civilDay)
      .addOption(
        new Option('--policy <policy>', 'how tests are given')
          .choices(allocationPolicies)
          .default(defaultPolicy),
      )
      .option('--floor <share>', 'share of each budget that is given by lot', decimal(0, 1), 0.03)
      .option('--seed <number>', 'the same seed gives the same tests', wholeNumber(0, 2_147_483_647), 1)
      .addHelpText('after', filesHelp),
  ).action(allocate)
}
