import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { convexHull, minAreaBox } from './min-area-box.ts'
import { clear, type Raster, resize, straighten } from './raster.ts'
import { textBoxes } from './text-boxes.ts'

const same = { mean: [0, 0, 0], deviation: [1, 1, 1] }
const point = fc.record({ x: fc.integer({ min: -90, max: 90 }), y: fc.integer({ min: -90, max: 90 }) })

describe('the smallest box', () => {
  it('holds every point, and is no larger than the level one', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 40 }), (points) => {
        const { centre, width, height, angle } = minAreaBox(points)
        for (const { x, y } of points) {
          const u = (x - centre.x) * Math.cos(angle) + (y - centre.y) * Math.sin(angle)
          const v = (y - centre.y) * Math.cos(angle) - (x - centre.x) * Math.sin(angle)
          expect(Math.abs(u)).toBeLessThanOrEqual(width / 2 + 1e-6)
          expect(Math.abs(v)).toBeLessThanOrEqual(height / 2 + 1e-6)
        }
        const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
        const level = (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys))
        expect(width * height).toBeLessThanOrEqual(level + 1e-6)
        expect(Math.abs(angle)).toBeLessThanOrEqual(Math.PI / 4 + 1e-9)
      }),
    )
  })

  it('of a turned rectangle is that rectangle', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.7, max: 0.7, noNaN: true }),
        fc.integer({ min: 20, max: 90 }),
        (turn, wide) => {
          const corners = [
            [-wide, -9],
            [wide, -9],
            [wide, 9],
            [-wide, 9],
          ].map(([u = 0, v = 0]) => ({
            x: 50 + u * Math.cos(turn) - v * Math.sin(turn),
            y: 40 + u * Math.sin(turn) + v * Math.cos(turn),
          }))
          const box = minAreaBox(corners)
          expect(convexHull(corners)).toHaveLength(4)
          for (const [found, drawn] of [
            [box.width, 2 * wide],
            [box.height, 18],
            [box.angle, turn],
            [box.centre.x, 50],
            [box.centre.y, 40],
          ] as const)
            expect(found).toBeCloseTo(drawn, 6)
        },
      ),
    )
  })
})

describe('lines of text', () => {
  it('are found where the map is bright, let out to the whole line, in pixels of the picture', () => {
    const probabilities = new Float32Array(64 * 32)
    const paint = (left: number, top: number, right: number, bottom: number, value: number): void => {
      for (let y = top; y < bottom; y += 1) probabilities.fill(value, y * 64 + left, y * 64 + right)
    }
    paint(10, 8, 50, 16, 0.9)
    paint(5, 25, 20, 28, 0.4)
    const [box, ...more] = textBoxes({ width: 64, height: 32, probabilities }, { width: 128, height: 64 })
    expect(more).toEqual([])
    expect(box?.centre).toEqual({ x: 60, y: 24 })
    const by = (40 * 8 * 1.6) / (2 * 48)
    expect([box?.width, box?.height, box?.score].map((each) => each?.toFixed(3))).toEqual(
      [(40 + 2 * by) * 2, (8 + 2 * by) * 2, 0.9].map((each) => each.toFixed(3)),
    )
  })

  it('are none on an empty picture', () => {
    const map = { width: 8, height: 8, probabilities: new Float32Array(64) }
    expect(textBoxes(map, map)).toEqual([])
  })
})

describe('a picture', () => {
  const checks = (): Raster => {
    const data = new Uint8ClampedArray(4 * 4 * 4)
    for (let at = 0; at < 16; at += 1) data.set([at * 10, 255 - at * 10, at, 255], at * 4)
    return { width: 4, height: 4, data }
  }

  it('of the same size keeps its pixels, blue first', () => {
    const { values } = resize(checks(), { width: 4, height: 4 }, same)
    expect([...values].map((value) => Math.round(value * 255))).toEqual([
      ...Array.from({ length: 16 }, (_, at) => at),
      ...Array.from({ length: 16 }, (_, at) => 255 - at * 10),
      ...Array.from({ length: 16 }, (_, at) => at * 10),
    ])
  })

  it('made smaller is the mean of what was there', () => {
    const { values } = resize(checks(), { width: 1, height: 1 }, same)
    // Three samples a side stand for four pixels.
    expect([...values].map((value) => Math.round(value * 255))).toEqual([8, 180, 75])
  })

  it('turned by a half is read from the other corner', () => {
    const whole = { centre: { x: 2, y: 2 }, width: 4, height: 4 }
    const turned = straighten(checks(), { ...whole, angle: Math.PI }, { width: 4, height: 4 }, same)
    expect(Math.round((turned.values[0] ?? 0) * 255)).toBe(15)
  })

  it('is empty once cleared', () => {
    const raster = checks()
    clear(raster)
    expect(raster.data.every((byte) => byte === 0)).toBe(true)
  })
})
