import { originPoint } from '@guankou/geodata/boundaries/origin-points.ts'
import type { OriginPosition } from '@guankou/models/allocation/prevalence-model.ts'

/** Travellers whose tests say the most of one another: of one origin, with or without a declared exposure. */
export type TravellerType = { readonly originCode: number; readonly declared: boolean }

/** A type as one whole number: origin code × 2, and 1 more where an exposure was declared. */
export type TypeCode = number

export const typeCodeOf = ({ originCode, declared }: TravellerType): TypeCode =>
  originCode * 2 + (declared ? 1 : 0)

export const typeOf = (code: TypeCode): TravellerType => ({
  originCode: Math.floor(code / 2),
  declared: code % 2 === 1,
})

/** Where a type comes from; both types of an origin are at one place, and so learn from each other. */
export const positionOf = (code: TypeCode): OriginPosition => {
  const point = originPoint(typeOf(code).originCode)
  return point === undefined ? null : { longitude: point[0], latitude: point[1] }
}
