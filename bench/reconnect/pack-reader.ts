import { createHash, createPublicKey, verify } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip } from 'node:zlib'
import type { Pack } from '@guankou/contract/sync/pack.ts'
import type { PackFault } from '@guankou/sync/download/check-pack.ts'
import type { LineAnswer } from './line.ts'

/** DER frame of a raw Ed25519 public key (RFC 8410 §4). */
const spkiFrame = Buffer.from('302a300506032b6570032100', 'hex')

const [unbrotli, ungzip] = [promisify(brotliDecompress), promisify(gunzip)]

const decode = async ({ headers, body }: LineAnswer): Promise<string> => {
  const encoding = headers['content-encoding']
  if (encoding === 'br') return (await unbrotli(body)).toString()
  return encoding === 'gzip' ? (await ungzip(body)).toString() : body.toString()
}

/**
 * Reads what phones fetch. Twelve thousand phones share these two cores with the server, so that bytes which came before are
 * compared, and not decoded and hashed again: that work is the phones’ own.
 */
export const createPackReader = () => {
  const decoded: { readonly body: Buffer; readonly text: string }[] = []
  const hashes = new Map<string, string>()
  const sha256Hex = async (text: string): Promise<string> => {
    const known = hashes.get(text)
    if (known !== undefined) return known
    const hash = createHash('sha256').update(text).digest('hex')
    hashes.set(text, hash)
    return hash
  }
  return {
    sha256Hex,
    textOf: async (answer: LineAnswer): Promise<string> => {
      const known = decoded.find(({ body }) => body.equals(answer.body))
      if (known !== undefined) return known.text
      const text = await decode(answer)
      if (answer.body.length > 1_500) decoded.push({ body: answer.body, text })
      return text
    },
    faultOf: async (pack: Pack): Promise<PackFault | undefined> => {
      const key = createPublicKey({
        key: Buffer.concat([spkiFrame, Buffer.from(pack.publicKey, 'base64')]),
        format: 'der',
        type: 'spki',
      })
      const signed = Buffer.from(`${pack.version}\n${pack.issuedAt}\n${pack.expiresAt}`)
      if (!verify(null, signed, key, Buffer.from(pack.signature, 'base64'))) return 'wrong-signature'
      return (await sha256Hex(pack.content)) === pack.version ? undefined : 'wrong-digest'
    },
  }
}

export type PackReader = ReturnType<typeof createPackReader>
