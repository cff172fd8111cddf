import { minAreaBox } from './min-area-box.ts'
import type { Point, TurnedBox } from './raster.ts'

/** A place where a text is, and how sure the detector is of it. */
export type TextBox = TurnedBox & { readonly score: number }

/** The detector's answer: for each pixel the probability that it is the middle of a line of text. */
export type TextMap = {
  readonly width: number
  readonly height: number
  readonly probabilities: Float32Array
}

const leastProbability = 0.3
const leastScore = 0.5
const leastSide = 3
/** The detector was trained to answer with shrunk lines; by so much they are let out again. */
const letOut = 1.6

type Spot = { readonly edge: readonly Point[]; readonly score: number }

/** Collects one spot of connected pixels, and only its ends in each row, which have the same hull as all of it. */
const collect = (map: TextMap, start: number, seen: Uint8Array): Spot => {
  const { width, height, probabilities } = map
  const ends = new Map<number, [number, number]>()
  const waiting = [start]
  seen[start] = 1
  let sum = 0
  let count = 0
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const x = at % width
    const y = (at - x) / width
    sum += probabilities[at] ?? 0
    count += 1
    const row = ends.get(y)
    if (row === undefined) ends.set(y, [x, x])
    else {
      row[0] = Math.min(row[0], x)
      row[1] = Math.max(row[1], x)
    }
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      const [nx, ny] = [x + dx, y + dy]
      const next = ny * width + nx
      if (nx < 0 || ny < 0 || nx >= width || ny >= height || seen[next] === 1) continue
      if ((probabilities[next] ?? 0) <= leastProbability) continue
      seen[next] = 1
      waiting.push(next)
    }
  }
  const edge = [...ends].flatMap(([y, [left, right]]) => [
    { x: left, y },
    { x: right + 1, y },
    { x: left, y: y + 1 },
    { x: right + 1, y: y + 1 },
  ])
  return { edge, score: sum / count }
}

const grown = (box: TurnedBox): TurnedBox => {
  const by = (box.width * box.height * letOut) / (2 * (box.width + box.height))
  return { ...box, width: box.width + 2 * by, height: box.height + 2 * by }
}

const scaled = (box: TurnedBox, x: number, y: number): TurnedBox => {
  // The two directions differ by rounding to the detector's grid alone, so that a turned box stays one.
  const along = Math.hypot(Math.cos(box.angle) * x, Math.sin(box.angle) * y)
  const over = Math.hypot(Math.sin(box.angle) * x, Math.cos(box.angle) * y)
  return {
    centre: { x: box.centre.x * x, y: box.centre.y * y },
    width: box.width * along,
    height: box.height * over,
    angle: Math.atan2(Math.sin(box.angle) * y, Math.cos(box.angle) * x),
  }
}

/**
 * Lines of text, the surest first, in pixels of the picture that was looked at.
 * @param size  of that picture
 * Source: differentiable binarisation, Liao et al., AAAI 2020, doi:10.1609/aaai.v34i07.6812, section 3.4 (post-processing).
 */
export const textBoxes = (
  map: TextMap,
  size: { readonly width: number; readonly height: number },
): readonly TextBox[] => {
  const seen = new Uint8Array(map.probabilities.length)
  const boxes: TextBox[] = []
  for (let at = 0; at < map.probabilities.length; at += 1) {
    if (seen[at] === 1 || (map.probabilities[at] ?? 0) <= leastProbability) continue
    const { edge, score } = collect(map, at, seen)
    const box = minAreaBox(edge)
    if (score < leastScore || Math.min(box.width, box.height) < leastSide) continue
    boxes.push({ ...scaled(grown(box), size.width / map.width, size.height / map.height), score })
  }
  return boxes.toSorted((one, other) => other.score - one.score)
}
