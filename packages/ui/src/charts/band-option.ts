import type { ChartOption } from '#src/charts/echarts.ts'
import type { Tokens } from '#src/theme/parse-tokens.ts'

/** One step of time of a series with what was expected of it. */
export type BandPoint = {
  /** What stands at the axis, `14`. */
  readonly label: string
  /** What stands in the tooltip, `2020-01-23 14:00`. */
  readonly time: string
  /** Null where it has not begun; `running` where it is not over, so that its count is not drawn as a fall. */
  readonly observed: number | null
  readonly isOver: boolean
  readonly expected: number
  readonly low: number
  readonly high: number
  readonly alarm: boolean
}

export type BandWords = {
  readonly observed: string
  readonly expected: string
  readonly number: (value: number) => string
}

const tooltipOf = (points: readonly BandPoint[], words: BandWords) => (hovered: unknown) => {
  const [first] = hovered as readonly { readonly dataIndex: number }[]
  const point = points[first?.dataIndex ?? -1]
  if (point === undefined) return ''
  const { number } = words
  return [
    point.time,
    ...(point.observed === null ? [] : [`${words.observed}  ${number(point.observed)}`]),
    `${words.expected}  ${number(point.expected)}  [${number(point.low)}, ${number(point.high)}]`,
  ].join('\n')
}

const bandSeries = (points: readonly BandPoint[], tokens: Tokens) => {
  const hidden = { showSymbol: false, lineStyle: { opacity: 0 }, silent: true, stack: 'band', type: 'line' }
  return [
    { ...hidden, data: points.map((point) => point.low) },
    {
      ...hidden,
      data: points.map((point) => point.high - point.low),
      areaStyle: { color: tokens['indigo-soft'], opacity: 1 },
    },
    {
      type: 'line',
      showSymbol: false,
      silent: true,
      data: points.map((point) => point.expected),
      lineStyle: { color: tokens.indigo, width: 1, type: 'dashed' },
    },
  ]
}

const observedSeries = (points: readonly BandPoint[], tokens: Tokens) => [
  {
    type: 'line',
    showSymbol: false,
    data: points.map((point) => (point.isOver ? point.observed : null)),
    lineStyle: { color: tokens.jade, width: 2 },
    itemStyle: { color: tokens.jade },
  },
  {
    type: 'scatter',
    symbolSize: 8,
    data: points.map((point) => (point.alarm ? point.observed : null)),
    itemStyle: { color: tokens.vermilion },
  },
]

/** A series against its band: what was counted bold, what was expected dashed, hours that alarmed as dots. */
export const bandOption = (points: readonly BandPoint[], words: BandWords, tokens: Tokens): ChartOption => {
  const axisLabel = { color: tokens['ink-3'], fontSize: 10 }
  return {
    grid: { left: 32, right: 8, top: 8, bottom: 18 },
    xAxis: {
      type: 'category',
      data: points.map((point) => point.label),
      boundaryGap: false,
      axisLabel: { ...axisLabel, interval: 5 },
      axisLine: { lineStyle: { color: tokens.line } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      min: 0,
      splitNumber: 2,
      minInterval: 1,
      axisLabel,
      splitLine: { lineStyle: { color: tokens.line } },
    },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      backgroundColor: tokens.card,
      borderColor: tokens.line,
      textStyle: { color: tokens.ink, fontSize: 12 },
      formatter: tooltipOf(points, words),
    },
    series: [...bandSeries(points, tokens), ...observedSeries(points, tokens)],
  }
}
