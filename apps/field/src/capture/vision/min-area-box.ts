import type { Point, TurnedBox } from './raster.ts'

const cross = (o: Point, a: Point, b: Point): number => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x)

const halfHull = (points: readonly Point[]): Point[] => {
  const hull: Point[] = []
  for (const point of points) {
    for (;;) {
      const [before, last] = [hull.at(-2), hull.at(-1)]
      if (before === undefined || last === undefined || cross(before, last, point) > 0) break
      hull.pop()
    }
    hull.push(point)
  }
  return hull.slice(0, -1)
}

/** The convex hull, counter-clockwise. Source: Andrew, Information Processing Letters 9 (1979), doi:10.1016/0020-0190(79)90072-3. */
export const convexHull = (points: readonly Point[]): readonly Point[] => {
  const sorted = points.toSorted((one, other) => one.x - other.x || one.y - other.y)
  if (sorted.length < 3) return sorted
  return [...halfHull(sorted), ...halfHull(sorted.toReversed())]
}

const boxAlong = (hull: readonly Point[], angle: number): TurnedBox => {
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const along = hull.map(({ x, y }) => x * cos + y * sin)
  const over = hull.map(({ x, y }) => y * cos - x * sin)
  const [left, right, top, bottom] = [
    Math.min(...along),
    Math.max(...along),
    Math.min(...over),
    Math.max(...over),
  ]
  const u = (left + right) / 2
  const v = (top + bottom) / 2
  return {
    centre: { x: u * cos - v * sin, y: u * sin + v * cos },
    width: right - left,
    height: bottom - top,
    angle,
  }
}

/** Turned so that its width lies within 45 degrees of level, as texts on vehicles and documents do. */
const levelled = (box: TurnedBox): TurnedBox => {
  const turns = Math.round(box.angle / (Math.PI / 2))
  const angle = box.angle - turns * (Math.PI / 2)
  return turns % 2 === 0 ? { ...box, angle } : { ...box, angle, width: box.height, height: box.width }
}

/**
 * The smallest box in any direction around points; one of its sides lies along the hull.
 * Source: Freeman and Shapira, CACM 18 (1975), doi:10.1145/360881.360919.
 */
export const minAreaBox = (points: readonly Point[]): TurnedBox => {
  const hull = convexHull(points)
  const angles = hull.map((point, at) => {
    const next = hull[(at + 1) % hull.length] ?? point
    return Math.atan2(next.y - point.y, next.x - point.x)
  })
  const boxes = [0, ...angles].map((angle) => boxAlong(hull, angle))
  const [smallest] = boxes.toSorted((one, other) => one.width * one.height - other.width * other.height)
  return levelled(smallest ?? boxAlong(hull, 0))
}
