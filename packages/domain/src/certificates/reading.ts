import type { CertificateOutcome } from '@guankou/contract/certificates/shown.ts'
import type { CertificateFormat, StatementKind } from '@guankou/contract/certificates/trust-list.ts'
import type { Bilingual } from '@guankou/contract/primitives.ts'

/** What a certificate states, as it states it. */
export type CertificateStatement = {
  readonly kind: StatementKind
  /** Day of the vaccination, the sample or the first positive test; as written. */
  readonly on: string | undefined
  /** Vaccine or kind of test: a code or a name, as written. */
  readonly product: string | undefined
  readonly dose: { readonly number: number; readonly of: number } | undefined
  readonly result: 'detected' | 'not-detected' | undefined
  readonly country: string | undefined
  /** Who states it, as written. */
  readonly statedBy: string | undefined
  readonly validFrom: string | undefined
  readonly validUntil: string | undefined
}

export type CertificateHolder = { readonly name: string; readonly birthDate: string }

/** How far the text could be taken apart. */
export const readingStages = ['prefix', 'letters', 'compression', 'message', 'claims', 'content'] as const
export type ReadingStage = (typeof readingStages)[number]

export type CertificateContent = {
  readonly format: CertificateFormat
  /** Country or address. */
  readonly issuer: string
  readonly holder: CertificateHolder
  readonly statements: readonly CertificateStatement[]
  /** Unix time, milliseconds. */
  readonly issuedAtMs: number | undefined
  readonly expiresAtMs: number | undefined
}

export type CertificateReading =
  | { readonly is: 'unreadable'; readonly stage: ReadingStage }
  /** One of several codes that belong together. */
  | { readonly is: 'part'; readonly number: number; readonly of: number }
  | {
      readonly is: 'read'
      readonly outcome: CertificateOutcome
      readonly content: CertificateContent
      /** As on the trust list; nothing where the signature was not checked by a key of it. */
      readonly verifiedBy: { readonly issuer: string; readonly name: Bilingual | undefined } | undefined
      /** Where the content does not follow its schema, JSON pointer. */
      readonly wrongAt: string | undefined
    }

/**
 * The outcome in words, with the next step. `verified` says that its issuer signed it and that it holds today, and nothing about
 * the person who shows it: who that is, and what follows, the inspector decides.
 */
export const certificateOutcomeTexts: Readonly<Record<CertificateOutcome, Bilingual>> = {
  verified: {
    zh: '签名属实，在有效期内。请核对姓名和出生日期；证明本身不等于放行。',
    en: 'The signature is genuine and it is in date. Compare name and date of birth; a certificate alone is no pass.',
  },
  expired: { zh: '签名属实，但已过期。', en: 'The signature is genuine, but it has expired.' },
  'not-yet': { zh: '签名属实，但尚未生效。', en: 'The signature is genuine, but it is not valid yet.' },
  'wrong-content': {
    zh: '签名属实，但内容不合规范，请人工查看。',
    en: 'The signature is genuine, but the content does not follow its rules; look at it yourself.',
  },
  'wrong-use': {
    zh: '签发方的密钥不能用于这类证明。',
    en: 'The key of the issuer is not meant for this kind of certificate.',
  },
  'key-expired': { zh: '签发方的密钥已失效。', en: 'The key of the issuer is no longer valid.' },
  'unknown-issuer': {
    zh: '签发方不在信任名单中，无法核验。请按无证明处理。',
    en: 'The issuer is not on the trust list, so that it cannot be checked. Go on as without a certificate.',
  },
  forged: {
    zh: '签名不符：内容可能被改过。',
    en: 'The signature does not fit: something may have been changed.',
  },
  'cannot-verify': {
    zh: '本机不支持这种签名，无法核验。',
    en: 'This device does not know this kind of signature and cannot check it.',
  },
}

/** What could not be read, in words. */
export const unreadableTexts: Readonly<Record<ReadingStage, Bilingual>> = {
  prefix: { zh: '这不是可识别的健康证明。', en: 'This is no health certificate that is known here.' },
  letters: { zh: '没有读全，请再扫一次。', en: 'It was not read in full; scan it again.' },
  compression: { zh: '内容损坏，请再扫一次。', en: 'The content is damaged; scan it again.' },
  message: { zh: '内容损坏，不是签名证明。', en: 'The content is damaged; this is no signed certificate.' },
  claims: { zh: '签名内没有健康证明。', en: 'There is no health certificate in what was signed.' },
  content: { zh: '证明内容无法读取。', en: 'The content of the certificate cannot be read.' },
}
