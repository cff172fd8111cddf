import { copyFile, type FileHandle, open, rename, stat, truncate } from 'node:fs/promises'

/** The file PostgreSQL's standard error goes to. It outlives us, so the last words of a leftover server are kept too. */
export type ServerLog = {
  readonly descriptor: number
  /** What was written since this was opened, by line; at most the last 64 kB. */
  newLines(): Promise<string[]>
  close(): Promise<void>
}

const readBackBytes = 65_536
const checkMilliseconds = 60_000

/**
 * Opens the log for appending and keeps it and its one predecessor (`.1`) below `maximumBytes` each, give or take what
 * is written within a minute.
 */
export async function openServerLog(file: string, maximumBytes = 8 * 2 ** 20): Promise<ServerLog> {
  const before = await stat(file).catch(() => undefined)
  if (before !== undefined && before.size > maximumBytes) await rename(file, `${file}.1`)
  const handle = await open(file, 'a+', 0o600)
  const startOffset = (await handle.stat()).size
  const timer = setInterval(() => void keepSmall(file, maximumBytes), checkMilliseconds)
  timer.unref()
  return {
    descriptor: handle.fd,
    newLines: () => linesFrom(handle, startOffset),
    async close() {
      clearInterval(timer)
      await handle.close()
    },
  }
}

/** The server keeps its descriptor, in append mode: after the cut it goes on at the beginning. */
async function keepSmall(file: string, maximumBytes: number): Promise<void> {
  try {
    if ((await stat(file)).size <= maximumBytes) return
    await copyFile(file, `${file}.1`)
    await truncate(file, 0)
  } catch {
    // A log that cannot be cut now is cut in a minute.
  }
}

async function linesFrom(handle: FileHandle, startOffset: number): Promise<string[]> {
  const { size } = await handle.stat()
  const from = Math.max(Math.min(startOffset, size), size - readBackBytes)
  const bytes = Buffer.alloc(size - from)
  await handle.read(bytes, 0, bytes.length, from)
  return bytes.toString('utf8').split('\n').filter(Boolean)
}
