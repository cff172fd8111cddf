import type { DocumentKind } from '@guankou/contract/screening/vocabulary.ts'
import { type MrzLayout, mrzLayouts, type Span, spanOf } from '@guankou/domain/identity/mrz/layout.ts'
import { readMrzNames } from '@guankou/domain/identity/mrz/names.ts'
import { type MrzReading, readMrz } from '@guankou/domain/identity/mrz/read-mrz.ts'
import { offerMrzRepairs } from '@guankou/domain/identity/mrz/repair-mrz.ts'
import { type Alphabet, alphabetOf, type Emissions, emissionsOf } from '../reading/emissions.ts'
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

/** A line in pieces, and what the line as a whole says of its fillers: asked for where it is needed, and once. */
type ReadLine = {
  readonly pieces: Emissions
  readonly withFillers: () => Promise<Emissions>
}

const readLine = async (ocr: Ocr, raster: Raster, line: TurnedBox, alphabet: Alphabet): Promise<ReadLine> => {
  const pieces = await recogniseLong(ocr, raster, line, alphabet, stretch)
  let whole: Promise<Emissions> | undefined
  return {
    pieces,
    withFillers: () => {
      whole ??= ocr
        .recognise(raster, line, { pixels: widthOf(line, stretch) })
        .then((seen) => withFillersOf(pieces, emissionsOf(seen, alphabet), '<'))
      return whole
    },
  }
}

const layoutsFor = (lines: number): readonly MrzLayout[] =>
  Object.values(mrzLayouts).filter((layout) => layout.lines === lines)

type Zone = { readonly layout: MrzLayout; readonly slots: SlotReading; readonly reading: MrzReading }

/** Every layout explains the whole of its lines, so that their scores compare. */
const perPlace = ({ layout, slots }: Pick<Zone, 'layout' | 'slots'>): number =>
  slots.score / (layout.lines * layout.width)

const isBetter = (one: Zone, other: Zone): number =>
  Number(other.reading.ok) - Number(one.reading.ok) || perPlace(other) - perPlace(one)

const bestZone = (lines: readonly Emissions[], today: string): Zone | undefined =>
  layoutsFor(lines.length)
    .map((layout): Zone => {
      const slots = readMrzSlots(lines, layout)
      return { layout, slots, reading: readMrz(slots.lines.join('\n'), today) }
    })
    .toSorted(isBetter)[0]

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

/** Lines that have names, where runs of fillers decide; of the others check digits tell whether a filler was mistaken. */
const namedLine = (lines: number): number => (lines === 3 ? 2 : 0)

/** The zone of a group of lines: most of them are read whole only where the check digits do not fit without. */
const zoneOf = async (group: readonly ReadLine[], today: string): Promise<Zone | undefined> => {
  const named = namedLine(group.length)
  const emissions: Emissions[] = []
  // One after the other: a model runs one picture at a time.
  for (const [at, line] of group.entries())
    emissions.push(at === named ? await line.withFillers() : line.pieces)
  const quick = bestZone(emissions, today)
  if (quick?.reading.ok === true) return quick
  const whole: Emissions[] = []
  for (const line of group) whole.push(await line.withFillers())
  return bestZone(whole, today)
}

/** How far two gaps between lines may differ, as a share of the lower one. */
const evenWithin = 0.25

/** Whether three lines stand as far apart as those of one zone: print above a zone of two hardly does. */
const areEven = (boxes: readonly TurnedBox[]): boolean => {
  const [above, between, below] = boxes.map(
    ({ centre, angle }) => centre.y * Math.cos(angle) - centre.x * Math.sin(angle),
  )
  if (above === undefined || between === undefined || below === undefined) return false
  return Math.abs(between - above - (below - between)) < (below - between) * evenWithin
}

/**
 * The machine readable zone of a passport or card; nothing where no lines have its pitch. Each line costs as much as several plates,
 * so that what is more likely is read first, three lines or the lowest two, and the other only where that is no whole zone.
 */
export const readZone = async (
  ocr: Ocr,
  raster: Raster,
  boxes: readonly TextBox[],
  today: string,
): Promise<DocumentRead | undefined> => {
  const alphabet = alphabetOf(ocr.keys, mrzSymbols, mrzAliases, ' .')
  const boxed = zoneLines(boxes, raster)
  if (boxed.length < 2) return undefined
  const read = new Map<TurnedBox, ReadLine>()
  const zones: Zone[] = []
  const groups = boxed.length === 2 ? [boxed] : [boxed.slice(-2), boxed]
  for (const group of areEven(boxed) ? groups.toReversed() : groups) {
    for (const box of group) if (!read.has(box)) read.set(box, await readLine(ocr, raster, box, alphabet))
    const zone = await zoneOf(
      group.flatMap((box) => read.get(box) ?? []),
      today,
    )
    if (zone === undefined || perPlace(zone) < leastMeanLog) continue
    zones.push(zone)
    if (zone.reading.ok) break
  }
  const [best] = zones.toSorted(isBetter)
  return best === undefined ? undefined : zoneRead(best, today)
}
