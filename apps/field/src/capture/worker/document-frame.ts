import { greedyText } from '../reading/greedy-text.ts'
import type { DocumentRead } from '../reading/reads.ts'
import type { Raster } from '../vision/raster.ts'
import { readCard } from './card-frame.ts'
import type { Ocr } from './ocr.ts'
import { readZone } from './zone-frame.ts'

/** Side of the picture in which lines of a document are looked for. */
const longestSide = 736

/**
 * A document in a picture that it fills: fillers in the lowest line are the mark of a machine readable zone, which is tried first
 * then; else the front of an identity card is.
 */
export const readDocumentFrame = async (
  ocr: Ocr,
  raster: Raster,
  today: string,
): Promise<DocumentRead | undefined> => {
  const boxes = await ocr.detect(raster, longestSide)
  const wide = boxes.filter(({ width, height }) => width > 3 * height)
  const [lowest] = wide.toSorted((one, other) => other.centre.y - one.centre.y)
  if (lowest === undefined) return undefined
  const { text } = greedyText(await ocr.recognise(raster, lowest), ocr.keys)
  const zone = () => readZone(ocr, raster, boxes, today)
  const card = () => readCard(ocr, raster, boxes, today)
  return /[<＜〈《く]/.test(text) ? ((await zone()) ?? card()) : ((await card()) ?? zone())
}
