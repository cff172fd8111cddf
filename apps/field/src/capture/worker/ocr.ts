import * as ort from 'onnxruntime-web/wasm'
import type { Recognised } from '../reading/emissions.ts'
import { type Planes, type Raster, resize, straighten, type TurnedBox } from '../vision/raster.ts'
import { type TextBox, textBoxes } from '../vision/text-boxes.ts'

/** What the recogniser is made of, as it comes from the network or the phone's cache. */
export type OcrParts = {
  readonly runtime: ArrayBuffer
  readonly detector: ArrayBuffer
  readonly recogniser: ArrayBuffer
  readonly keys: ArrayBuffer
}

/** Finds lines of text and reads them: PP-OCRv4, run on the phone. */
export type Ocr = {
  /** @param longest  side of the picture that is looked at; smaller is faster, larger finds smaller letters */
  readonly detect: (raster: Raster, longest: number) => Promise<readonly TextBox[]>
  /** @param pixels  width in which the line is read, where it matters; a multiple of 8, a step of the recogniser each */
  readonly recognise: (
    raster: Raster,
    box: TurnedBox,
    options?: { readonly stretch?: number; readonly widest?: number; readonly pixels?: number },
  ) => Promise<Recognised>
  /** The characters that can be read; the n-th is class n + 1. */
  readonly keys: readonly string[]
}

/** Of the training of the detector: means and deviations of ImageNet. */
const detectorScale = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] }
const recogniserScale = { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] }

/** The recogniser reads lines of this height, in pixels. */
export const lineHeight = 48
const leastLineWidth = 64
const grid = 32

const toGrid = (length: number): number => Math.max(grid, Math.round(length / grid) * grid)

const run = async (session: ort.InferenceSession, { width, height, values }: Planes) => {
  const [input = ''] = session.inputNames
  const [output = ''] = session.outputNames
  const tensor = new ort.Tensor('float32', values, [1, 3, height, width])
  const answer = (await session.run({ [input]: tensor }))[output]
  values.fill(0)
  if (answer === undefined || !(answer.data instanceof Float32Array))
    throw new Error('the model answered with no numbers')
  return { data: answer.data, dims: answer.dims }
}

/** @throws where the browser cannot run the models */
export const openOcr = async (parts: OcrParts): Promise<Ocr> => {
  ort.env.wasm.wasmBinary = parts.runtime
  // One thread: threads would need workers of their own and hold a core that the screen wants.
  ort.env.wasm.numThreads = 1
  ort.env.wasm.proxy = false
  const open = (model: ArrayBuffer) =>
    ort.InferenceSession.create(new Uint8Array(model), { executionProviders: ['wasm'] })
  const detector = await open(parts.detector)
  const recogniser = await open(parts.recogniser)
  const keys = [
    ...new TextDecoder()
      .decode(parts.keys)
      .split(/\r?\n/)
      .filter((key) => key !== ''),
    ' ',
  ]
  return {
    keys,
    detect: async (raster, longest) => {
      const ratio = longest / Math.max(raster.width, raster.height)
      const into = { width: toGrid(raster.width * ratio), height: toGrid(raster.height * ratio) }
      const { data } = await run(detector, resize(raster, into, detectorScale))
      return textBoxes({ ...into, probabilities: data }, raster)
    },
    recognise: async (raster, box, { stretch = 1, widest = 640, pixels } = {}) => {
      const wanted = Math.ceil(((box.width / box.height) * lineHeight * stretch) / 8) * 8
      const width = pixels ?? Math.min(widest, Math.max(leastLineWidth, wanted))
      const planes = straighten(raster, box, { width, height: lineHeight }, recogniserScale)
      const { data, dims } = await run(recogniser, planes)
      return { steps: dims[1] ?? 0, classes: dims[2] ?? 0, probabilities: data }
    },
  }
}
