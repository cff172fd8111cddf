import type { ChartOption } from '#src/charts/echarts.ts'
import { stateColour } from '#src/maps/city-option.ts'
import type { Bounds } from '#src/maps/flows.ts'
import { geoGround, type Insets, mapTooltip } from '#src/maps/map-parts.ts'
import type { MarkState } from '#src/maps/post-marks.ts'
import type { Tokens } from '#src/theme/parse-tokens.ts'

/** A grid cell on the map. */
export type CellMark = {
  readonly id: number
  readonly longitude: number
  readonly latitude: number
  readonly state: MarkState
  readonly illustrative: boolean
  /** Beside the mark, so that colour alone says nothing. */
  readonly label: string
  readonly hint: string
  /** The one whose figures are open. */
  readonly chosen: boolean
}

export type CellMapInput = {
  readonly mapName: string
  readonly bounds: Bounds
  readonly insets: Insets
  readonly marks: readonly CellMark[]
  /** Regions of the area itself, by code, with the name to show. */
  readonly districts: ReadonlyMap<string, string>
  readonly neighbours: readonly string[]
}

/** A shape for each state, as figures have them. */
const shapes: Readonly<Record<MarkState, string>> = {
  well: 'circle',
  look: 'triangle',
  act: 'diamond',
  silent: 'rect',
}

const sizePixels = 15
/** Cells of which nothing is asked stand back. */
const silentPixels = 8

const datumOf = (mark: CellMark, tokens: Tokens) => {
  const colour = stateColour(mark.state, tokens)
  const size = mark.state === 'silent' ? silentPixels : sizePixels
  return {
    id: mark.id,
    value: [mark.longitude, mark.latitude],
    symbol: shapes[mark.state],
    symbolSize: mark.chosen ? size + 5 : size,
    itemStyle: {
      // As with posts: filled where it is known to be, open where that is only assumed.
      color: mark.illustrative ? tokens.card : colour,
      borderColor: mark.chosen ? tokens.ink : colour,
      borderWidth: mark.chosen ? 3 : 2,
    },
    label: { formatter: () => mark.label, color: mark.state === 'silent' ? tokens['ink-2'] : colour },
    tooltip: { formatter: () => mark.hint },
  }
}

/** Grid cells by how far they have come, on the ground of their districts; those that call for somebody on top. */
export const cellOption = (input: CellMapInput, tokens: Tokens): ChartOption => ({
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
    {
      type: 'scatter',
      coordinateSystem: 'geo',
      cursor: 'pointer',
      label: {
        show: true,
        position: 'bottom',
        distance: 3,
        fontSize: 12,
        fontWeight: 600,
        textBorderColor: tokens.card,
        textBorderWidth: 3,
      },
      labelLayout: { hideOverlap: true, moveOverlap: 'shiftY' },
      emphasis: { scale: 1.2 },
      data: input.marks.map((mark) => datumOf(mark, tokens)),
    },
  ],
})
