import { mkdtemp, readdir, readFile, rm, stat, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DayKeyDestroyedError } from './day-key-store.ts'
import { createFileDayKeyStore, DayKeyDamagedError, putDayKey, withEscrow } from './file-day-key-store.ts'
import { createFileOnce } from './key-files.ts'

const owner = { jurisdiction: 440402, day: '2020-02-10' }
const other = { jurisdiction: 440402, day: '2020-02-11' }

describe('day keys in files', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guankou-days-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))
  const open = (name = 'days') => createFileDayKeyStore(join(folder, name))
  const fileOf = (name: string) => join(folder, 'days', '440402', name)

  it('are made once, however many ask at the same moment, for their owner alone', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => open().findOrCreate(owner)))
    expect(new Set(keys.map((key) => key.export().toString('hex'))).size).toBe(1)
    expect(keys[0]?.export()).toHaveLength(32)
    expect(await readdir(join(folder, 'days', '440402'))).toEqual(['2020-02-10.key'])
    expect((await stat(fileOf('2020-02-10.key'))).mode & 0o777).toBe(0o600)
    expect((await open().findOrCreate(other)).equals(keys[0] as never)).toBe(false)
  })

  it('are found only where they were made', async () => {
    expect(await open().find(owner)).toBeUndefined()
    const made = await open().findOrCreate(owner)
    expect((await open().find(owner))?.equals(made)).toBe(true)
  })

  it('are gone when they are destroyed, and not made again, while others stay', async () => {
    await open().findOrCreate(owner)
    const kept = await open().findOrCreate(other)
    const before = await readFile(fileOf('2020-02-10.key'))
    for (let times = 0; times < 2; times += 1) await open().destroy(owner)
    expect(await readdir(join(folder, 'days', '440402'))).toEqual(['2020-02-10.destroyed', '2020-02-11.key'])
    expect((await readFile(fileOf('2020-02-10.destroyed'))).includes(before)).toBe(false)
    await expect(open().find(owner)).rejects.toBeInstanceOf(DayKeyDestroyedError)
    await expect(open().findOrCreate(owner)).rejects.toBeInstanceOf(DayKeyDestroyedError)
    expect((await open().find(other))?.equals(kept)).toBe(true)
    expect(await open().list()).toEqual([
      { ...owner, destroyed: true },
      { ...other, destroyed: false },
    ])
  })

  it('of a day that never had one cannot be made after it was destroyed', async () => {
    await open().destroy(owner)
    await expect(open().findOrCreate(owner)).rejects.toBeInstanceOf(DayKeyDestroyedError)
  })

  it('count as destroyed from the mark on, where a stop came between mark and file', async () => {
    await open().findOrCreate(owner)
    await createFileOnce(fileOf('2020-02-10.destroyed'), '')
    await expect(open().find(owner)).rejects.toBeInstanceOf(DayKeyDestroyedError)
    expect(await open().list()).toEqual([{ ...owner, destroyed: true }])
    await open().destroy(owner)
    expect(await readdir(join(folder, 'days', '440402'))).toEqual(['2020-02-10.destroyed'])
  })

  it('that are damaged are said to be, and never made anew', async () => {
    await open().findOrCreate(owner)
    await truncate(fileOf('2020-02-10.key'), 5)
    await expect(open().findOrCreate(owner)).rejects.toBeInstanceOf(DayKeyDamagedError)
  })

  it('take no name that leads out of their folder', async () => {
    await expect(open().findOrCreate({ ...owner, day: '../../../etc' })).rejects.toBeInstanceOf(RangeError)
    await expect(open().find({ jurisdiction: 1.5, day: owner.day })).rejects.toBeInstanceOf(RangeError)
  })

  describe('with an escrow', () => {
    const both = () =>
      withEscrow(open(), open('escrow'), (whose, key, to) =>
        putDayKey(join(folder, to === 'store' ? 'days' : 'escrow'), whose, key),
      )

    it('are in both from the start, and come back from it when the folder is lost', async () => {
      const made = await both().findOrCreate(owner)
      expect((await open('escrow').find(owner))?.equals(made)).toBe(true)
      await rm(join(folder, 'days'), { recursive: true })
      expect((await both().find(owner))?.equals(made)).toBe(true)
      expect((await open().find(owner))?.equals(made)).toBe(true)
    })

    it('are destroyed in both', async () => {
      await both().findOrCreate(owner)
      await both().destroy(owner)
      for (const name of ['days', 'escrow'])
        await expect(open(name).find(owner)).rejects.toBeInstanceOf(DayKeyDestroyedError)
      await rm(join(folder, 'days'), { recursive: true })
      await expect(both().find(owner)).rejects.toBeInstanceOf(DayKeyDestroyedError)
    })
  })
})
