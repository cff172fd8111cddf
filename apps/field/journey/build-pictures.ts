import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { captureParts } from '../capture-parts.ts'

/** Builds the page that draws plates, documents and codes and has them read by the same engine as the app. */
export const buildPictures = async (): Promise<string> => {
  const outDir = await mkdtemp(join(tmpdir(), 'guankou-pictures-'))
  await build({
    root: join(import.meta.dirname, 'pictures'),
    configFile: false,
    logLevel: 'error',
    build: { outDir, target: 'es2023', assetsInlineLimit: 0 },
    worker: {
      format: 'es',
      plugins: () => [captureParts()],
      rolldownOptions: {
        output: {
          entryFileNames: 'assets/capture-[name]-[hash].js',
          chunkFileNames: 'assets/capture-[name]-[hash].js',
        },
      },
    },
    plugins: [captureParts()],
  })
  return outDir
}
