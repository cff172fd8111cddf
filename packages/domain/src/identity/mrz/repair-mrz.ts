import { digitOf, letterOf, lookAlikes } from '#src/identity/look-alikes.ts'
import type { MrzValue } from '#src/identity/mrz/fields.ts'
import { checkPlaceOf, type MrzLayout, type Span } from '#src/identity/mrz/layout.ts'
import { mrzLayoutOf, mrzLinesOf, readMrz } from '#src/identity/mrz/read-mrz.ts'
import type { ReadingDoubt } from '#src/identity/reading.ts'

/** A zone whose check digits all fit, and how many characters of what was read were taken for others. */
export type MrzRepair = {
  readonly lines: readonly string[]
  readonly changed: number
  readonly value: MrzValue
  readonly doubts: readonly ReadingDoubt[]
}

const mapSpans = (
  lines: readonly string[],
  spans: readonly Span[],
  map: (symbol: string) => string,
): readonly string[] =>
  lines.map((text, line) =>
    [...text]
      .map((symbol, at) =>
        spans.some(([on, from, to]) => on === line && at >= from && at < to) ? map(symbol) : symbol,
      )
      .join(''),
  )

/** Letters to digits where only digits stand, and the other way round. */
const foldByPlace = (lines: readonly string[], layout: MrzLayout): readonly string[] => {
  const { birth, expiry, documentNumber, composite, optionalCheck } = layout
  const checks = [birth, expiry, documentNumber].map(checkPlaceOf)
  const digits = [birth, expiry, composite, ...checks, ...(optionalCheck === null ? [] : [optionalCheck])]
  const letters = [layout.documentCode, layout.issuer, layout.nationality, layout.names, layout.sex]
  return mapSpans(mapSpans(lines, digits, digitOf), letters, letterOf)
}

const oneLookAlike = (lines: readonly string[]): (readonly string[])[] =>
  lines.flatMap((text, line) =>
    [...text].flatMap((symbol, at) =>
      lookAlikes(symbol).map((other) => lines.with(line, text.slice(0, at) + other + text.slice(at + 1))),
    ),
  )

const changesBetween = (one: readonly string[], other: readonly string[]): number =>
  [...one.join('')].filter((symbol, at) => symbol !== other.join('')[at]).length

/**
 * Zones that may have been meant where a check digit does not fit: letters and digits that look alike, set right where only
 * one of them can stand, and then one more anywhere. The fewest changes come first. Shown to be compared with the document
 * and used only when chosen; none where the zone reads as it is.
 * @param typed  the lines   @param today  local day, YYYY-MM-DD
 */
export const offerMrzRepairs = (typed: string, today: string): readonly MrzRepair[] => {
  const lines = mrzLinesOf(typed)
  const layout = mrzLayoutOf(lines)
  if (layout === undefined || readMrz(typed, today).ok) return []
  const folded = foldByPlace(lines, layout)
  const all = new Map([folded, ...oneLookAlike(folded)].map((candidate) => [candidate.join('\n'), candidate]))
  return [...all]
    .flatMap(([text, candidate]): MrzRepair[] => {
      const reading = readMrz(text, today)
      if (!reading.ok) return []
      const { value, doubts } = reading
      return [{ lines: candidate, changed: changesBetween(lines, candidate), value, doubts }]
    })
    .toSorted((one, other) => one.changed - other.changed)
}
