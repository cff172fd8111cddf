import { createHash, createPublicKey, type JsonWebKey } from 'node:crypto'
import type { CertificateFormat, TrustedKey } from '@guankou/contract/certificates/trust-list.ts'
import { readSignerCertificate } from '@guankou/domain/certificates/x509.ts'
import { usesOf } from '#src/certificates/key-uses.ts'

const kidBytes = 8

/** The key of a signer's certificate; its name is the first eight bytes of the digest, as the hcert specification has it. */
export const keyOfCertificate = (der: Buffer, format: CertificateFormat): TrustedKey | undefined => {
  const signer = readSignerCertificate(der)
  if (signer === undefined) return undefined
  const { spki, country, validFromMs, validUntilMs, extendedUses } = signer
  const uses = usesOf(extendedUses)
  return {
    format,
    kid: createHash('sha256').update(der).digest().subarray(0, kidBytes).toString('base64'),
    issuer: country ?? 'XX',
    spki: Buffer.from(spki).toString('base64'),
    ...(uses.length === 0 ? {} : { uses: [...uses] }),
    validFrom: new Date(validFromMs).toISOString(),
    validUntil: new Date(validUntilMs).toISOString(),
  }
}

const [begin, end] = ['-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----'] as const

/** Certificates in a file: PEM, one or many, or a single DER. */
export const certificatesIn = (content: Buffer): readonly Buffer[] => {
  const text = content.toString('latin1')
  const found = text
    .split(begin)
    .slice(1)
    .map((part) => Buffer.from(part.split(end)[0] ?? '', 'base64'))
  return found.length > 0 ? found : [content]
}

/** The thumbprint of an elliptic key (RFC 7638 §3.2), by which SMART Health Cards name it. */
export const thumbprintOf = ({ crv, kty, x, y }: JsonWebKey): string =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')

/** The keys of an issuer of SMART Health Cards, from its key set (RFC 7517); what is no key on P-256 is left out. */
export const keysOfIssuer = (issuer: string, keys: readonly JsonWebKey[]): readonly TrustedKey[] =>
  keys
    .filter(({ kty, crv }) => kty === 'EC' && crv === 'P-256')
    .map((key) => ({
      format: 'smart-health-card',
      kid: thumbprintOf(key),
      issuer,
      spki: createPublicKey({ key, format: 'jwk' })
        .export({ format: 'der', type: 'spki' })
        .toString('base64'),
    }))
