import { type Cbor, decodeCbor, UnreadableCbor } from '#src/certificates/cbor.ts'

/** Claims of a health certificate as a CBOR Web Token (RFC 8392) with the claim −260 of the hcert specification. */
export type CwtClaims = {
  readonly issuer: string | undefined
  /** Unix time, seconds. */
  readonly issuedAt: number | undefined
  readonly notBefore: number | undefined
  readonly expiresAt: number | undefined
  /** By kind: 1 an EU certificate, 3 and 4 the core data sets of WHO for vaccination and test. */
  readonly hcert: ReadonlyMap<Cbor, Cbor>
}

const keys = { issuer: 1, expiresAt: 4, notBefore: 5, issuedAt: 6, hcert: -260 } as const

const secondsOf = (value: Cbor): number | undefined =>
  typeof value === 'number' && value >= 0 && value < 1e11 ? Math.floor(value) : undefined

/** @returns undefined where the payload is no token that holds a health certificate */
export const readCwt = (payload: Uint8Array): CwtClaims | undefined => {
  try {
    const claims = decodeCbor(payload)
    if (!(claims instanceof Map)) return undefined
    const hcert = claims.get(keys.hcert)
    if (!(hcert instanceof Map) || hcert.size === 0) return undefined
    const issuer = claims.get(keys.issuer)
    return {
      issuer: typeof issuer === 'string' ? issuer : undefined,
      issuedAt: secondsOf(claims.get(keys.issuedAt)),
      notBefore: secondsOf(claims.get(keys.notBefore)),
      expiresAt: secondsOf(claims.get(keys.expiresAt)),
      hcert,
    }
  } catch (cause) {
    if (cause instanceof UnreadableCbor) return undefined
    throw cause
  }
}
