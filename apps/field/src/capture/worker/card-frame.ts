import { readCitizenNumber } from '@guankou/domain/identity/documents/citizen-number.ts'
import { offerDocumentRepairs } from '@guankou/domain/identity/documents/repair.ts'
import { isLabel, nameBoxes, nameIn, numberBoxes } from '../reading/card-layout.ts'
import { checkedCitizenNumber, printedCitizenNumber } from '../reading/citizen-number-automaton.ts'
import { type Candidate, searchTexts } from '../reading/ctc-beam.ts'
import { type Emissions, onlySymbols } from '../reading/emissions.ts'
import { greedyText } from '../reading/greedy-text.ts'
import type { DocumentRead, ReadText } from '../reading/reads.ts'
import type { Raster } from '../vision/raster.ts'
import type { TextBox } from '../vision/text-boxes.ts'
import type { Ocr } from './ocr.ts'

const numberSymbols = '0123456789X'
const leastProbability = 0.02
const widestNumber = 960
const mostRepairs = 4

type ReadNumber = { readonly best: Candidate; readonly emissions: Emissions }

const readNumber = async (
  ocr: Ocr,
  raster: Raster,
  boxes: readonly TextBox[],
): Promise<ReadNumber | undefined> => {
  const found: ReadNumber[] = []
  for (const box of numberBoxes(boxes, raster)) {
    const seen = await ocr.recognise(raster, box, { widest: widestNumber })
    const emissions = onlySymbols(seen, ocr.keys, numberSymbols)
    const [best] = searchTexts(emissions, printedCitizenNumber)
    if (best !== undefined && best.probability >= leastProbability) found.push({ best, emissions })
  }
  return found.toSorted((one, other) => other.best.probability - one.best.probability)[0]
}

const readName = async (ocr: Ocr, raster: Raster, boxes: readonly TextBox[]): Promise<ReadText> => {
  for (const box of nameBoxes(boxes, raster)) {
    const { text, confidence } = greedyText(await ocr.recognise(raster, box), ocr.keys)
    const name = nameIn(text)
    if (name !== '' && !isLabel(text)) return { text: name, confidence }
  }
  return { text: '', confidence: 0 }
}

/** Numbers whose check digit fits: what the picture could also be, then what lies one slip from what was read. */
const repairsOf = ({ best, emissions }: ReadNumber, today: string): readonly string[] => {
  const seen = searchTexts(emissions, checkedCitizenNumber).map(({ text }) => text)
  const near = offerDocumentRepairs(best.text, today).map(({ number }) => number)
  return [...new Set([...seen, ...near])].slice(0, mostRepairs)
}

/** Name and number of the front of a resident identity card; nothing where no number of 18 places is found. */
export const readCard = async (
  ocr: Ocr,
  raster: Raster,
  boxes: readonly TextBox[],
  today: string,
): Promise<DocumentRead | undefined> => {
  const number = await readNumber(ocr, raster, boxes)
  if (number === undefined) return undefined
  const name = await readName(ocr, raster, boxes)
  const reading = readCitizenNumber(number.best.text, today)
  return {
    is: 'document',
    from: 'card',
    kind: 'resident-id',
    number: { text: number.best.text, confidence: number.best.probability },
    check: reading.ok ? 'fits' : 'fails',
    repairs: reading.ok ? [] : repairsOf(number, today),
    name,
  }
}
