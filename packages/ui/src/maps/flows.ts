import type { Position } from '@guankou/geodata/boundaries/outline.ts'

export type OriginFlow = {
  readonly code: number
  readonly name: string
  readonly travellers: number
  readonly share: number | null
}

export type FlowLine = OriginFlow & {
  readonly from: Position
  readonly to: Position
  readonly widthPixels: number
}

export type Bounds = {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

export const widestPixels = 11

/** Width of a line that goes with the travellers; never so thin that it vanishes. */
export const widthOfFlow = (travellers: number, most: number): number =>
  most <= 0 ? 1 : Math.max(1, (widestPixels * travellers) / most)

/**
 * Lines from where people came from to where they arrive, widest first.
 * Origins without a place on the map, or at the destination itself, draw no line.
 */
export const toFlowLines = (
  origins: readonly OriginFlow[],
  pointOf: (code: number) => Position | undefined,
  destination: Position,
): readonly FlowLine[] => {
  const most = Math.max(0, ...origins.map((origin) => origin.travellers))
  return origins
    .flatMap((origin) => {
      const from = pointOf(origin.code)
      const here = from !== undefined && from[0] === destination[0] && from[1] === destination[1]
      if (from === undefined || here || origin.travellers === 0) return []
      return [{ ...origin, from, to: destination, widthPixels: widthOfFlow(origin.travellers, most) }]
    })
    .sort((a, b) => b.travellers - a.travellers)
}

/** Share of the way from one point to another at which an edge is crossed, or undefined. */
const crossingShare = (from: Position, to: Position, a: Position, b: Position): number | undefined => {
  const [stepX, stepY] = [to[0] - from[0], to[1] - from[1]]
  const [edgeX, edgeY] = [b[0] - a[0], b[1] - a[1]]
  const area = stepX * edgeY - stepY * edgeX
  if (area === 0) return undefined
  const along = ((a[0] - from[0]) * edgeY - (a[1] - from[1]) * edgeX) / area
  const onEdge = ((a[0] - from[0]) * stepY - (a[1] - from[1]) * stepX) / area
  return along >= 0 && along <= 1 && onEdge >= 0 && onEdge <= 1 ? along : undefined
}

/**
 * Where a line from outside first meets an outline, and a little further, so that it visibly arrives.
 * @param rings closed rings of positions
 * @param furtherShare share of the rest of the way, 0 to 1
 * @returns `to` itself where no ring is crossed
 */
export const arriveAt = (
  from: Position,
  to: Position,
  rings: readonly (readonly Position[])[],
  furtherShare: number,
): Position => {
  const crossings = rings.flatMap((ring) =>
    ring.flatMap((a, index) => {
      const b = ring[index + 1]
      return b === undefined ? [] : (crossingShare(from, to, a, b) ?? [])
    }),
  )
  if (crossings.length === 0) return to
  const first = Math.min(...crossings)
  const share = first + (1 - first) * furtherShare
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
}

/**
 * The part of the line from `outside` to `inside` that lies within the bounds: where a flow enters the picture.
 * Method: the smallest step along the line after which all four edges are passed (Liang and Barsky,
 * https://doi.org/10.1145/357332.357333, for one end).
 * @returns `outside` itself where it already lies within
 */
export const enterAt = (outside: Position, inside: Position, bounds: Bounds): Position => {
  const stepX = inside[0] - outside[0]
  const stepY = inside[1] - outside[1]
  const passed = [
    stepX === 0 ? 0 : ((stepX > 0 ? bounds.west : bounds.east) - outside[0]) / stepX,
    stepY === 0 ? 0 : ((stepY > 0 ? bounds.south : bounds.north) - outside[1]) / stepY,
  ]
  const at = Math.min(1, Math.max(0, ...passed))
  return [outside[0] + stepX * at, outside[1] + stepY * at]
}
