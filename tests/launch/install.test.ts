import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const { installDigest, isInstalled, npmFailure, writeInstallStamp } = await import(
  new URL('../../bin/install.mjs', import.meta.url).href
)

const lock = (version: string) =>
  JSON.stringify({
    packages: {
      '': { name: 'city' },
      'node_modules/fever': { version },
      'node_modules/fever-windows': { version, optional: true },
      'node_modules/@guankou/db': { link: true },
    },
  })

describe('whether packages are installed', () => {
  let base: string
  const write = (name: string, content: string) => writeFile(path.join(base, name), content)

  beforeEach(async () => {
    base = await mkdtemp(path.join(os.tmpdir(), 'guankou-install-'))
    await write('package-lock.json', lock('1.0.0'))
  })
  afterEach(() => rm(base, { recursive: true, force: true }))

  async function install(version: string): Promise<void> {
    await mkdir(path.join(base, 'node_modules'), { recursive: true })
    await write('node_modules/.package-lock.json', lock(version))
  }

  it('is denied without node_modules, and after an installation that did not end', async () => {
    expect(isInstalled(base)).toBe(false)
    await mkdir(path.join(base, 'node_modules', 'fever'), { recursive: true })
    expect(isInstalled(base)).toBe(false)
  })

  it('is told by the versions npm recorded when nobody left a stamp', async () => {
    await install('1.0.0')
    expect(isInstalled(base)).toBe(true)
    await install('0.9.0')
    expect(isInstalled(base)).toBe(false)
  })

  it('does not ask for optional packages of other machines', async () => {
    await mkdir(path.join(base, 'node_modules'))
    const packages = { 'node_modules/fever': { version: '1.0.0' } }
    await write('node_modules/.package-lock.json', JSON.stringify({ packages }))
    expect(isInstalled(base)).toBe(true)
  })

  it('is denied where a native part for this machine was left out', async () => {
    await mkdir(path.join(base, 'node_modules'))
    const fever = { 'node_modules/fever': { version: '1.0.0' } }
    const native = { version: '1.0.0', optional: true, os: [process.platform], cpu: [process.arch] }
    const elsewhere = { ...native, cpu: ['s390x'] }
    const withNative = (entry: object) =>
      JSON.stringify({ packages: { ...fever, 'node_modules/fever-native': entry } })
    await write('node_modules/.package-lock.json', JSON.stringify({ packages: fever }))
    await write('package-lock.json', withNative(elsewhere))
    expect(isInstalled(base)).toBe(true)
    await write('package-lock.json', withNative(native))
    expect(isInstalled(base)).toBe(false)
    await write('node_modules/.package-lock.json', withNative(native))
    expect(isInstalled(base)).toBe(true)
  })

  it('is told by the stamp, which another lock file makes void', async () => {
    await install('1.0.0')
    writeInstallStamp(base)
    expect(isInstalled(base)).toBe(true)
    const before = installDigest(base)
    await write('package-lock.json', lock('1.0.1'))
    expect(installDigest(base)).not.toBe(before)
    expect(isInstalled(base)).toBe(false)
  })
})

describe('an installation that failed', () => {
  it.each([
    ['npm error code ENOTFOUND\nnpm error network request to https://registry failed', /network.*网络/s],
    [
      'npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device, write',
      /disk is full.*磁盘已满/s,
    ],
    ['npm error code EACCES\nnpm error syscall mkdir', /owner.*所有者/s],
    ['npm error `npm ci` can only install packages when they are in sync.', /do not agree.*不一致/s],
    ['Error: spawn npm ENOENT', /npm was not found.*找不到 npm/s],
    ['npm error something nobody thought of', /below.*如下.*nobody thought of/s],
  ])('is told in a sentence: %s', (output, sentence) => {
    expect(npmFailure(output).message).toMatch(sentence)
  })
})
