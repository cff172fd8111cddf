import type { Bounds, FlowLine } from '#src/maps/flows.ts'
import type { Tokens } from '#src/theme/parse-tokens.ts'

/** Pixels at the edges that the bounds leave free, for headings and legends; land goes on beneath them. */
export type Insets = { readonly top: number; readonly bottom: number; readonly side: number }
const noInsets: Insets = { top: 0, bottom: 0, side: 0 }

/** Ground of a map: what is outside lies back, what is inside is paper-white, nothing of it reacts. */
export const geoGround = (mapName: string, bounds: Bounds, tokens: Tokens, insets = noInsets) => ({
  map: mapName,
  left: insets.side,
  right: insets.side,
  top: insets.top,
  bottom: insets.bottom,
  roam: false,
  silent: true,
  // A degree of longitude is shorter than one of latitude by the cosine of the latitude.
  aspectScale: Math.cos((((bounds.south + bounds.north) / 2) * Math.PI) / 180),
  boundingCoords: [
    [bounds.west, bounds.north],
    [bounds.east, bounds.south],
  ],
  itemStyle: { areaColor: tokens.card, borderColor: tokens['ink-4'], borderWidth: 0.6 },
  label: { show: false },
})

export const mapTooltip = (tokens: Tokens) => ({
  renderMode: 'richText',
  backgroundColor: tokens.card,
  borderColor: tokens.line,
  textStyle: { color: tokens.ink, fontSize: 12, lineHeight: 18 },
  confine: true,
})

/** Flow lines, as wide as their travellers are many. @param words text of the pointer's hint */
export const flowSeries = (
  lines: readonly FlowLine[],
  tokens: Tokens,
  words: (line: FlowLine) => string,
) => ({
  type: 'lines',
  coordinateSystem: 'geo',
  zlevel: 0,
  lineStyle: { color: tokens.indigo, opacity: 0.42, curveness: 0.16, cap: 'butt' },
  emphasis: { lineStyle: { opacity: 0.8 } },
  data: lines.map((line) => ({
    coords: [line.from, line.to],
    lineStyle: { width: line.widthPixels },
    tooltip: { formatter: () => words(line) },
  })),
})

const besideLine = (line: FlowLine) =>
  line.from[0] > line.to[0] && Math.abs(line.from[0] - line.to[0]) > Math.abs(line.from[1] - line.to[1])
    ? { position: 'top', align: 'right', distance: 3 + line.widthPixels / 2 }
    : { position: 'right', distance: 4 + line.widthPixels / 2 }

/** Names at the outer ends of flow lines. */
export const flowLabels = (
  lines: readonly FlowLine[],
  tokens: Tokens,
  words: (line: FlowLine) => string,
) => ({
  type: 'scatter',
  coordinateSystem: 'geo',
  silent: true,
  symbolSize: 1,
  itemStyle: { color: 'transparent' },
  label: {
    show: true,
    position: 'right',
    color: tokens['ink-2'],
    fontSize: 11,
    formatter: (datum: { dataIndex: number }) => {
      const line = lines[datum.dataIndex]
      return line === undefined ? '' : words(line)
    },
    textBorderColor: tokens.card,
    textBorderWidth: 2,
  },
  labelLayout: { hideOverlap: true, moveOverlap: 'shiftY' },
  // The name stands clear of its line, however wide that is, and inside the picture.
  data: lines.map((line) => ({
    value: [...line.from],
    label: besideLine(line),
  })),
})
