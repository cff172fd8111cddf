import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const { frontDigest, listFronts } = await import(new URL('../../bin/fronts.mjs', import.meta.url).href)

describe('what a front is built from', () => {
  let base: string

  async function write(name: string, content: string): Promise<void> {
    await mkdir(path.dirname(path.join(base, name)), { recursive: true })
    await writeFile(path.join(base, name), content)
  }

  beforeAll(async () => {
    base = await mkdtemp(path.join(os.tmpdir(), 'guankou-fronts-'))
    await write('package-lock.json', '{}')
    await write('apps/console/index.html', '<html></html>')
    await write('apps/console/package.json', '{"dependencies":{"@guankou/ui":"0.1.0","react":"19"}}')
    await write('apps/server/package.json', '{}')
    await write('packages/ui/package.json', '{"dependencies":{"@guankou/contract":"0.1.0"}}')
    await write('packages/contract/package.json', '{}')
    await write('packages/models/package.json', '{}')
  })
  afterAll(() => rm(base, { recursive: true, force: true }))

  it('is asked of each application that has a page', () => {
    expect(listFronts(base)).toEqual(['console'])
  })

  it.each([
    ['apps/console/src/main.tsx'],
    ['packages/ui/src/button.tsx'],
    ['packages/contract/src/roles.ts'],
    ['package-lock.json'],
  ])('changes with %s', async (name) => {
    const before = frontDigest('console', base)
    await write(name, 'changed')
    expect(frontDigest('console', base)).not.toBe(before)
    expect(frontDigest('console', base)).toBe(frontDigest('console', base))
  })

  it.each([
    ['apps/console/dist/index.html'],
    ['apps/console/node_modules/x/index.js'],
    ['packages/ui/src/button.test.tsx'],
    ['packages/models/src/queue.ts'],
    ['apps/server/src/main.ts'],
  ])('does not change with %s', async (name) => {
    const before = frontDigest('console', base)
    await write(name, 'changed')
    expect(frontDigest('console', base)).toBe(before)
  })
})
