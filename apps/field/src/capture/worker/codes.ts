import { prepareZXingModule, 'readBarcodes' as readCodes } from 'zxing-wasm/reader'
import type { CodeRead } from '../reading/reads.ts'
import type { Raster } from '../vision/raster.ts'

export type CodeReader = (raster: Raster) => Promise<CodeRead | undefined>

/** @param runtime  the reader's own bytes, so that it asks no other place for them */
export const openCodes = async (runtime: ArrayBuffer): Promise<CodeReader> => {
  await prepareZXingModule({ overrides: { wasmBinary: runtime }, fireImmediately: true })
  return async ({ width, height, data }) => {
    const image = new ImageData(new Uint8ClampedArray(data), width, height)
    const found = await readCodes(image, { formats: ['QRCode'], maxNumberOfSymbols: 1, tryHarder: true })
    image.data.fill(0)
    const [code] = found.filter(({ isValid }) => isValid)
    return code === undefined ? undefined : { is: 'qr', text: code.text }
  }
}
