import type { Alphabet } from '../reading/emissions.ts'
import type { CaptureRead } from '../reading/reads.ts'
import { clear, type Raster } from '../vision/raster.ts'
import { type CodeReader, openCodes } from './codes.ts'
import { readDocumentFrame } from './document-frame.ts'
import type { CaptureAnswer, CaptureRequest } from './messages.ts'
import { type Ocr, openOcr } from './ocr.ts'
import { plateAlphabetOf, readPlateFrame } from './plate-frame.ts'

/**
 * Reads pictures, apart from the page: slow reading holds up no key, and the policy of this file lets it reach no network, so
 * that no picture can leave the phone from here.
 */
let codes: CodeReader | undefined
let ocr: { readonly models: Ocr; readonly plates: Alphabet } | undefined

type ReadRequest = CaptureRequest & { readonly do: 'read' }

const readRaster = async (request: ReadRequest, raster: Raster): Promise<CaptureRead | undefined> => {
  if (request.want === 'qr') return codes?.(raster)
  if (ocr === undefined) return undefined
  return request.want === 'plate'
    ? readPlateFrame(ocr.models, ocr.plates, raster)
    : readDocumentFrame(ocr.models, raster, request.today)
}

const answer = async (request: CaptureRequest): Promise<CaptureRead | undefined> => {
  if (request.do === 'open-codes') {
    codes = await openCodes(request.runtime)
    return undefined
  }
  if (request.do === 'open-ocr') {
    const models = await openOcr(request.parts)
    ocr = { models, plates: plateAlphabetOf(models.keys) }
    return undefined
  }
  const { width, height, pixels } = request
  const raster = { width, height, data: new Uint8ClampedArray(pixels) }
  try {
    return await readRaster(request, raster)
  } finally {
    clear(raster)
  }
}

const say = (message: CaptureAnswer): void => self.postMessage(message)

self.addEventListener('message', ({ data }: MessageEvent<CaptureRequest>) => {
  answer(data).then(
    (read) => say({ id: data.id, ok: true, read }),
    (cause: unknown) => say({ id: data.id, ok: false, problem: String(cause) }),
  )
})
