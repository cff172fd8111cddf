import { screeningYield, temperatureDetection } from '@guankou/models/yield/screening-yield.ts'
import type { Command } from 'commander'
import { decimal, withFormat } from './options.ts'
import { readRows } from './read-rows.ts'
import { withBadInput } from './with-bad-input.ts'
import { type Format, writeRows } from './write-rows.ts'

type Options = { readonly screenings: string; readonly worthMinutes?: number; readonly format: Format }

const columns = [
  'post',
  'method',
  'screened',
  'findings',
  'screened_per_finding',
  'screened_per_finding_low95',
  'screened_per_finding_high95',
  'minutes_per_finding',
  'minutes_per_finding_low95',
  'minutes_per_finding_high95',
  'detection',
  'missed',
  'missed_low95',
  'missed_high95',
  'verdict',
] as const

const readScreenings = (file: string) =>
  readRows(file, ['post', 'method', 'screened', 'findings'], (row) => {
    const [screened, findings] = [row.count('screened'), row.count('findings')]
    if (findings > screened)
      row.refuse('findings', { en: 'more findings than screened', zh: '发现数多于查验数' })
    const method = row.name('method')
    const share = row.has('detection') ? row.optionalNumber('detection', 0, 1) : null
    return {
      post: row.name('post'),
      method,
      screened,
      findings,
      detection: share === null ? temperatureDetection(method) : { value: share, low: share, high: share },
      officerMinutes: row.has('officer_minutes') ? row.optionalNumber('officer_minutes', 0) : null,
    }
  })

const run = async ({ screenings, worthMinutes, format }: Options): Promise<void> => {
  const inputs = await readScreenings(screenings)
  const rows = await withBadInput(screenings, () =>
    inputs.map((input) => {
      const found = screeningYield({ ...input, worthMinutesPerFinding: worthMinutes ?? null })
      const { screenedPerFinding, minutesPerFinding, missed, verdict } = found
      return {
        post: input.post,
        method: input.method,
        screened: input.screened,
        findings: input.findings,
        screened_per_finding: screenedPerFinding.value,
        screened_per_finding_low95: screenedPerFinding.low95,
        screened_per_finding_high95: screenedPerFinding.high95,
        minutes_per_finding: minutesPerFinding.value,
        minutes_per_finding_low95: minutesPerFinding.low95,
        minutes_per_finding_high95: minutesPerFinding.high95,
        detection: input.detection?.value ?? null,
        missed: missed.value,
        missed_low95: missed.low95,
        missed_high95: missed.high95,
        verdict,
      }
    }),
  )
  await writeRows(format, columns, rows)
}

const filesHelp = `
Files (CSV):
  --screenings  post,method,screened,findings    findings are confirmed ones; also officer_minutes, detection
method is forehead, gate, ear or axillary for a temperature that is taken so; for another one give detection, the share of
infected arrivals that it finds.
`

export const yieldCommand = (models: Command): void => {
  withFormat(
    models
      .command('yield')
      .description('what each post and method finds for what it costs, and what it misses')
      .requiredOption('--screenings <file>', 'counts by post and method')
      .option('--worth-minutes <number>', 'working minutes that one finding is worth', decimal(0, 1e9))
      .addHelpText('after', filesHelp),
  ).action(run)
}
