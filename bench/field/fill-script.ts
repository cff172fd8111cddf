import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const field = fileURLToPath(new URL('../../apps/field', import.meta.url))

/** The script that fills a phone, bundled from the app's own code. */
export const buildFillScript = async (): Promise<string> => {
  const outDir = await mkdtemp(join(tmpdir(), 'guankou-fill-'))
  try {
    await build({
      root: field,
      configFile: false,
      logLevel: 'error',
      build: {
        outDir,
        emptyOutDir: false,
        lib: {
          entry: join(field, 'journey/fill-phone.ts'),
          formats: ['iife'],
          name: 'fill',
          fileName: () => 'fill.js',
        },
      },
    })
    return await readFile(join(outDir, 'fill.js'), 'utf8')
  } finally {
    await rm(outDir, { recursive: true, force: true })
  }
}
