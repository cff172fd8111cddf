import type { Bounds } from '#src/maps/flows.ts'

/**
 * The box around places, widened on each side by a share of its size and by a least margin.
 * @param share 0.1 for a tenth on each side
 * @param leastDegrees margin that even a single place gets
 * @returns undefined where there are no places
 */
export const boundsAround = (
  places: readonly { readonly longitude: number; readonly latitude: number }[],
  share: number,
  leastDegrees: number,
): Bounds | undefined => {
  if (places.length === 0) return undefined
  const longitudes = places.map((place) => place.longitude)
  const latitudes = places.map((place) => place.latitude)
  const west = Math.min(...longitudes)
  const east = Math.max(...longitudes)
  const south = Math.min(...latitudes)
  const north = Math.max(...latitudes)
  const x = Math.max(leastDegrees, (east - west) * share)
  const y = Math.max(leastDegrees, (north - south) * share)
  return { west: west - x, east: east + x, south: south - y, north: north + y }
}

/**
 * The bounds widened in one direction until they have the shape of the picture, so that nothing of it is left over.
 * @param aspect width of the picture divided by its height
 */
export const boundsOfAspect = (bounds: Bounds, aspect: number): Bounds => {
  const shrink = Math.cos((((bounds.south + bounds.north) / 2) * Math.PI) / 180)
  const width = (bounds.east - bounds.west) * shrink
  const height = bounds.north - bounds.south
  const x = Math.max(0, (height * aspect - width) / shrink / 2)
  const y = Math.max(0, (width / aspect - height) / 2)
  return { west: bounds.west - x, east: bounds.east + x, south: bounds.south - y, north: bounds.north + y }
}
