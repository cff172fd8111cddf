import type { Pack, PackContent } from '@guankou/contract/sync/pack.ts'

/** Why a pack is not used. */
export type PackFault =
  | 'wrong-digest'
  | 'wrong-signature'
  | 'other-key'
  | 'cannot-verify'
  | 'already-expired'
  | 'not-readable'

export type SignatureCheck = 'good' | 'bad' | 'unsupported'

export type PackVerifier = {
  /** SHA-256 of the text in UTF-8, lower-case hexadecimal. */
  readonly sha256Hex: (text: string) => Promise<string>
  /** Ed25519 (RFC 8032); key and signature in base64. */
  readonly verifyEd25519: (publicKey: string, message: string, signature: string) => Promise<SignatureCheck>
}

export type CheckedPack =
  | { readonly is: 'good'; readonly content: PackContent }
  | { readonly is: 'bad'; readonly fault: PackFault }

const bad = (fault: PackFault): CheckedPack => ({ is: 'bad', fault })

const parseContent = (text: string): PackContent | undefined => {
  try {
    const parsed = JSON.parse(text) as Partial<PackContent>
    const lists = [parsed.jurisdictions, parsed.posts, parsed.responses]
    return lists.every(Array.isArray) ? (parsed as PackContent) : undefined
  } catch {
    return undefined
  }
}

/**
 * Whether a pack may be used: digest, signature and key first, content only after them.
 * @param pinnedKey  the key trusted since first use, or nothing before that
 */
export const checkPack = async (
  pack: Pack,
  pinnedKey: string | undefined,
  verifier: PackVerifier,
  nowMs: number,
): Promise<CheckedPack> => {
  if (pinnedKey !== undefined && pinnedKey !== pack.publicKey) return bad('other-key')
  const signed = `${pack.version}\n${pack.issuedAt}\n${pack.expiresAt}`
  const signature = await verifier.verifyEd25519(pack.publicKey, signed, pack.signature)
  if (signature === 'unsupported') return bad('cannot-verify')
  if (signature === 'bad') return bad('wrong-signature')
  if ((await verifier.sha256Hex(pack.content)) !== pack.version) return bad('wrong-digest')
  const expiresAtMs = Date.parse(pack.expiresAt)
  if (!(expiresAtMs > nowMs)) return bad('already-expired')
  const content = parseContent(pack.content)
  return content === undefined ? bad('not-readable') : { is: 'good', content }
}

export type Held = 'none' | 'current' | 'expired'

/** What a phone has in hand at a time. */
export const heldAt = (pack: Pick<Pack, 'expiresAt'> | undefined, nowMs: number): Held => {
  if (pack === undefined) return 'none'
  return Date.parse(pack.expiresAt) > nowMs ? 'current' : 'expired'
}

/**
 * The version to name in If-None-Match. None once half of a pack's life is over: “not modified” would leave the old
 * expiry in place, and a pack that is still right must not expire in the hand.
 */
export const versionToOffer = (
  pack: Pick<Pack, 'version' | 'issuedAt' | 'expiresAt'> | undefined,
  nowMs: number,
): string | undefined => {
  if (pack === undefined) return undefined
  const issuedAtMs = Date.parse(pack.issuedAt)
  const halfLifeMs = (Date.parse(pack.expiresAt) - issuedAtMs) / 2
  return nowMs - issuedAtMs < halfLifeMs ? pack.version : undefined
}
