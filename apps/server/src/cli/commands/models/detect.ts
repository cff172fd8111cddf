import { type Command, Option } from 'commander'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import { type DetectOptions, foreignOptions, methods, withParameters } from './detect/options.ts'
import { monitoredRange } from './detect/range.ts'
import { runDetector } from './detect/run-detector.ts'
import { readSeries } from './detect/series.ts'
import { withFormat } from './options.ts'
import { createProgressBar } from './progress-bar.ts'
import { withBadInput } from './with-bad-input.ts'
import { writeRows } from './write-rows.ts'

const columns = ['t', 'observed', 'expected', 'upperbound', 'score', 'alarm'] as const

/** Numbered time points stay numbers in JSON. */
const timeCell = (time: string): string | number => (/^(0|[1-9]\d{0,14})$/.test(time) ? Number(time) : time)

const detect = async (options: DetectOptions): Promise<void> => {
  const foreign = foreignOptions(options, options.method)
  if (foreign.length > 0)
    throw new CommandFailure(
      `${options.method} does not know ${foreign.join(', ')} · 该方法不支持这些选项`,
      exitCodes.badInput,
    )
  const series = await readSeries(options)
  const range = monitoredRange(series, options)
  const bar = createProgressBar({ en: 'Time points', zh: '时间点' }, range.last - range.first + 1)
  const points = await withBadInput(options.series, () =>
    runDetector(series, options, range, bar.show),
  ).finally(bar.end)
  await writeRows(
    options.format,
    columns,
    points.map((point, index) => ({
      t: timeCell(series.times[range.first + index] ?? ''),
      observed: point.observed,
      expected: point.expected,
      upperbound: point.upperBound,
      score: point.score,
      alarm: point.alarm ? 1 : 0,
    })),
  )
}

export const detectCommand = (models: Command): void => {
  const command = models
    .command('detect')
    .description(
      'what is unusual in a series of counts: expected, upper bound, score and alarm per time point',
    )
    .requiredOption('--series <file>', 'CSV, plain or gzip: one row for each time point, in order')
    .addOption(new Option('--method <name>', 'detector').choices(methods).makeOptionMandatory())
    .option('--time-column <name>', 'column of the time; t, date and the like are found')
    .option('--count-column <name>', 'column of the count; observed, cases and the like are found')
    .option('--from <time>', 'first time point judged: a time of the file, or its number from 1')
    .option('--to <time>', 'last time point judged')
  withFormat(withParameters(command)).action(detect)
}
