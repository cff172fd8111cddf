/** Longitude and latitude in degrees. */
export type Position = readonly [longitude: number, latitude: number]

export interface OutlineProperties {
  /** GB/T 2260 code. */
  readonly code: number
  /** Short Chinese name: charts join by it, and ECharts' own additions to a map named 'china' expect it. */
  readonly name: string
  readonly nameEn: string
  /** Always true: simplified for orientation, not survey data and not a statement about any border. */
  readonly illustrative: true
}

export interface OutlineFeature {
  readonly type: 'Feature'
  readonly properties: OutlineProperties
  readonly geometry: {
    readonly type: 'MultiPolygon'
    /** Polygons of rings of positions; the first ring of a polygon is its outside, each ring ends where it began. */
    readonly coordinates: readonly (readonly (readonly Position[])[])[]
  }
}

/** A GeoJSON FeatureCollection (RFC 7946). */
export interface OutlineCollection {
  readonly type: 'FeatureCollection'
  readonly features: readonly OutlineFeature[]
}
