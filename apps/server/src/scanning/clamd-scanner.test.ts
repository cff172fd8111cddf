import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createClamdScanner } from './clamd-scanner.ts'
import { readUploadScanner, ScannerSettingsError } from './scanner-settings.ts'
import { noScanner, ScannerUnavailableError } from './upload-scanner.ts'

/** The string that every scanner knows as harmful and that harms nothing (EICAR), in two halves. */
const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((done) => server.close(done))
})

/** A daemon that takes INSTREAM apart by the letter and hands what it got to `answer`. */
const startDaemon = async (answer: (bytes: Buffer) => string | undefined) => {
  const server = createServer((socket: Socket) => {
    let held = Buffer.alloc(0)
    const chunks: Buffer[] = []
    const command = Buffer.from('zINSTREAM\0')
    let at = 0
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      held = Buffer.concat([held, data])
      if (at === 0 && held.length >= command.length) {
        at = command.length
        if (!held.subarray(0, at).equals(command)) {
          socket.end('UNKNOWN COMMAND\0')
          return
        }
      }
      while (at > 0 && held.length >= at + 4) {
        const length = held.readUInt32BE(at)
        if (length === 0) {
          const text = answer(Buffer.concat(chunks))
          if (text === undefined) socket.destroy()
          else socket.end(text)
          return
        }
        if (held.length < at + 4 + length) return
        chunks.push(held.subarray(at + 4, at + 4 + length))
        at += 4 + length
      }
    })
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

const byEicar = (bytes: Buffer): string =>
  bytes.includes(eicar) ? 'stream: Win.Test.EICAR_HDB-1 FOUND\0' : 'stream: OK\0'

describe('the scanner daemon', () => {
  it('is sent every byte, whatever the size, and its verdict is taken', async () => {
    const seen: Buffer[] = []
    const port = await startDaemon((bytes) => {
      seen.push(bytes)
      return byEicar(bytes)
    })
    const scanner = createClamdScanner({ host: '127.0.0.1', port })
    for (const size of [0, 1, 65_535, 65_536, 65_537, 300_000]) {
      const bytes = Buffer.alloc(size, 'abc')
      expect(await scanner.scan(bytes)).toEqual({ is: 'clean' })
      expect(seen.pop()?.equals(bytes), String(size)).toBe(true)
    }
    const infected = Buffer.concat([Buffer.alloc(200_000, ' '), Buffer.from(eicar)])
    expect(await scanner.scan(infected)).toEqual({ is: 'infected', signature: 'Win.Test.EICAR_HDB-1' })
  })

  it.each([
    ['an error', 'INSTREAM size limit exceeded. ERROR\0'],
    ['something else', 'hello\0'],
    ['no end', 'a'.repeat(10_000)],
    ['nothing', undefined],
  ])('that answers %s lets nothing pass', async (_, answer) => {
    const port = await startDaemon(() => answer)
    await expect(createClamdScanner({ host: '127.0.0.1', port }).scan(Buffer.from('x'))).rejects.toThrow(
      ScannerUnavailableError,
    )
  })

  it('that is not there, or never answers, lets nothing pass', async () => {
    const port = await startDaemon(byEicar)
    await new Promise((done) => servers.pop()?.close(done))
    const gone = createClamdScanner({ host: '127.0.0.1', port })
    await expect(gone.scan(Buffer.from('x'))).rejects.toThrow(ScannerUnavailableError)
    const held: Socket[] = []
    const silent = createServer((socket) => void held.push(socket))
    silent.listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const address = silent.address() as { port: number }
    const slow = createClamdScanner({ host: '127.0.0.1', port: address.port, timeoutMs: 50 })
    await expect(slow.scan(Buffer.from('x'))).rejects.toThrow('took too long')
    for (const socket of held) socket.destroy()
    await new Promise((done) => silent.close(done))
  })
})

describe('the setting of the scanner', () => {
  it('leaves out scanning where there is none, and says so', async () => {
    expect(readUploadScanner(undefined)).toBe(noScanner)
    expect(readUploadScanner('')).toBe(noScanner)
    expect(await noScanner.scan(Buffer.from(eicar))).toEqual({ is: 'not-scanned' })
  })

  it('names a daemon', () => {
    expect(readUploadScanner('clamd://scanner.city.example').name).toBe('clamd scanner.city.example:3310')
    expect(readUploadScanner('clamd://[::1]:4000').name).toBe('clamd ::1:4000')
  })

  it.each(['yes', 'http://x', 'clamd://', 'clamd://u:p@x:1', 'clamd://x/etc/passwd', 'clamd://x?y'])(
    'is refused as “%s”',
    (text) => {
      expect(() => readUploadScanner(text)).toThrow(ScannerSettingsError)
    },
  )
})
