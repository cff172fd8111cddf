import { originPointRows } from '#src/boundaries/origin-points.generated.ts'
import type { Position } from '#src/boundaries/outline.ts'

const byCode: ReadonlyMap<number, Position> = new Map(
  originPointRows.map(([code, longitude, latitude]) => [code, [longitude, latitude]]),
)

/**
 * Where flow lines of an origin begin: near the seat of government of a Chinese origin or province, near the middle of
 * the largest part of a country. Degrees, to about 0.01 inside China and 0.5 outside; for drawing, not for distances.
 *
 * @returns undefined for an unknown code
 */
export function originPoint(code: number): Position | undefined {
  return byCode.get(code)
}
