import type { DocumentKind } from '@guankou/contract/screening/vocabulary.ts'
import { type MrzLayout, mrzLayouts, type Span, spanOf } from '@guankou/domain/identity/mrz/layout.ts'
import { readMrzNames } from '@guankou/domain/identity/mrz/names.ts'
import { type MrzReading, readMrz } from '@guankou/domain/identity/mrz/read-mrz.ts'
import { offerMrzRepairs } from '@guankou/domain/identity/mrz/repair-mrz.ts'
import { alphabetOf, type Emissions, emissionsOf } from '../reading/emissions.ts'
import { mrzAliases, mrzSymbols, readMrzSlots, type SlotReading } from '../reading/mrz-slots.ts'
import type { DocumentRead, ReadText } from '../reading/reads.ts'
import { zoneLines } from '../reading/zone-lines.ts'
import type { Raster, TurnedBox } from '../vision/raster.ts'
import type { TextBox } from '../vision/text-boxes.ts'
import { recogniseLong, widthOf, withFillersOf } from './long-line.ts'
import type { Ocr } from './ocr.ts'

/** Letters a little apart are told apart better. */
const stretch = 1.1
/** A mean logarithm per character below this is no zone: text of a card read as one comes out far lower. */
const leastMeanLog = -1.6
const mostRepairs = 4

const readLines = async (ocr: Ocr, raster: Raster, lines: readonly TurnedBox[]): Promise<Emissions[]> => {
  const alphabet = alphabetOf(ocr.keys, mrzSymbols, mrzAliases, ' .')
  const read: Emissions[] = []
  for (const line of lines) {
    const pieces = await recogniseLong(ocr, raster, line, alphabet, stretch)
    const whole = await ocr.recognise(raster, line, { pixels: widthOf(line, stretch) })
    read.push(withFillersOf(pieces, emissionsOf(whole, alphabet), '<'))
  }
  return read
}

const layoutsFor = (lines: number): readonly MrzLayout[] =>
  Object.values(mrzLayouts).filter((layout) => layout.lines === lines)

type Zone = { readonly layout: MrzLayout; readonly slots: SlotReading; readonly reading: MrzReading }

/** Every layout explains the whole of its lines, so that their scores compare. */
const perPlace = ({ layout, slots }: Pick<Zone, 'layout' | 'slots'>): number =>
  slots.score / (layout.lines * layout.width)

const bestZone = (lines: readonly Emissions[], today: string): Zone | undefined =>
  layoutsFor(lines.length)
    .map((layout): Zone => {
      const slots = readMrzSlots(lines, layout)
      return { layout, slots, reading: readMrz(slots.lines.join('\n'), today) }
    })
    .toSorted(
      (one, other) => Number(other.reading.ok) - Number(one.reading.ok) || perPlace(other) - perPlace(one),
    )[0]

const sureOf = ({ confidences }: SlotReading, [line, from, to]: Span): number =>
  Math.min(1, ...(confidences[line] ?? []).slice(from, to))

/** P is a passport; what issuers print on cards does not tell the permits of our lists apart, so a person says which. */
const kindOf = (code: string): DocumentKind => (code.startsWith('P') ? 'passport' : 'other')

const textOf = (slots: SlotReading, span: Span): ReadText => ({
  text: spanOf(slots.lines, span).replaceAll('<', ' ').trim(),
  confidence: sureOf(slots, span),
})

const nameOf = ({ layout, slots }: Zone): ReadText => {
  const field = spanOf(slots.lines, layout.names)
  const { surname, givenNames } = readMrzNames(field)
  const [line, from] = layout.names
  const last = [...field].findLastIndex((symbol) => symbol !== '<') + 1
  return {
    text: `${surname} ${givenNames}`.trim(),
    confidence: sureOf(slots, [line, from, from + last]),
  }
}

const zoneRead = (zone: Zone, today: string): DocumentRead => {
  const { layout, slots, reading } = zone
  const repaired = reading.ok ? [] : offerMrzRepairs(slots.lines.join('\n'), today)
  const number = reading.ok
    ? { text: reading.value.documentNumber, confidence: sureOf(slots, layout.documentNumber) }
    : textOf(slots, layout.documentNumber)
  const failing = !reading.ok && reading.problem === 'check-digit' ? reading.failing : []
  return {
    is: 'document',
    from: 'mrz',
    kind: kindOf(spanOf(slots.lines, layout.documentCode)),
    number,
    check: reading.ok ? 'fits' : 'fails',
    repairs: [...new Set(repaired.map(({ value }) => value.documentNumber))].slice(0, mostRepairs),
    name: nameOf(zone),
    issuer: textOf(slots, layout.issuer).text,
    expiresOn: reading.ok ? reading.value.expiresOn : null,
    failing,
  }
}

/** The machine readable zone of a passport or card; nothing where no lines have its pitch. */
export const readZone = async (
  ocr: Ocr,
  raster: Raster,
  boxes: readonly TextBox[],
  today: string,
): Promise<DocumentRead | undefined> => {
  const lines = await readLines(ocr, raster, zoneLines(boxes, raster))
  // The line above a zone of two may look like one of it.
  const zones = [lines, lines.slice(-2)]
    .filter((group, at) => group.length >= 2 && (at === 0 || lines.length > 2))
    .flatMap((group) => bestZone(group, today) ?? [])
    .filter((zone) => perPlace(zone) >= leastMeanLog)
    .toSorted(
      (one, other) => Number(other.reading.ok) - Number(one.reading.ok) || perPlace(other) - perPlace(one),
    )
  const [best] = zones
  return best === undefined ? undefined : zoneRead(best, today)
}
