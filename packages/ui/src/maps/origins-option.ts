import type { ChartOption } from '#src/charts/echarts.ts'
import type { Bounds, FlowLine } from '#src/maps/flows.ts'
import { flowLabels, flowSeries, geoGround, mapTooltip } from '#src/maps/map-parts.ts'
import type { Tokens } from '#src/theme/parse-tokens.ts'

export type OriginsMapInput = {
  readonly mapName: string
  readonly bounds: Bounds
  readonly flows: readonly FlowLine[]
  /** How many of the widest lines are named. */
  readonly named: number
  readonly words: { readonly flow: (line: FlowLine) => string; readonly label: (line: FlowLine) => string }
}

/** How arrivals over land are drawn: a line from each origin, the widest ones named. */
export const originsOption = (input: OriginsMapInput, tokens: Tokens): ChartOption => ({
  tooltip: mapTooltip(tokens),
  geo: {
    ...geoGround(input.mapName, input.bounds, tokens),
    itemStyle: { areaColor: tokens.paper, borderColor: tokens['ink-4'], borderWidth: 0.5 },
  },
  series: [
    flowSeries(input.flows, tokens, input.words.flow),
    flowLabels(input.flows.slice(0, input.named), tokens, input.words.label),
    {
      type: 'scatter',
      coordinateSystem: 'geo',
      silent: true,
      symbolSize: 8,
      itemStyle: { color: tokens.jade, borderColor: tokens.card, borderWidth: 1.5 },
      data: input.flows.slice(0, 1).map((line) => ({ value: [...line.to] })),
    },
  ],
})
