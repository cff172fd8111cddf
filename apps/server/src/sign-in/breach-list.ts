import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { Logger } from 'pino'
import type { BreachListSettings } from '#src/sign-in/settings.ts'

const prefixLength = 5
const patienceMs = 3_000
const chunkBytes = 512
/** A prefix has some thousand hashes, of about 40 bytes each. */
const mostAnswerBytes = 2 ** 20

export type BreachAnswer = 'leaked' | 'not-listed' | 'unreachable' | 'off'

export type BreachList = { readonly ask: (password: string) => Promise<BreachAnswer> }

const sha1 = (password: string): string =>
  createHash('sha1').update(password.normalize('NFC')).digest('hex').toUpperCase()

/** Lines of a chunk of the file that are whole, and where the first one starts. */
const linesAround = (text: string, isStart: boolean): readonly string[] => {
  const lines = text.split(/\r?\n/)
  return isStart ? lines : lines.slice(1)
}

/**
 * Looks a hash up in a file of SHA-1 hashes in hex, one a line and sorted, with or without `:count` behind, as the
 * downloader of Have I Been Pwned writes it. Halves the file, so that one of 40 GB takes some thirty reads.
 */
const isInFile = async (file: string, wanted: string): Promise<boolean> => {
  const handle = await open(file, 'r')
  try {
    let [low, high] = [0, (await handle.stat()).size]
    while (low < high) {
      const middle = Math.max(0, Math.floor((low + high) / 2) - chunkBytes / 2)
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(chunkBytes), 0, chunkBytes, middle)
      const text = buffer.toString('latin1', 0, bytesRead)
      const hashes = linesAround(text, middle === 0)
        .map((line) => line.slice(0, wanted.length).toUpperCase())
        .filter((hash) => hash.length === wanted.length)
      if (hashes.includes(wanted)) return true
      const [first] = hashes
      if (first === undefined) return false
      if (wanted < first) high = Math.min(middle, high - 1)
      else low = Math.max(middle + Math.floor(chunkBytes / 2), low + 1)
    }
    return false
  } finally {
    await handle.close()
  }
}

/** The text of an answer. @throws Error where there is more than that of it */
const textWithin = async (response: Response, mostBytes: number): Promise<string> => {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > mostBytes) throw new Error('the list of leaked passwords answered too much')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Asks for all hashes that begin like ours, so that the list is not told the password (k-anonymity). */
const isAtUrl = async (url: string, wanted: string): Promise<boolean> => {
  const response = await fetch(url.replace(/\/*$/, '/') + wanted.slice(0, prefixLength), {
    headers: { 'add-padding': 'true' },
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  })
  if (!response.ok) throw new Error(`the list of leaked passwords answered ${response.status}`)
  return (await textWithin(response, mostAnswerBytes))
    .split(/\r?\n/)
    .some((line) => line.startsWith(wanted.slice(prefixLength)) && !line.trimEnd().endsWith(':0'))
}

/** A list of leaked passwords, if a city configured one. Where it cannot be asked, that is said and nobody is held up. */
export const createBreachList = (settings: BreachListSettings | undefined, log: Logger): BreachList => ({
  ask: async (password) => {
    if (settings === undefined) return 'off'
    const wanted = sha1(password)
    try {
      const listed = await ('file' in settings
        ? isInFile(settings.file, wanted)
        : isAtUrl(settings.url, wanted))
      return listed ? 'leaked' : 'not-listed'
    } catch (error) {
      log.warn({ err: error }, 'the list of leaked passwords could not be asked')
      return 'unreachable'
    }
  },
})
