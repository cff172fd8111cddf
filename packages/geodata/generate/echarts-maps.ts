import { readInput } from './inputs.ts'
import type { Polygon, Ring, Shape } from './topology.ts'

interface EncodedFeature {
  readonly id?: string
  readonly properties: { readonly name: string; readonly cp?: readonly [number, number] }
  readonly geometry:
    | {
        readonly type: 'Polygon'
        readonly coordinates: readonly (string | Ring)[]
        readonly encodeOffsets?: readonly (readonly [number, number])[]
      }
    | {
        readonly type: 'MultiPolygon'
        readonly coordinates: readonly (readonly (string | Ring)[])[]
        readonly encodeOffsets?: readonly (readonly (readonly [number, number])[])[]
      }
}

export interface MapRegion extends Shape {
  readonly name: string
  /** Seat of government or label point. */
  readonly point: readonly [number, number] | undefined
}

const unitsPerDegree = 1024

/** Rings are stored as zigzag differences of 1/1024 degree, one character a coordinate, from an offset. */
function decodeRing(ring: string | Ring, offset: readonly [number, number] | undefined): Ring {
  if (typeof ring !== 'string') return ring
  let [x, y] = offset ?? [0, 0]
  const decoded: Ring = []
  for (let index = 0; index + 1 < ring.length; index += 2) {
    const step = (at: number) => {
      const zigzag = ring.charCodeAt(at) - 64
      return (zigzag >> 1) ^ -(zigzag & 1)
    }
    x += step(index)
    y += step(index + 1)
    decoded.push([x / unitsPerDegree, y / unitsPerDegree])
  }
  return decoded
}

function polygonsOf({ geometry }: EncodedFeature): Polygon[] {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const offsets = geometry.type === 'Polygon' ? [geometry.encodeOffsets] : geometry.encodeOffsets
  return polygons.map((rings, index) => rings.map((ring, at) => decodeRing(ring, offsets?.[index]?.[at])))
}

/** Reads one map of `echarts@4.9.0`, e.g. 'china' or 'province/guangdong'. Codes are those of the file; 0 where it has none. */
export function readMap(name: string): MapRegion[] {
  return readInput<{ features: EncodedFeature[] }>(`echarts-4-maps/map/json/${name}.json`).features.map(
    (feature) => ({
      code: Number(feature.id ?? 0),
      name: feature.properties.name,
      point: feature.properties.cp,
      polygons: polygonsOf(feature),
    }),
  )
}
