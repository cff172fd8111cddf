import type { FlowSeries } from '@guankou/models/forecast/forecast-posts.ts'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import type { FlowFile, FlowRow } from './flow-rows.ts'

export type Gaps = 'missing' | 'zero'

export type FlowWindows = {
  readonly windowMinutes: number
  /** The first window that is not complete at the time of the forecast. */
  readonly asOf: number
  readonly series: readonly FlowSeries[]
}

const minutesPerDay = 1440

const fixedMinutes = { kdd: 20, tsa: 60, hk: minutesPerDay } as const

const refusal = (file: string, where: string, en: string, zh: string): CommandFailure =>
  new CommandFailure(`${file} was refused · 文件被拒绝\n  ${where}: ${en} · ${zh}`, exitCodes.badInput)

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))

/** Length of a window: the greatest that all times stand at a multiple of, from midnight on. */
const detectMinutes = (file: string, { format, style }: FlowFile, rows: readonly FlowRow[]): number => {
  if (format !== 'long') return fixedMinutes[format]
  if (style.separator === '') return minutesPerDay
  const times = new Set(rows.map(({ minutes }) => minutes))
  if (times.size < 2)
    throw refusal(
      file,
      'window_start',
      'one time alone does not tell how long a window is; give --window',
      '仅一个时间，无法判断时段长度，请用 --window 指定',
    )
  let step = minutesPerDay
  for (const minutes of times) step = divisor(step, minutes % minutesPerDay)
  return step
}

const requireGrid = (file: string, rows: readonly FlowRow[], windowMinutes: number): void => {
  const off = rows.find(({ minutes }) => minutes % windowMinutes !== 0)
  if (off !== undefined)
    throw refusal(
      file,
      `row ${off.row}, window_start`,
      `no window of ${windowMinutes} minutes begins here`,
      `此处不是 ${windowMinutes} 分钟时段的起点`,
    )
}

/** Windows in which anything was reported: another post's silence there is a 0, where the file says so. */
const fillZeros = (values: (number | null)[], isZero: (at: number) => boolean): void => {
  for (const [at, value] of values.entries()) if (value === null && isZero(at)) values[at] = 0
}

/**
 * Puts rows into windows.
 * @param asOfMinutes  nothing of a window that ends later is used; without it, all is
 * @param told  length of a window in minutes; without it, it is detected
 * @param gaps  what an absent window means; without it, 0 in a kdd file where another series has the window, else missing
 * @throws CommandFailure where the length cannot be told, a row stands off the windows, or nothing is before the time
 */
export const flowWindows = (
  file: string,
  flows: FlowFile,
  asOfMinutes: number | undefined,
  told: number | undefined,
  gaps: Gaps | undefined,
): FlowWindows => {
  const before = flows.rows.filter(({ minutes }) => asOfMinutes === undefined || minutes < asOfMinutes)
  if (before.length === 0) throw refusal(file, '--as-of', 'no window is before it', '此前没有任何时段')
  const windowMinutes = told ?? detectMinutes(file, flows, before)
  requireGrid(file, before, windowMinutes)
  const windowOf = (minutes: number): number => Math.floor(minutes / windowMinutes)
  const last = before.reduce((most, { minutes }) => Math.max(most, windowOf(minutes)), 0)
  const asOf = asOfMinutes === undefined ? last + 1 : windowOf(asOfMinutes)
  const known = before.filter(({ minutes }) => windowOf(minutes) < asOf)
  const reported = new Set(known.map(({ minutes }) => windowOf(minutes)))
  const byName = new Map<string, FlowRow[]>()
  for (const row of known) {
    const rows = byName.get(row.series)
    if (rows === undefined) byName.set(row.series, [row])
    else rows.push(row)
  }
  const series = [...byName].map(([name, rows]): FlowSeries => {
    const firstWindow = rows.reduce((least, { minutes }) => Math.min(least, windowOf(minutes)), asOf)
    const values: (number | null)[] = Array.from({ length: asOf - firstWindow }, () => null)
    for (const { minutes, value } of rows) values[windowOf(minutes) - firstWindow] = value
    if (gaps === 'zero') fillZeros(values, () => true)
    else if (gaps === undefined && flows.format === 'kdd')
      fillZeros(values, (at) => reported.has(firstWindow + at))
    const isWhole = values.every((value) => value === null || Number.isSafeInteger(value))
    return { name, unit: isWhole ? 'counts' : 'amounts', firstWindow, values }
  })
  return { windowMinutes, asOf, series }
}
