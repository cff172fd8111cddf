import type { CurvePoint, DayCurve } from '#src/charts/day-curve.ts'
import type { ChartOption } from '#src/charts/echarts.ts'
import type { Tokens } from '#src/theme/parse-tokens.ts'

export type CurveWords = {
  readonly today: string
  readonly yesterday: string
  /** Number and unit of a pace. */
  readonly pace: (perHour: number) => string
}

const pairs = (points: readonly CurvePoint[], slotMinutes: number): readonly (readonly [number, number])[] =>
  // A pace belongs to the middle of its slot.
  points.map((point) => [(point.slot + 0.5) * slotMinutes, point.perHour])

const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(Math.round(minutes % 60)).padStart(2, '0')}`

const tooltipOf =
  (words: CurveWords, slotMinutes: number) =>
  (hovered: unknown): string => {
    const points = hovered as readonly { seriesName: string; value: readonly [number, number] }[]
    const from = (points[0]?.value[0] ?? 0) - slotMinutes / 2
    const rows = points.map((point) => `${point.seriesName}  ${words.pace(point.value[1])}`)
    return [`${clockOf(from)}–${clockOf(from + slotMinutes)}`, ...rows].join('\n')
  }

const axes = (tokens: Tokens) => {
  const axisLabel = { color: tokens['ink-3'], fontSize: 11 }
  return {
    xAxis: {
      type: 'value',
      min: 0,
      max: 24 * 60,
      interval: 180,
      axisLabel: {
        ...axisLabel,
        formatter: clockOf,
        showMaxLabel: true,
        alignMaxLabel: 'right',
        alignMinLabel: 'left',
      },
      axisLine: { lineStyle: { color: tokens.line } },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      splitNumber: 3,
      minInterval: 1,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel,
      splitLine: { lineStyle: { color: tokens.line } },
    },
  }
}

const yesterdaySeries = (curve: DayCurve, view: CurveView, tokens: Tokens) => ({
  name: view.words.yesterday,
  type: 'line',
  data: pairs(curve.yesterday, view.slotMinutes),
  showSymbol: false,
  lineStyle: { color: tokens['ink-4'], width: 1.5 },
  itemStyle: { color: tokens['ink-4'] },
})

/** Where the data end: the start of the slot that is still filling. */
const nowLine = (running: CurvePoint, view: CurveView, tokens: Tokens) => ({
  silent: true,
  symbol: 'none',
  label: { show: false },
  lineStyle: { color: tokens['ink-4'], type: 'solid', width: 1 },
  data: [{ xAxis: running.slot * view.slotMinutes }],
})

const todaySeries = (curve: DayCurve, view: CurveView, tokens: Tokens) => ({
  name: view.words.today,
  type: 'line',
  data: pairs(curve.today, view.slotMinutes),
  showSymbol: false,
  lineStyle: { color: tokens.jade, width: 2.5 },
  itemStyle: { color: tokens.jade },
  ...(curve.running === null ? {} : { markLine: nowLine(curve.running, view, tokens) }),
})

export type CurveView = {
  readonly slotMinutes: number
  readonly compare: boolean
  readonly words: CurveWords
}

/** How a day's curve is drawn: today bold, yesterday thin, a line where the data end. */
export const curveOption = (curve: DayCurve, view: CurveView, tokens: Tokens): ChartOption => ({
  ...axes(tokens),
  grid: { left: 44, right: 12, top: 12, bottom: 24 },
  tooltip: {
    trigger: 'axis',
    renderMode: 'richText',
    backgroundColor: tokens.card,
    borderColor: tokens.line,
    textStyle: { color: tokens.ink, fontSize: 12 },
    axisPointer: { lineStyle: { color: tokens['ink-4'] } },
    formatter: tooltipOf(view.words, view.slotMinutes),
  },
  series: [...(view.compare ? [yesterdaySeries(curve, view, tokens)] : []), todaySeries(curve, view, tokens)],
})
