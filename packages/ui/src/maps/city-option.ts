import type { ChartOption } from '#src/charts/echarts.ts'
import type { Bounds, FlowLine } from '#src/maps/flows.ts'
import { flowLabels, flowSeries, geoGround, type Insets, mapTooltip } from '#src/maps/map-parts.ts'
import type { MarkState, PostMark } from '#src/maps/post-marks.ts'
import type { Tokens } from '#src/theme/parse-tokens.ts'

export type CityMapInput = {
  readonly mapName: string
  readonly bounds: Bounds
  readonly insets: Insets
  readonly marks: readonly PostMark[]
  readonly flows: readonly FlowLine[]
  /** Regions of the area itself, by code, with the name to show; all other regions are neighbours. */
  readonly districts: ReadonlyMap<string, string>
  readonly neighbours: readonly string[]
  readonly words: {
    /** Short label beside a mark that calls for someone, empty for none. */
    readonly mark: (mark: PostMark) => string
    readonly markHint: (mark: PostMark) => string
    readonly flow: (line: FlowLine) => string
  }
}

/** Colour of a state: the strong one for edges, lines and text. */
export const stateColour = (state: MarkState, tokens: Tokens): string =>
  ({ well: tokens.jade, look: tokens.amber, act: tokens.vermilion, silent: tokens['ink-4'] })[state]

const softColour = (state: MarkState, tokens: Tokens): string =>
  ({
    well: tokens['jade-soft'],
    look: tokens['amber-soft'],
    act: tokens['vermilion-soft'],
    silent: tokens.card,
  })[state]

/** Names stand to the right, and to the left near the right edge, where they would be cut. */
const nameSide = (longitude: number, { west, east }: Bounds): 'left' | 'right' =>
  longitude > west + (east - west) * 0.7 ? 'left' : 'right'

const markDatum = (mark: PostMark, { words, bounds }: CityMapInput, tokens: Tokens) => {
  const strong = stateColour(mark.state, tokens)
  return {
    id: mark.id,
    name: mark.name,
    value: [mark.longitude, mark.latitude],
    symbolSize: mark.radiusPixels * 2,
    itemStyle: {
      // A filled circle stands where the post is known to be; an open one where that is only assumed.
      color: mark.illustrative ? softColour(mark.state, tokens) : strong,
      borderColor: mark.illustrative ? strong : tokens.card,
      borderWidth: mark.illustrative ? 1.6 : 1,
      opacity: 0.94,
    },
    label: {
      show: words.mark(mark) !== '',
      formatter: () => words.mark(mark),
      color: strong,
      position: nameSide(mark.longitude, bounds),
    },
    tooltip: { formatter: () => words.markHint(mark) },
  }
}

/** How the city is drawn: outlines, flows under the posts, posts that call for someone named. */
export const cityOption = (input: CityMapInput, tokens: Tokens): ChartOption => ({
  tooltip: mapTooltip(tokens),
  geo: {
    ...geoGround(input.mapName, input.bounds, tokens, input.insets),
    nameProperty: 'code',
    regions: [
      ...input.neighbours.map((name) => ({
        name,
        itemStyle: { areaColor: tokens.paper, borderColor: tokens.line },
      })),
      ...[...input.districts].map(([name, text]) => ({
        name,
        label: { show: true, formatter: () => text, color: tokens['ink-3'], fontSize: 11 },
      })),
    ],
  },
  series: [
    flowSeries(input.flows, tokens, input.words.flow),
    flowLabels(input.flows, tokens, input.words.flow),
    {
      type: 'scatter',
      coordinateSystem: 'geo',
      zlevel: 1,
      cursor: 'pointer',
      label: {
        fontSize: 12,
        fontWeight: 600,
        textBorderColor: tokens.card,
        textBorderWidth: 3,
      },
      labelLayout: { hideOverlap: false, moveOverlap: 'shiftY' },
      emphasis: { scale: 1.2 },
      data: input.marks.map((mark) => markDatum(mark, input, tokens)),
    },
  ],
})
