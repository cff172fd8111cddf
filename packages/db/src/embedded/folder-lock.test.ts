import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeFolderLock } from './folder-lock.ts'
import { temporaryFolder } from './launch-fixture.ts'

describe('the lock of a data folder', () => {
  let temporary: Awaited<ReturnType<typeof temporaryFolder>>
  let file: string

  beforeAll(async () => {
    temporary = await temporaryFolder()
    file = path.join(temporary.folder, 'guankou.lock')
  })
  afterAll(() => temporary.remove())

  it('is held by one at a time', async () => {
    const first = await takeFolderLock(file)
    expect(first).toBeDefined()
    expect(await takeFolderLock(file)).toBeUndefined()
    first?.release()
    first?.release()
    const second = await takeFolderLock(file)
    expect(second).toBeDefined()
    second?.release()
  })

  it('writes nothing to its file', async () => {
    const lock = await takeFolderLock(file)
    lock?.release()
    expect(await readFile(file, 'utf8')).toBe('')
  })

  it('is taken all the same when its file holds something else', async () => {
    await writeFile(file, 'something else than a lock, and long enough not to be taken for an empty one')
    const lock = await takeFolderLock(file)
    expect(lock).toBeDefined()
    lock?.release()
  })
})
