import type { MonitoredRange } from '@guankou/models/surveillance/point.ts'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import type { DetectOptions } from './options.ts'
import { pointsPerYear, type Series } from './series.ts'

/** So many years train the mean of a sequential detector where nothing else is asked for. */
const trainingYears = 4

/** A time as it stands in the file, or, for dates, the next one that does. */
const positionOf = ({ times }: Series, asked: string, option: string): number => {
  const exact = times.indexOf(asked)
  if (exact >= 0) return exact
  const isDate = /^\d{4}-\d{2}-\d{2}/.test(asked) && /^\d{4}-\d{2}-\d{2}/.test(times[0] ?? '')
  const position = isDate ? times.findIndex((time) => time >= asked) : Number(asked) - 1
  const outside = isDate
    ? position < 0
    : !(Number.isInteger(position) && position >= 0 && position < times.length)
  if (!outside) return isDate && option === '--to' ? position - 1 : position
  throw new CommandFailure(
    `${option} ${asked} is not a time of the series (${times[0]} … ${times.at(-1)}) · 不在序列的时间范围内`,
    exitCodes.badInput,
  )
}

/**
 * Which time points are judged. Without a beginning all are; detectors that learn their mean from what lies before begin
 * after four years.
 * @throws CommandFailure where a time is not in the series, or where nothing lies before the beginning
 */
export const monitoredRange = (series: Series, options: DetectOptions): MonitoredRange => {
  const end = series.times.length - 1
  const last = options.to === undefined ? end : positionOf(series, options.to, '--to')
  const learns = options.method.startsWith('glr')
  const usual = learns ? trainingYears * pointsPerYear(series, options.freq) : 0
  const first = options.from === undefined ? usual : positionOf(series, options.from, '--from')
  if (options.from === undefined && first > last)
    throw new CommandFailure(
      `${options.series}: ${end + 1} time points are not more than the ${usual} that train the mean; give --from · 时间点不足以训练均值，请用 --from 指定起点`,
      exitCodes.badInput,
    )
  if (first > last) throw new CommandFailure('--from lies after --to · --from 晚于 --to', exitCodes.badInput)
  return { first, last }
}
