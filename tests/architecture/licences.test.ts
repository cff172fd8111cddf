import { describe, expect, it } from 'vitest'
import { readText } from './source-tree.ts'

/** Licences under which what we ship may be used, changed and passed on by anyone, without asking for our source. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  // Fonts: it only asks that they are not sold alone.
  'OFL-1.1',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
  'Zlib',
])

/** Installed beside what ships, and no part of it. */
const toolsOnly = /^node_modules\/lightningcss(?:-|$)/

/** Packages that say their licence in a file of that name alone; each was read. */
const saidInFile: Readonly<Record<string, string>> = { 'node_modules/png-js': 'MIT' }

type Package = {
  readonly license?: string
  readonly dev?: boolean
  readonly link?: boolean
  readonly resolved?: string
}

const { packages } = JSON.parse(readText('package-lock.json')) as { packages: Record<string, Package> }
const shipped = Object.entries(packages).filter(
  ([path, { dev, link }]) =>
    path.startsWith('node_modules/') && !toolsOnly.test(path) && dev !== true && link !== true,
)

/** `(MIT OR GPL-2.0)` lets us choose; of `MIT AND Zlib` both hold (SPDX 2.3, Annex D). */
const isPermissive = (licence: string): boolean =>
  licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => permissive.has(one.trim())))

describe('what we ship', () => {
  it('is under permissive licences', () => {
    expect(shipped.length).toBeGreaterThan(50)
    const others = shipped
      .map(([path, { license }]) => [path, { license: license ?? saidInFile[path] }] as const)
      .filter(([, { license }]) => license === undefined || !isPermissive(license))
    expect(others.map(([path, { license }]) => `${path}: ${license}`)).toEqual([])
  })

  it('comes from the public registry alone', () => {
    const elsewhere = shipped.filter(
      ([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'),
    )
    expect(elsewhere.map(([path, { resolved }]) => `${path}: ${resolved}`)).toEqual([])
  })

  it('is judged by a reader of licences that knows the others', () => {
    expect(['MIT', '(MIT OR GPL-3.0-only)', 'MIT AND Zlib'].map(isPermissive)).toEqual([true, true, true])
    expect(['GPL-3.0-only', 'MIT AND LGPL-3.0-only', 'SEE LICENSE IN x', ''].map(isPermissive)).toEqual(
      Array(4).fill(false),
    )
  })
})
