import { createHmac, timingSafeEqual } from 'node:crypto'
import { mostLinksReplaced } from '@guankou/domain/quarantine/decide-step.ts'
import { deriveKey } from '#src/identity/master-key.ts'

const idBytes = 16
const proofBytes = 16

/** What a link says: which episode, and how often its link had been replaced when it was given out. */
export type ReadLink = { readonly quarantineId: string; readonly replaced: number }

/** The links on notices: which episode, and a proof that nobody can make without the root key. Nothing of them is stored. */
export type QuarantineLinks = {
  /** 43 letters of base64url. */
  readonly secretOf: (quarantineId: string, replaced: number) => string
  /** What a link says; undefined where it was not made here. */
  readonly read: (secret: string) => ReadLink | undefined
}

const idOfBytes = (bytes: Buffer): string => {
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

export const createQuarantineLinks = (rootKey: Buffer): QuarantineLinks => {
  const key = deriveKey(rootKey, 'quarantine-links')
  const proofOf = (id: Buffer, replaced: number): Buffer => {
    const proof = createHmac('sha256', key).update(id)
    // The first link of an episode says no number, as those on paper from before links could be replaced.
    return (replaced === 0 ? proof : proof.update(String(replaced))).digest().subarray(0, proofBytes)
  }
  return {
    secretOf: (quarantineId, replaced) => {
      const id = Buffer.from(quarantineId.replaceAll('-', ''), 'hex')
      return Buffer.concat([id, proofOf(id, replaced)]).toString('base64url')
    },
    read: (secret) => {
      const bytes = Buffer.from(secret, 'base64url')
      if (bytes.length !== idBytes + proofBytes) return undefined
      const id = bytes.subarray(0, idBytes)
      const proof = bytes.subarray(idBytes)
      for (let replaced = 0; replaced <= mostLinksReplaced; replaced += 1)
        if (timingSafeEqual(proofOf(id, replaced), proof)) return { quarantineId: idOfBytes(id), replaced }
      return undefined
    },
  }
}
