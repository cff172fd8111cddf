import { assessFairness, type OriginScreening } from '@guankou/models/fairness/assess-fairness.ts'
import type { IntervalMethod } from '@guankou/models/numerics/binomial-interval.ts'
import { type Command, Option } from 'commander'
import { openProbability, withFormat } from './options.ts'
import { readRows } from './read-rows.ts'
import { withBadInput } from './with-bad-input.ts'
import { type Format, writeRows } from './write-rows.ts'

type Options = {
  readonly screenings: string
  readonly interval: IntervalMethod
  readonly level: number
  readonly significance: number
  readonly format: Format
}

const columns = [
  'origin_code',
  'screened',
  'findings',
  'findings_per_screened',
  'low',
  'high',
  'screened_per_arrival',
  'rate_ratio',
  'chance',
  'verdict',
  'warning',
] as const

const readScreenings = (file: string): Promise<OriginScreening[]> => {
  const rowsOf = new Map<string, number>()
  return readRows(file, ['origin_code', 'screened', 'findings', 'singled_out'], (row) => {
    const origin = row.name('origin_code')
    const earlier = rowsOf.get(origin)
    if (earlier !== undefined)
      row.refuse('origin_code', { en: `stands in row ${earlier} already`, zh: `与第 ${earlier} 行重复` })
    rowsOf.set(origin, row.row)
    const [screened, findings] = [row.count('screened'), row.count('findings')]
    if (findings > screened)
      row.refuse('findings', { en: 'more findings than screened', zh: '发现数多于查验数' })
    const singledOut = row.number('singled_out', 0, 1)
    if (singledOut !== 0 && singledOut !== 1 && !Number.isNaN(singledOut))
      row.refuse('singled_out', { en: 'give 0 or 1', zh: '请填 0 或 1' })
    const arrivals = row.has('arrivals') && row.text('arrivals') !== '' ? row.count('arrivals') : null
    return { origin, screened, findings, arrivals, isSingledOut: singledOut === 1 }
  })
}

const assess = async (options: Options): Promise<void> => {
  const origins = await readScreenings(options.screenings)
  const { level, significance, interval: method } = options
  const assessed = await withBadInput(options.screenings, () =>
    assessFairness(origins, { level, significance, method }),
  )
  const rows = assessed.map((each, at) => ({
    origin_code: each.origin,
    screened: origins[at]?.screened ?? 0,
    findings: origins[at]?.findings ?? 0,
    findings_per_screened: origins[at]?.screened ? each.found.rate : null,
    low: each.found.low,
    high: each.found.high,
    screened_per_arrival: each.screenedPerArrival,
    rate_ratio: each.rateRatio,
    chance: each.chance,
    verdict: each.verdict,
    warning: each.isWarned ? 1 : 0,
  }))
  await writeRows(options.format, columns, rows)
}

const filesHelp = `
Files (CSV):
  --screenings  origin_code,screened,findings,singled_out    one row an origin; also arrivals
singled_out is 1 where a rule treats people from there worse than others, else 0.
`

export const fairnessCommand = (models: Command): void => {
  withFormat(
    models
      .command('fairness')
      .description('findings per screened by origin, and a warning where a rule has no evidence behind it')
      .requiredOption('--screenings <file>', 'counts by origin')
      .addOption(
        new Option('--interval <method>', 'kind of interval')
          .choices(['jeffreys', 'exact'])
          .default('jeffreys'),
      )
      .option('--level <probability>', 'of the intervals', openProbability, 0.95)
      .option('--significance <probability>', 'chance that still counts as evidence', openProbability, 0.05)
      .addHelpText('after', filesHelp),
  ).action(assess)
}
