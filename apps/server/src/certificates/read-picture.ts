import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes as readCodes } from 'zxing-wasm/reader'

let ready: Promise<unknown> | undefined

/** The reader's module comes from the package, never from the network that it asks by itself. */
const prepare = (): Promise<unknown> => {
  ready ??= readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')).then(
    (wasm) =>
      prepareZXingModule({
        overrides: {
          wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) as ArrayBuffer,
        },
        fireImmediately: true,
      }),
  )
  return ready
}

/** The text of the first code in a picture, such as a PNG; nothing where none can be read. */
export const readPicture = async (picture: Uint8Array): Promise<string | undefined> => {
  await prepare()
  try {
    const found = await readCodes(picture, {
      formats: ['QRCode', 'Aztec'],
      tryHarder: true,
      maxNumberOfSymbols: 1,
    })
    return found.find(({ isValid }) => isValid)?.text
  } catch {
    // What is no picture throws.
    return undefined
  }
}
