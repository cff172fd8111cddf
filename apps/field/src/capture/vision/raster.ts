/** A picture: four bytes a pixel, red, green, blue, and one that is not looked at. */
export type Raster = {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray
}

export type Point = { readonly x: number; readonly y: number }

/** A rectangle in any direction; `angle` is that of its width, in radians, clockwise on the screen. */
export type TurnedBox = {
  readonly centre: Point
  readonly width: number
  readonly height: number
  readonly angle: number
}

/** What a model looks at: planes of one colour each, blue first, as the models were trained. */
export type Planes = { readonly width: number; readonly height: number; readonly values: Float32Array }

/** How a byte becomes a number, for blue, green and red. */
export type Scale = { readonly mean: readonly number[]; readonly deviation: readonly number[] }

/** Most samples of a pixel in each direction where a picture is made smaller. */
const mostSamples = 3

const wholeBox = ({ width, height }: Raster): TurnedBox => ({
  centre: { x: width / 2, y: height / 2 },
  width,
  height,
  angle: 0,
})

/** Adds the four neighbours of a point, weighted by nearness, to `sum`; the edge goes on beyond the edge. */
const addPixel = ({ data, width, height }: Raster, x: number, y: number, sum: Float32Array): void => {
  const left = Math.min(width - 1, Math.max(0, Math.floor(x)))
  const top = Math.min(height - 1, Math.max(0, Math.floor(y)))
  const right = Math.min(width - 1, left + 1)
  const bottom = Math.min(height - 1, top + 1)
  const fx = Math.min(1, Math.max(0, x - left))
  const fy = Math.min(1, Math.max(0, y - top))
  for (let channel = 0; channel < 3; channel += 1) {
    const at = (column: number, row: number): number => data[(row * width + column) * 4 + channel] ?? 0
    const upper = at(left, top) * (1 - fx) + at(right, top) * fx
    const lower = at(left, bottom) * (1 - fx) + at(right, bottom) * fx
    sum[channel] = (sum[channel] ?? 0) + upper * (1 - fy) + lower * fy
  }
}

/**
 * Part of a picture, turned upright and brought to a size. What gets smaller is averaged, so that strokes do not break.
 * @param into  pixels of the result
 */
export const straighten = (
  raster: Raster,
  box: TurnedBox,
  into: { readonly width: number; readonly height: number },
  { mean, deviation }: Scale,
): Planes => {
  const { width, height } = into
  const values = new Float32Array(3 * width * height)
  const cos = Math.cos(box.angle)
  const sin = Math.sin(box.angle)
  const across = box.width / width
  const down = box.height / height
  const columns = Math.min(mostSamples, Math.max(1, Math.round(across)))
  const rows = Math.min(mostSamples, Math.max(1, Math.round(down)))
  const sum = new Float32Array(3)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      sum.fill(0)
      for (let row = 0; row < rows; row += 1)
        for (let column = 0; column < columns; column += 1) {
          const u = (x + (column + 0.5) / columns) * across - box.width / 2
          const v = (y + (row + 0.5) / rows) * down - box.height / 2
          addPixel(
            raster,
            box.centre.x + u * cos - v * sin - 0.5,
            box.centre.y + u * sin + v * cos - 0.5,
            sum,
          )
        }
      for (let plane = 0; plane < 3; plane += 1) {
        const byte = (sum[2 - plane] ?? 0) / (rows * columns)
        values[(plane * height + y) * width + x] = (byte / 255 - (mean[plane] ?? 0)) / (deviation[plane] ?? 1)
      }
    }
  return { width, height, values }
}

/** The whole of a picture, brought to a size. */
export const resize = (
  raster: Raster,
  into: { readonly width: number; readonly height: number },
  scale: Scale,
): Planes => straighten(raster, wholeBox(raster), into, scale)

/** Overwrites a picture, so that nothing of it is left in memory that is given back. */
export const clear = ({ data }: Raster): void => void data.fill(0)
