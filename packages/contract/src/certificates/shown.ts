import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { type Bilingual, oneOf } from '../primitives.ts'
import { certificateFormats, statementKinds } from './trust-list.ts'

/** What can be said of a certificate that was read. */
export const certificateOutcomes = [
  'verified',
  'expired',
  'not-yet',
  'wrong-content',
  'wrong-use',
  'key-expired',
  'unknown-issuer',
  'forged',
  'cannot-verify',
] as const
export type CertificateOutcome = (typeof certificateOutcomes)[number]

/** The outcome in a word or two, for lists. */
export const certificateOutcomeNames: Readonly<Record<CertificateOutcome, Bilingual>> = {
  verified: { zh: '签名属实', en: 'verified' },
  expired: { zh: '已过期', en: 'expired' },
  'not-yet': { zh: '尚未生效', en: 'not valid yet' },
  'wrong-content': { zh: '内容不合规范', en: 'content not as its rules have it' },
  'wrong-use': { zh: '密钥用途不符', en: 'key not meant for it' },
  'key-expired': { zh: '密钥已失效', en: 'key no longer valid' },
  'unknown-issuer': { zh: '签发方不明', en: 'unknown issuer' },
  forged: { zh: '签名不符', en: 'forged' },
  'cannot-verify': { zh: '无法核验', en: 'cannot be checked' },
}

/**
 * That somebody showed a certificate, and what came of reading it: nothing of what it states about them but its kinds.
 * Evidence beside the screening; no rule looks at it.
 */
export const ShownCertificate = Type.Object(
  {
    format: oneOf(certificateFormats),
    statements: classified('health', Type.Array(oneOf(statementKinds), { maxItems: 3, uniqueItems: true })),
    outcome: oneOf(certificateOutcomes),
    /** Country of the issuer as the trust list or the certificate has it (ISO 3166-1 alpha-2). */
    country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$', maxLength: 2 })),
  },
  { additionalProperties: false },
)
export type ShownCertificate = Static<typeof ShownCertificate>

export const mostShownCertificates = 4
