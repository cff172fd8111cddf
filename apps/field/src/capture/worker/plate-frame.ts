import { readPlate } from '@guankou/domain/identity/plates/read-plate.ts'
import { templateAutomaton } from '../reading/automaton.ts'
import { type Candidate, searchTexts } from '../reading/ctc-beam.ts'
import {
  type Alphabet,
  alphabetOf,
  type Emissions,
  emissionsOf,
  joinEmissions,
} from '../reading/emissions.ts'
import {
  elsewhereTemplates,
  plateAliases,
  plateSeparators,
  plateSymbols,
  plateTemplates,
} from '../reading/plate-templates.ts'
import type { PlateRead } from '../reading/reads.ts'
import type { Raster } from '../vision/raster.ts'
import type { TextBox } from '../vision/text-boxes.ts'
import type { Ocr } from './ocr.ts'

const plates = templateAutomaton([...plateTemplates, ...elsewhereTemplates])

/** Side of the picture in which plates are looked for, and how much lines are stretched so that their letters keep apart. */
const longestSide = 640
const stretch = 1.25
const linesRead = 4
const mostOthers = 3
const leastProbability = 0.05

/** Whether two lines belong together: one above the other, or one beside the other. */
const isPair = (first: TextBox, second: TextBox): boolean => {
  const across = second.centre.x - first.centre.x
  const down = second.centre.y - first.centre.y
  const height = Math.max(first.height, second.height)
  const isBelow =
    down > 0.5 * height && down < 2 * height && Math.abs(across) < 0.5 * Math.max(first.width, second.width)
  const isBeside =
    Math.abs(down) < 0.4 * height && across > 0 && across < 0.5 * (first.width + second.width) + 1.5 * height
  return isBelow || isBeside
}

/** Every reading of the lines, alone and in pairs: plates of lorries and motorcycles have two lines. */
const lineUps = (boxes: readonly TextBox[], emissions: readonly Emissions[]): readonly Emissions[] => [
  ...emissions,
  ...boxes.flatMap((first, one) =>
    boxes.flatMap((second, other): Emissions[] => {
      const [before, after] = [emissions[one], emissions[other]]
      return one !== other && before !== undefined && after !== undefined && isPair(first, second)
        ? [joinEmissions(before, after)]
        : []
    }),
  ),
]

const best = (candidates: readonly Candidate[]): readonly Candidate[] => {
  const byText = new Map<string, Candidate>()
  for (const candidate of candidates) {
    const before = byText.get(candidate.text)
    if (before === undefined || candidate.score > before.score) byText.set(candidate.text, candidate)
  }
  return [...byText.values()].toSorted((one, other) => other.score - one.score)
}

export const plateAlphabetOf = (keys: readonly string[]): Alphabet =>
  alphabetOf(keys, plateSymbols, plateAliases, plateSeparators)

/** The plate in a picture of the surroundings of a plate; nothing where no text has the form of one. */
export const readPlateFrame = async (
  ocr: Ocr,
  alphabet: Alphabet,
  raster: Raster,
): Promise<PlateRead | undefined> => {
  const found = await ocr.detect(raster, longestSide)
  const boxes = found
    .toSorted((one, other) => other.width * other.height - one.width * one.height)
    .slice(0, linesRead)
  const emissions: Emissions[] = []
  for (const box of boxes)
    emissions.push(emissionsOf(await ocr.recognise(raster, box, { stretch }), alphabet))
  const candidates = best(lineUps(boxes, emissions).flatMap((each) => searchTexts(each, plates)))
  const [first, ...others] = candidates
  if (first === undefined || first.probability < leastProbability) return undefined
  const reading = readPlate(first.text)
  if (!reading.ok) return undefined
  return {
    is: 'plate',
    plate: reading.value.plate,
    form: reading.value.form,
    confidence: first.probability,
    others: others
      .filter(({ probability }) => probability >= first.probability / 20)
      .slice(0, mostOthers)
      .map(({ text, probability }) => ({ text, confidence: probability })),
  }
}
