import {
  CertificateContent,
  type RemainingKind,
  SignedCertificate,
} from '@guankou/contract/retention/certificate.ts'
import type { StoredCertificate } from '@guankou/db/queries/retention/certificates.ts'
import type { DestroyedDay } from '@guankou/db/queries/retention/days.ts'
import { deriveSigningKey, isSignedBy, type SigningKey } from '#src/identity/signing-key.ts'
import { compileChecker } from '#src/schema-checker.ts'

/** The key that signs certificates of an installation. */
export const certificateKey = (rootKey: Buffer): SigningKey =>
  deriveSigningKey(rootKey, 'retention-certificate')

const remains = (days: readonly DestroyedDay[]): RemainingKind[] =>
  days.some(({ dataClass }) => dataClass === 'identity')
    ? ['roll-ups', 'findings', 'audit', 'key-records']
    : ['roll-ups', 'audit', 'key-records']

/** Says what was destroyed and signs it. */
export const issueCertificate = (
  key: SigningKey,
  days: readonly DestroyedDay[],
  about: {
    readonly id: string
    readonly issuedAt: Date
    readonly city: CertificateContent['city']
    readonly by: string
  },
): StoredCertificate => {
  const content: CertificateContent = {
    kind: 'guankou.retention-certificate',
    version: 1,
    id: about.id,
    issuedAt: about.issuedAt.toISOString(),
    city: about.city,
    by: about.by,
    days: days.map((day) => ({
      jurisdiction: day.jurisdiction,
      day: day.day,
      dataClass: day.dataClass,
      destroyedAt: day.destroyedAt.toISOString(),
      vehicles: day.vehicles,
      travellers: day.travellers,
      fields: day.fields,
      keyFingerprint: day.keyFingerprint?.toString('hex') ?? null,
    })),
    remains: remains(days),
  }
  const text = JSON.stringify(content)
  return {
    id: about.id,
    issuedAt: about.issuedAt,
    content: text,
    signature: key.sign(text),
    publicKey: key.publicKey,
  }
}

/** The form in which a certificate leaves the installation. */
export const certificateFile = ({ content, signature, publicKey }: StoredCertificate): SignedCertificate => ({
  content,
  signature: signature.toString('base64'),
  publicKey: publicKey.toString('base64'),
})

export type VerifiedCertificate =
  | { readonly is: 'genuine'; readonly content: CertificateContent; readonly publicKey: Buffer }
  | { readonly is: 'unreadable' }
  | { readonly is: 'changed' }

const checkFile = compileChecker(SignedCertificate)
const checkContent = compileChecker(CertificateContent)

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Checks a certificate by the key that it carries. Whether that key is the installation’s own is for the caller to
 * compare: a forger can sign with a key of their own.
 */
export const verifyCertificate = (text: string): VerifiedCertificate => {
  const file = checkFile(parse(text))
  if (!file.ok) return { is: 'unreadable' }
  const publicKey = Buffer.from(file.value.publicKey, 'base64')
  if (!isSignedBy(publicKey, file.value.content, Buffer.from(file.value.signature, 'base64')))
    return { is: 'changed' }
  const content = checkContent(parse(file.value.content))
  return content.ok ? { is: 'genuine', content: content.value, publicKey } : { is: 'unreadable' }
}
