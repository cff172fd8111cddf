import { originPoint } from '@guankou/geodata/boundaries/origin-points.ts'
import { findOriginOfCountry } from '@guankou/geodata/divisions/origins.ts'
import type { OriginPosition } from '@guankou/models/allocation/prevalence-model.ts'

/**
 * Where an origin lies, for what neighbours share.
 * @param code  six digits as in GB/T 2260 or 900000 + ISO 3166-1 numeric, or the two letters of a country
 * @returns null for codes that are no place, such as `Other`
 */
export const originPlace = (code: string): OriginPosition => {
  const number = /^\d{6}$/.test(code) ? Number(code) : findOriginOfCountry(code)?.code
  const point = number === undefined ? undefined : originPoint(number)
  return point ? { longitude: point[0], latitude: point[1] } : null
}
