import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deriveBytes, loadMasterKey, MasterKeyError } from './master-key.ts'

describe('the master key', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guankou-key-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))
  const load = (fromEnvironment?: string) =>
    loadMasterKey({ fromEnvironment, file: join(folder, 'keys', 'master.key') })

  it('is made on first use, for its owner alone, and found again', async () => {
    const made = await load()
    expect(made).toHaveLength(32)
    expect((await load()).equals(made)).toBe(true)
    expect((await stat(join(folder, 'keys', 'master.key'))).mode & 0o777).toBe(0o600)
    expect((await stat(join(folder, 'keys'))).mode & 0o777).toBe(0o700)
  })

  it('is the same for servers that start at the same moment', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => load()))
    const found = new Set(keys.map((key) => key.toString('hex')))
    expect(found.size).toBe(1)
    expect(found).toEqual(new Set([(await load()).toString('hex')]))
    // Nothing is left of the keys that came second.
    expect(await readdir(join(folder, 'keys'))).toEqual(['master.key'])
  })

  it('comes from the environment where it is given there, and then no file is made', async () => {
    const key = randomBytes(32)
    expect((await load(key.toString('base64'))).equals(key)).toBe(true)
    await expect(stat(join(folder, 'keys'))).rejects.toThrow('ENOENT')
  })

  it.each(['', 'short', randomBytes(31).toString('base64'), randomBytes(33).toString('base64')])(
    'is refused where it is not 32 bytes: %j',
    async (text) => {
      await expect(load(text)).rejects.toBeInstanceOf(MasterKeyError)
      await load()
      await writeFile(join(folder, 'keys', 'master.key'), text)
      await expect(load()).rejects.toBeInstanceOf(MasterKeyError)
      // What is there is left as it is: it may be the only copy of a damaged key.
      expect(await readFile(join(folder, 'keys', 'master.key'), 'utf8')).toBe(text)
    },
  )

  it('gives each use a key of its own', () => {
    const master = randomBytes(32)
    const derived = ['a', 'b', 'look-up-digest'].map((use) => deriveBytes(master, use).toString('hex'))
    expect(new Set([...derived, master.toString('hex')]).size).toBe(4)
    expect(deriveBytes(master, 'a').toString('hex')).toBe(derived[0])
  })
})
