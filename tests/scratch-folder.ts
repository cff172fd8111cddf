import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'

/** A file system in memory, on Linux. */
const inMemory = '/dev/shm'
const prefix = 'guankou-tests-'
/** A whole run holds less than half of it at a time. */
const roomBytes = 6 * 2 ** 30

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** What runs that were killed have left behind. */
const removeAbandoned = async (): Promise<void> => {
  for (const name of await readdir(inMemory))
    if (name.startsWith(prefix) && !isAlive(Number(name.slice(prefix.length))))
      await rm(join(inMemory, name), { recursive: true, force: true })
}

const hasRoom = async (): Promise<boolean> => {
  const { bavail, bsize } = await statfs(inMemory)
  return bavail * bsize > roomBytes && process.availableMemory() > 2 * roomBytes
}

/**
 * Has everything that this run puts into the temporary folder kept in memory, where there is enough of it: the tests
 * make some thousand databases of a thousand files each, and wait for a disk longer than for anything else.
 * @returns removes it
 */
export const keepScratchInMemory = async (): Promise<() => Promise<void>> => {
  if (!existsSync(inMemory)) return async () => undefined
  await removeAbandoned()
  if (!(await hasRoom())) return async () => undefined
  const folder = join(inMemory, `${prefix}${process.pid}`)
  await mkdir(folder, { recursive: true })
  // As open as `/tmp`: under root PostgreSQL runs as another user.
  await chmod(folder, 0o1777)
  process.env.TMPDIR = folder
  return () => rm(folder, { recursive: true, force: true })
}
