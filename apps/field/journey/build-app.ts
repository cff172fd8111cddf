import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'

/** Builds the app as it is served, into a folder of its own. */
export const buildApp = async (): Promise<string> => {
  const outDir = await mkdtemp(join(tmpdir(), 'guankou-field-'))
  const root = join(import.meta.dirname, '..')
  await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'error', build: { outDir } })
  return outDir
}
