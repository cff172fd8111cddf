import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, inject, it } from 'vitest'

/** What a phone may have to load before its first screen, compressed, bytes. */
const mostBytes = 300_000

describe('the first load of the app', () => {
  const dist = inject('fronts').field

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
