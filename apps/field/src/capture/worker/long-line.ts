import { type Alphabet, type Emissions, emissionsOf } from '../reading/emissions.ts'
import type { Raster, TurnedBox } from '../vision/raster.ts'
import { lineHeight, type Ocr } from './ocr.ts'

/** Pixels of the picture to a step of the recogniser. */
const stepPixels = 8
/** What is kept of one piece, and what is looked at beside it, so that no character is cut. */
const kept = 240
const beside = 72

const pieceOf = (box: TurnedBox, from: number, to: number, width: number): TurnedBox => {
  const along = ((from + to) / 2 / width - 0.5) * box.width
  return {
    ...box,
    centre: { x: box.centre.x + along * Math.cos(box.angle), y: box.centre.y + along * Math.sin(box.angle) },
    width: ((to - from) / width) * box.width,
  }
}

/** Pixels in which a line is read, whole steps. */
export const widthOf = (box: TurnedBox, stretch: number): number =>
  Math.max(1, Math.ceil(((box.width / box.height) * lineHeight * stretch) / stepPixels)) * stepPixels

/**
 * A line of many characters, read in pieces that overlap: the recogniser learnt short lines and leaves letters out of long ones.
 * @param stretch  how much wider than upright
 */
export const recogniseLong = async (
  ocr: Ocr,
  raster: Raster,
  box: TurnedBox,
  alphabet: Alphabet,
  stretch: number,
): Promise<Emissions> => {
  const width = widthOf(box, stretch)
  const columns = alphabet.classes.length
  const logs = new Float32Array((width / stepPixels) * columns)
  for (let begin = 0; begin < width; begin += kept) {
    const end = Math.min(width, begin + kept)
    const [from, to] = [Math.max(0, begin - beside), Math.min(width, end + beside)]
    const seen = await ocr.recognise(raster, pieceOf(box, from, to, width), { pixels: to - from })
    const piece = emissionsOf(seen, alphabet)
    const first = ((begin - from) / stepPixels) * columns
    const many = ((end - begin) / stepPixels) * columns
    logs.set(piece.logs.subarray(first, first + many), (begin / stepPixels) * columns)
  }
  return { steps: width / stepPixels, symbols: alphabet.symbols, logs }
}

const columnOf = (symbols: string, symbol: string): number => symbols.indexOf(symbol) + 1

/**
 * What pieces of a line and the line as a whole tell together. Read whole, a long line loses letters and never mistakes one for a
 * filler; in pieces, runs of fillers are taken for letters. So fillers are believed of the whole, and letters of the pieces.
 */
export const withFillersOf = (pieces: Emissions, whole: Emissions, filler: string): Emissions => {
  const columns = pieces.symbols.length + 1
  const at = columnOf(pieces.symbols, filler)
  const logs = pieces.logs.slice()
  const steps = Math.min(pieces.steps, whole.steps)
  for (let step = 0; step < steps; step += 1) {
    const sure = Math.exp(whole.logs[step * columns + at] ?? 0)
    for (let column = 0; column < columns; column += 1) {
      const own = Math.exp(logs[step * columns + column] ?? 0)
      const value = column === at ? Math.max(own, sure) : own * (1 - sure)
      logs[step * columns + column] = Math.log(Math.max(1e-9, value))
    }
  }
  return { ...pieces, logs }
}
