import { randomBytes } from 'node:crypto'
import { link, mkdir, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Makes the entries of a folder durable: a file that was synced can still be lost with its name. */
export const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    // Windows has no sync for folders.
    if (!['EPERM', 'EISDIR', 'EINVAL'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    await handle.close()
  }
}

/**
 * Makes a file with all it holds, for its owner alone; of any number of processes that do so at once one succeeds.
 * @returns false where the name was taken; what is there is left as it is
 */
export const createFileOnce = async (file: string, content: Buffer | string): Promise<boolean> => {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const unfinished = `${file}.${randomBytes(6).toString('hex')}`
  try {
    const handle = await open(unfinished, 'wx', 0o600)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await link(unfinished, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(unfinished, { force: true })
  }
  await syncFolder(dirname(file))
  return true
}

/**
 * Writes chance over a file in its place and makes that durable. On a disk that never writes in place, such as flash,
 * this is no proof that no copy is left; the operations guide says what to do about that.
 * @returns false where there is no such file
 */
export const overwriteFile = async (file: string, byteLength: number): Promise<boolean> => {
  let handle: Awaited<ReturnType<typeof open>>
  try {
    handle = await open(file, 'r+')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
  try {
    const { size } = await handle.stat()
    const length = Math.max(byteLength, size)
    await handle.write(randomBytes(length), 0, length, 0)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return true
}
