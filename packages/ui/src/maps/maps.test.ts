import type { Position } from '@guankou/geodata/boundaries/outline.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundsAround, boundsOfAspect } from '#src/maps/bounds.ts'
import { arriveAt, enterAt, toFlowLines } from '#src/maps/flows.ts'
import { largestRadiusPixels, markStateOf, radiusOfFlow, toPostMarks } from '#src/maps/post-marks.ts'

const post = (id: number) => ({ id, name: `post ${id}`, longitude: 113, latitude: 22, illustrative: id > 1 })
const figures = (vehiclesPerHour: number, febrileRecently = 0, waitMinutes: number | null = null) => ({
  vehiclesPerHour,
  febrileRecently,
  waitMinutes,
})

describe('marks of posts', () => {
  it('have an area that goes with the flow', () => {
    expect(radiusOfFlow(400, 400)).toBe(largestRadiusPixels)
    expect(radiusOfFlow(100, 400)).toBeCloseTo(largestRadiusPixels / 2)
    expect(radiusOfFlow(0, 0)).toBeGreaterThan(0)
  })

  it('stay small where little is going on', () => {
    const [mark] = toPostMarks([post(1)], () => figures(1), 3)
    expect(mark?.radiusPixels).toBeLessThan(largestRadiusPixels / 3)
  })

  it('show fever before queue and queue before silence; the target itself is well', () => {
    expect(markStateOf(figures(0, 1, 9), 3)).toBe('act')
    expect(markStateOf(figures(10, 0, 3.1), 3)).toBe('look')
    expect(markStateOf(figures(10, 0, 3), 3)).toBe('well')
    expect(markStateOf(figures(0), 3)).toBe('silent')
  })

  it('draw what calls for someone on top, and a post without figures as silent', () => {
    const known = new Map([
      [1, figures(50, 2)],
      [2, figures(10)],
    ])
    const marks = toPostMarks([post(1), post(2), post(3)], (id) => known.get(id), 3)
    expect(marks.map((mark) => [mark.id, mark.state])).toEqual([
      [3, 'silent'],
      [2, 'well'],
      [1, 'act'],
    ])
  })
})

describe('flow lines', () => {
  const points = new Map<number, Position>([
    [442000, [113.4, 22.5]],
    [440400, [113.5, 22.2]],
    [420100, [114.3, 30.6]],
  ])
  const origin = (code: number, travellers: number) => ({ code, name: String(code), travellers, share: null })

  it('leave out the destination, the unplaced and the empty, and put the widest first', () => {
    const lines = toFlowLines(
      [origin(420100, 5), origin(442000, 100), origin(440400, 70), origin(900826, 9), origin(999999, 0)],
      (code) => points.get(code),
      [113.5, 22.2],
    )
    expect(lines.map((line) => line.code)).toEqual([442000, 420100])
    expect(lines[0]?.widthPixels).toBeGreaterThan(lines[1]?.widthPixels ?? 0)
    expect(lines[1]?.widthPixels).toBeGreaterThanOrEqual(1)
  })

  it('arrive where they first meet the outline, and a little further', () => {
    const square: Position[] = [
      [4, 4],
      [6, 4],
      [6, 6],
      [4, 6],
      [4, 4],
    ]
    expect(arriveAt([0, 5], [5, 5], [square], 0)).toEqual([4, 5])
    expect(arriveAt([0, 5], [5, 5], [square], 0.5)).toEqual([4.5, 5])
    expect(arriveAt([0, 0], [1, 1], [square], 0.5)).toEqual([1, 1])
  })

  it('enter the picture on its edge, on the way to the destination', () => {
    const bounds = { west: 0, south: 0, east: 10, north: 10 }
    expect(enterAt([5, 30], [5, 5], bounds)).toEqual([5, 10])
    expect(enterAt([-10, 5], [5, 5], bounds)).toEqual([0, 5])
    expect(enterAt([4, 4], [5, 5], bounds)).toEqual([4, 4])
    fc.assert(
      fc.property(
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: 1, max: 9, noNaN: true }),
        fc.double({ min: 1, max: 9, noNaN: true }),
        (x, y, toX, toY) => {
          const [atX, atY] = enterAt([x, y], [toX, toY], bounds)
          const near = 1e-6
          expect(atX).toBeGreaterThanOrEqual(-near)
          expect(atX).toBeLessThanOrEqual(10 + near)
          expect(atY).toBeGreaterThanOrEqual(-near)
          expect(atY).toBeLessThanOrEqual(10 + near)
          const cross = (atX - x) * (toY - y) - (atY - y) * (toX - x)
          expect(Math.abs(cross)).toBeLessThan(1e-3)
        },
      ),
    )
  })
})

describe('the part of the land on show', () => {
  const shapeOf = (bounds: { west: number; east: number; south: number; north: number }) => {
    const middle = (((bounds.south + bounds.north) / 2) * Math.PI) / 180
    return ((bounds.east - bounds.west) * Math.cos(middle)) / (bounds.north - bounds.south)
  }

  it('holds every place with room around, even a single one', () => {
    expect(boundsAround([], 0.1, 0.05)).toBeUndefined()
    expect(boundsAround([{ longitude: 113, latitude: 22 }], 0.1, 0.5)).toEqual({
      west: 112.5,
      east: 113.5,
      south: 21.5,
      north: 22.5,
    })
  })

  it('takes the shape of the picture and loses nothing', () => {
    const bounds = { west: 113, east: 113.6, south: 22, north: 22.4 }
    for (const aspect of [0.5, 1, 1.86]) {
      const shaped = boundsOfAspect(bounds, aspect)
      expect(shapeOf(shaped)).toBeCloseTo(aspect, 6)
      expect(shaped.west).toBeLessThanOrEqual(bounds.west)
      expect(shaped.north).toBeGreaterThanOrEqual(bounds.north)
    }
  })
})
