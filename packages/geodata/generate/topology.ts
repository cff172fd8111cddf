import { createRequire } from 'node:module'

export type Ring = [number, number][]
export type Polygon = Ring[]
export interface Shape {
  readonly code: number
  readonly polygons: Polygon[]
}

interface Geometry {
  type: 'MultiPolygon'
  coordinates: Polygon[]
}
interface Feature {
  type: 'Feature'
  properties: { code: number }
  geometry: Geometry
}
interface Topology {
  objects: { shapes: { geometries: unknown[] } }
}

const require = createRequire(import.meta.url)
const { topology } = require('topojson-server') as {
  topology(objects: { shapes: unknown }, quantization: number): Topology
}
const { presimplify, simplify, quantile, filter, filterWeight } = require('topojson-simplify') as {
  presimplify(topology: Topology): Topology
  simplify(topology: Topology, minimumWeight: number): Topology
  quantile(topology: Topology, portion: number): number
  filter(topology: Topology, keep: unknown): Topology
  filterWeight(topology: Topology, minimumWeight: number): unknown
}
const { feature, merge } = require('topojson-client') as {
  feature(topology: Topology, object: unknown): { features: Feature[] }
  merge(topology: Topology, geometries: unknown[]): Geometry
}
const clipping = require('polygon-clipping') as { intersection(a: Polygon[], b: Polygon[]): Polygon[] }

function toTopology(shapes: readonly Shape[]): Topology {
  const features = shapes.map(({ code, polygons }) => ({
    type: 'Feature',
    properties: { code },
    geometry: { type: 'MultiPolygon', coordinates: polygons },
  }))
  return topology({ shapes: { type: 'FeatureCollection', features } }, 1e5)
}

/** Visvalingam simplification that keeps shared borders shared. `keep` is the portion of points kept, 0 to 1. */
export function simplifyShapes(shapes: readonly Shape[], keep: number, minimumRingArea: number): Shape[] {
  const weighted = presimplify(toTopology(shapes))
  const simple = simplify(weighted, quantile(weighted, keep))
  const kept = filter(simple, filterWeight(simple, minimumRingArea))
  return feature(kept, kept.objects.shapes).features.map(({ properties, geometry }) => {
    const coordinates =
      geometry.type === 'MultiPolygon' ? geometry.coordinates : [geometry.coordinates as unknown as Polygon]
    return { code: properties.code, polygons: coordinates }
  })
}

/** One shape out of many that touch. The gaps where drawn borders do not quite meet are closed: no inner rings are left. */
export function mergeShapes(code: number, shapes: readonly Shape[]): Shape {
  const parts = toTopology(shapes)
  return {
    code,
    polygons: merge(parts, parts.objects.shapes.geometries).coordinates.map((polygon) => polygon.slice(0, 1)),
  }
}

export function intersect(code: number, a: readonly Polygon[], b: Polygon): Shape {
  return { code, polygons: clipping.intersection([...a], [b]) }
}

/** Signed area is positive for anticlockwise rings; the size is in square degrees. */
export function ringArea(ring: Ring): number {
  let twice = 0
  for (const [index, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y]
    twice += x * nextY - nextX * y
  }
  return twice / 2
}

/** Rounds, drops repeated points and rings that vanish, and winds outer rings anticlockwise (RFC 7946). */
export function roundShape(shape: Shape, decimals: number, minimumRingArea: number): Shape {
  const roundRing = (ring: Ring, anticlockwise: boolean): Ring => {
    const rounded = ring.map(([x, y]): [number, number] => [
      Number(x.toFixed(decimals)),
      Number(y.toFixed(decimals)),
    ])
    const distinct = rounded.filter(
      ([x, y], index) => index === 0 || x !== rounded[index - 1]?.[0] || y !== rounded[index - 1]?.[1],
    )
    return ringArea(distinct) > 0 === anticlockwise ? distinct : distinct.reverse()
  }
  const polygons = shape.polygons
    .map((polygon) =>
      polygon.map((ring, index) => roundRing(ring, index === 0)).filter((ring) => ring.length >= 4),
    )
    .filter(([outer]) => outer !== undefined && Math.abs(ringArea(outer)) >= minimumRingArea)
  return { code: shape.code, polygons }
}
