import { createHash, randomUUID } from 'node:crypto'
import { chmod, cp, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import {
  type BinaryPackage,
  isLeftOut,
  linkLibraries,
  listCompleteTree,
  listTree,
  platformName,
} from './binary-package.ts'
import { noBinary } from './launch-error.ts'
import { canEnter, type PostgresUser } from './postgres-user.ts'

/**
 * Copies the programs to a folder the chosen user can enter and returns it; a copy made earlier is taken again.
 *
 * The name holds a digest of the tree it was made from. A folder found under that name is trusted only when we own it
 * and all in it, nobody else may write there, and its tree is the same: anyone may put things into a temporary folder.
 * @throws LaunchError NO_BINARY_FOR_PLATFORM when there is no place for a copy
 */
export async function copyBinaries(
  found: BinaryPackage,
  user: PostgresUser,
  parents: readonly string[] = [os.tmpdir(), '/var/tmp', '/var/lib'],
): Promise<string> {
  const tree = (await listCompleteTree(found)).join('\n')
  const digest = createHash('sha256').update(tree).digest('hex').slice(0, 16)
  const name = `guankou-postgres-${found.packageVersion}-${process.getuid?.() ?? 0}-${digest}`
  const failures: unknown[] = []
  for (const parent of parents) {
    try {
      if (await canEnter(user, parent)) return await takeOrMakeCopy(found, path.join(parent, name), tree)
    } catch (error) {
      failures.push(error)
    }
  }
  const reason = failures[0] instanceof Error ? failures[0].message : 'no folder to copy it to'
  throw noBinary(platformName(), reason, failures[0])
}

async function takeOrMakeCopy(found: BinaryPackage, target: string, tree: string): Promise<string> {
  if (await isTrusted(target, tree)) return target
  const fresh = `${target}.${randomUUID().slice(0, 8)}`
  try {
    await fillCopy(found, fresh)
    return await putInPlace(fresh, target, tree)
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    throw error
  }
}

async function fillCopy(found: BinaryPackage, fresh: string): Promise<void> {
  await mkdir(fresh, { mode: 0o755 })
  await cp(path.join(found.folder, 'native'), path.join(fresh, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (from) => !isLeftOut(path.relative(found.folder, from)),
  })
  await linkLibraries(fresh, found.links)
  for (const name of await readdir(fresh, { recursive: true })) {
    const at = path.join(fresh, name)
    const entry = await lstat(at)
    const runs = entry.isDirectory() || path.dirname(name) === path.join('native', 'bin')
    if (!entry.isSymbolicLink()) await chmod(at, runs ? 0o755 : 0o644)
  }
  await chmod(fresh, 0o755)
}

/** Gives the copy its name. If another process was faster its copy is taken; a damaged older one is moved away first. */
async function putInPlace(fresh: string, target: string, tree: string): Promise<string> {
  const isRenamed = await rename(fresh, target).then(
    () => true,
    () => false,
  )
  if (isRenamed) return target
  if (await isTrusted(target, tree)) {
    await rm(fresh, { recursive: true, force: true })
    return target
  }
  try {
    await rename(target, `${fresh}.old`)
    await rename(fresh, target)
    await rm(`${fresh}.old`, { recursive: true, force: true })
    return target
  } catch {
    // The name belongs to someone else: the fresh copy is as good under its own.
    return fresh
  }
}

async function isTrusted(target: string, tree: string): Promise<boolean> {
  const owner = process.getuid?.()
  const isOurs = async (at: string) => {
    const entry = await lstat(at)
    const isClosed = entry.isSymbolicLink() || (entry.mode & 0o022) === 0
    return isClosed && (owner === undefined || entry.uid === owner)
  }
  try {
    if (!(await lstat(target)).isDirectory() || !(await isOurs(target))) return false
    for (const name of await readdir(target, { recursive: true }))
      if (!(await isOurs(path.join(target, name)))) return false
    return (await listTree(target)).join('\n') === tree
  } catch {
    return false
  }
}
