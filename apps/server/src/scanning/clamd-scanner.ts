import { connect, type Socket } from 'node:net'
import {
  ScannerUnavailableError,
  type ScanVerdict,
  type UploadScanner,
} from '#src/scanning/upload-scanner.ts'

export type ClamdSettings = {
  readonly host: string
  readonly port: number
  readonly timeoutMs?: number
}

const defaultTimeoutMs = 10_000
const chunkBytes = 65_536
/** An answer is one short line. */
const mostAnswerBytes = 4_096

/** Chunks as the command INSTREAM wants them: each after its length in four bytes, and a length of nothing at the end. */
const framed = (bytes: Uint8Array): readonly Uint8Array[] => {
  const pieces: Uint8Array[] = [Buffer.from('zINSTREAM\0')]
  for (let from = 0; from < bytes.length; from += chunkBytes) {
    const chunk = bytes.subarray(from, from + chunkBytes)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(chunk.length)
    pieces.push(length, chunk)
  }
  return [...pieces, Buffer.alloc(4)]
}

const verdictOf = (answer: string): ScanVerdict => {
  if (answer === 'stream: OK') return { is: 'clean' }
  const found = /^stream: (.{1,200}) FOUND$/.exec(answer)
  if (found?.[1] !== undefined) return { is: 'infected', signature: found[1] }
  throw new ScannerUnavailableError(`it answered “${answer.slice(0, 80)}”`)
}

/** Reads up to the zero byte that ends an answer. */
const readAnswer = (socket: Socket): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      text += chunk
      const end = text.indexOf('\0')
      if (end !== -1) resolve(text.slice(0, end))
      else if (text.length > mostAnswerBytes) reject(new ScannerUnavailableError('its answer has no end'))
    })
    socket.on('timeout', () => reject(new ScannerUnavailableError('it took too long')))
    socket.on('error', (cause: NodeJS.ErrnoException) =>
      reject(new ScannerUnavailableError(cause.code ?? cause.message, { cause })),
    )
    socket.on('close', () => reject(new ScannerUnavailableError('it closed before it answered')))
  })

/**
 * The scanner daemon of ClamAV, spoken to by its command INSTREAM over TCP (clamd(8)). Nothing is written to disk and no
 * path is sent.
 */
export const createClamdScanner = ({
  host,
  port,
  timeoutMs = defaultTimeoutMs,
}: ClamdSettings): UploadScanner => ({
  name: `clamd ${host}:${port}`,
  scan: async (bytes) => {
    const socket = connect({ host, port, timeout: timeoutMs })
    try {
      const answer = readAnswer(socket)
      for (const piece of framed(bytes)) socket.write(piece)
      return verdictOf(await answer)
    } finally {
      socket.destroy()
    }
  },
})
