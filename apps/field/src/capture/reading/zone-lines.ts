import type { TurnedBox } from '../vision/raster.ts'
import type { TextBox } from '../vision/text-boxes.ts'

type Size = { readonly width: number; readonly height: number }

/** Share of the picture that lines of a zone begin in and lie under. */
const beginsWithin = 0.3
const liesUnder = 0.4
const mostLines = 3

type Line = { readonly boxes: TextBox[]; over: number }

/**
 * Lines of a machine readable zone: those that lie lowest and begin at the left. The detector leaves out long runs of fillers,
 * so that each line is taken from its first character to the edge of the picture.
 * @returns boxes of one slant from the same left to the same right, from above; at most three
 */
export const zoneLines = (boxes: readonly TextBox[], { width, height }: Size): readonly TurnedBox[] => {
  const low = boxes.filter(({ centre }) => centre.y > height * liesUnder)
  const [longest] = low.toSorted((one, other) => other.width - one.width)
  if (longest === undefined) return []
  const [cos, sin] = [Math.cos(longest.angle), Math.sin(longest.angle)]
  const along = ({ centre }: TextBox): number => centre.x * cos + centre.y * sin
  const over = ({ centre }: TextBox): number => centre.y * cos - centre.x * sin
  const lines: Line[] = []
  for (const box of low.toSorted((one, other) => along(one) - along(other))) {
    const line = lines.find((each) => Math.abs(each.over - over(box)) < longest.height * 0.5)
    if (line !== undefined) line.boxes.push(box)
    else if (box.width > 2 * box.height && along(box) - box.width / 2 < width * beginsWithin)
      lines.push({ boxes: [box], over: over(box) })
  }
  const chosen = lines.toSorted((one, other) => one.over - other.over).slice(-mostLines)
  const ends = chosen.flatMap((line) => line.boxes.map((box) => along(box) + box.width / 2))
  const left = Math.min(...chosen.flatMap((line) => line.boxes.map((box) => along(box) - box.width / 2)))
  const right = Math.max(width, ...ends)
  const tall = Math.max(...chosen.flatMap((line) => line.boxes.slice(0, 1).map((box) => box.height)))
  const from = left - tall * 0.3
  return chosen.map(({ over: down }) => {
    const middle = (from + right) / 2
    return {
      centre: { x: middle * cos - down * sin, y: middle * sin + down * cos },
      width: right - from,
      height: tall,
      angle: longest.angle,
    }
  })
}
