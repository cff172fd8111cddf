import { createHmac, timingSafeEqual } from 'node:crypto'
import { deriveKey } from '#src/identity/master-key.ts'

const idBytes = 16
const proofBytes = 16

/** The links on notices: which episode, and a proof that nobody can make without the root key. Nothing of them is stored. */
export type QuarantineLinks = {
  /** 43 letters of base64url. */
  readonly secretOf: (quarantineId: string) => string
  /** Which episode a link opens; undefined where it was not made here. */
  readonly read: (secret: string) => string | undefined
}

export const createQuarantineLinks = (rootKey: Buffer): QuarantineLinks => {
  const key = deriveKey(rootKey, 'quarantine-links')
  const proofOf = (id: Buffer): Buffer =>
    createHmac('sha256', key).update(id).digest().subarray(0, proofBytes)
  return {
    secretOf: (quarantineId) => {
      const id = Buffer.from(quarantineId.replaceAll('-', ''), 'hex')
      return Buffer.concat([id, proofOf(id)]).toString('base64url')
    },
    read: (secret) => {
      const bytes = Buffer.from(secret, 'base64url')
      if (bytes.length !== idBytes + proofBytes) return undefined
      const id = bytes.subarray(0, idBytes)
      if (!timingSafeEqual(proofOf(id), bytes.subarray(idBytes))) return undefined
      const hex = id.toString('hex')
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
        '-',
      )
    },
  }
}
