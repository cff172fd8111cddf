import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export type TransitServer = {
  readonly url: string
  readonly token: string
  /** How the server behaves: `silent` takes requests and never answers. */
  behaviour: 'well' | 'sealed' | 'silent' | 'garbled'
  /** Requests so far. */
  readonly asked: readonly string[]
  readonly stop: () => Promise<void>
}

type Ask = {
  readonly plaintext?: string
  readonly ciphertext?: string
  readonly associated_data?: string
  readonly min_decryption_version?: number
}

const readBody = async (request: IncomingMessage): Promise<Ask> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  return text === '' ? {} : (JSON.parse(text) as Ask)
}

/** One key with its versions, and what the transit engine does with it. */
const createKey = () => {
  const versions = [randomBytes(32)]
  let least = 1
  const place = (ask: Ask): Buffer => Buffer.from(ask.associated_data ?? '', 'base64')
  return {
    read: () => ({ latest_version: versions.length, min_decryption_version: least }),
    rotate: () => void versions.push(randomBytes(32)),
    configure: (ask: Ask) => {
      least = ask.min_decryption_version ?? least
    },
    encrypt: (ask: Ask) => {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', versions.at(-1) as Buffer, nonce)
      cipher.setAAD(place(ask))
      const sealed = Buffer.concat([
        nonce,
        cipher.update(Buffer.from(ask.plaintext ?? '', 'base64')),
        cipher.final(),
        cipher.getAuthTag(),
      ])
      return { ciphertext: `vault:v${versions.length}:${sealed.toString('base64')}` }
    },
    decrypt: (ask: Ask) => {
      const [, version, text] = /^vault:v(\d+):(.*)$/.exec(ask.ciphertext ?? '') ?? []
      const key = versions[Number(version) - 1]
      if (key === undefined || Number(version) < least) return undefined
      const sealed = Buffer.from(text ?? '', 'base64')
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
      decipher.setAAD(place(ask))
      decipher.setAuthTag(sealed.subarray(-16))
      try {
        const plain = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
        return { plaintext: plain.toString('base64') }
      } catch {
        return undefined
      }
    },
  }
}

type Answer = { readonly status: number; readonly data?: object }

const answerOf = (key: ReturnType<typeof createKey>, what: string, ask: Ask): Answer => {
  const tell = (data: object | undefined): Answer =>
    data === undefined ? { status: 400 } : { status: 200, data }
  if (what === 'GET /v1/transit/keys/city') return tell(key.read())
  if (what === 'POST /v1/transit/encrypt/city') return tell(key.encrypt(ask))
  if (what === 'POST /v1/transit/decrypt/city') return tell(key.decrypt(ask))
  if (what === 'POST /v1/transit/keys/city/rotate') key.rotate()
  else if (what === 'POST /v1/transit/keys/city/config') key.configure(ask)
  else return { status: 404 }
  return { status: 204 }
}

/** A key service on a free port that answers as the transit engine of Vault does, with one key named `city`. */
export const startTransitServer = async (): Promise<TransitServer> => {
  const key = createKey()
  const asked: string[] = []
  const token = randomBytes(16).toString('hex')
  const server = createServer(async (request, response) => {
    const what = `${request.method} ${request.url}`
    asked.push(what)
    const body = await readBody(request)
    if (running.behaviour === 'silent') return
    if (running.behaviour === 'garbled') return void response.end('<html>')
    const { status, data } =
      running.behaviour === 'sealed'
        ? { status: 503 }
        : request.headers['x-vault-token'] === token
          ? answerOf(key, what, body)
          : { status: 403 }
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(data === undefined ? '' : JSON.stringify({ data }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const running: TransitServer = {
    url: `http://127.0.0.1:${port}/v1/transit`,
    token,
    behaviour: 'well',
    asked,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return running
}
