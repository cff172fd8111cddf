import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** What a phone may have to load before its first screen, compressed, bytes. */
const mostBytes = 300_000

/** Built as it is served: in a process of its own, because that of the tests is not one of production. */
const buildForPhones = async (): Promise<string> => {
  const outDir = await mkdtemp(join(tmpdir(), 'guankou-first-load-'))
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
  const { VITEST: _, ...env } = process.env
  await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'error', '--outDir', outDir], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...env, NODE_ENV: 'production' },
  })
  return outDir
}

describe('the first load of the app', () => {
  let dist: string
  beforeAll(async () => {
    dist = await buildForPhones()
  }, 300_000)
  afterAll(() => rm(dist, { recursive: true, force: true }))

  it('stays under 300 KB compressed: the page and every script and style that it names', async () => {
    const page = await readFile(join(dist, 'index.html'), 'utf8')
    const named = [...page.matchAll(/(?:src|href)="\/field\/([^"]+\.(?:js|css))"/g)].map(
      ([, path = '']) => path,
    )
    expect(named.length).toBeGreaterThan(1)
    const sizes = await Promise.all(
      ['index.html', ...named].map(
        async (path) => [path, gzipSync(await readFile(join(dist, path))).length] as const,
      ),
    )
    const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0)
    expect(total, JSON.stringify(Object.fromEntries(sizes))).toBeLessThanOrEqual(mostBytes)
  })

  it('leaves the size of everything else to when it is asked for', async () => {
    const files = await readdir(join(dist, 'assets'))
    expect(files.filter((name) => /\.(onnx|wasm|traineddata)$/.test(name))).toEqual([])
  })
})
