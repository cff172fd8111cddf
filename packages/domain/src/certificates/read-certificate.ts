import type { CertificateOutcome } from '@guankou/contract/certificates/shown.ts'
import type { StatementKind, TrustedKey } from '@guankou/contract/certificates/trust-list.ts'
import { fromBase64, toBase64 } from '#src/certificates/base64.ts'
import { signedBytes } from '#src/certificates/cose.ts'
import { hcertPrefix, readHcertMessage, unwrapHcert } from '#src/certificates/hcert.ts'
import type {
  CertificateContent,
  CertificateReading,
  CertificateStatement,
} from '#src/certificates/reading.ts'
import { readShcMessage, readShcText, shcPrefix } from '#src/certificates/shc.ts'
import {
  algorithms,
  type SignedMessage,
  type Subtle,
  verifySignature,
} from '#src/certificates/verify-signature.ts'

export type CertificateTerms = {
  /** The trust list of the operator. */
  readonly keys: readonly TrustedKey[]
  readonly subtle: Subtle
  /** Unix time, milliseconds. */
  readonly nowMs: number
}

/** No code holds as many letters (ISO/IEC 18004: 7,089 digits); what is longer is no certificate, and is not taken apart. */
const longestText = 20_000

/** Clocks of issuers and phones may differ by this much. */
const toleranceMs = 5 * 60_000

/** Whether a text means to be a health certificate, so that a scanner knows whom to give it to. */
export const looksLikeCertificate = (text: string): boolean =>
  text.trim().startsWith(hcertPrefix) || text.trim().toLowerCase().startsWith(shcPrefix)

type Signed = Omit<SignedMessage, 'spki'>

type Verified =
  | { readonly is: 'by'; readonly key: TrustedKey }
  | { readonly is: 'forged' | 'cannot-verify' | 'unknown-issuer' }

/** Tries the keys that go by the same name; two issuers may have given theirs the same. */
const verifyWith = async (
  candidates: readonly TrustedKey[],
  message: Signed,
  subtle: Subtle,
): Promise<Verified> => {
  let worst: 'unknown-issuer' | 'forged' | 'cannot-verify' = 'unknown-issuer'
  for (const key of candidates) {
    const spki = fromBase64(key.spki)
    if (spki === undefined) continue
    const outcome = await verifySignature(subtle, { ...message, spki })
    if (outcome === 'good') return { is: 'by', key }
    if (outcome === 'bad') worst = 'forged'
    else if (worst === 'unknown-issuer') worst = 'cannot-verify'
  }
  return { is: worst }
}

const isMeantFor = ({ uses }: TrustedKey, kinds: readonly StatementKind[]): boolean =>
  uses === undefined || uses.length === 0 || kinds.every((kind) => uses.includes(kind))

/** Keys sign while they are valid; what they signed then holds until it expires itself. */
const wasValidKey = ({ validFrom, validUntil }: TrustedKey, issuedAtMs: number): boolean =>
  (validFrom === undefined || Date.parse(validFrom) <= issuedAtMs + toleranceMs) &&
  (validUntil === undefined || issuedAtMs <= Date.parse(validUntil))

/** A day begins up to fourteen hours before it does at Greenwich, and ends up to twelve hours after. */
const earliestMs = 14 * 3_600_000
const latestMs = 36 * 3_600_000
const isDay = (written: string): boolean => /^\d{4}-\d\d-\d\d$/.test(written)

/**
 * Whether a statement holds by the period that it states itself; one that states none does. A day counts as long as it is that day
 * anywhere, because nobody knows whose day is meant.
 */
const holdsOf = (
  { validFrom, validUntil }: CertificateStatement,
  nowMs: number,
): 'yes' | 'not-yet' | 'over' => {
  const from = Date.parse(validFrom ?? '') - (isDay(validFrom ?? '') ? earliestMs : 0)
  const until = Date.parse(validUntil ?? '') + (isDay(validUntil ?? '') ? latestMs : 0)
  if (until <= nowMs) return 'over'
  return from > nowMs + toleranceMs ? 'not-yet' : 'yes'
}

const outcomeOf = (
  content: CertificateContent,
  wrongAt: string | undefined,
  key: TrustedKey,
  nowMs: number,
): CertificateOutcome => {
  const { issuedAtMs, expiresAtMs, statements } = content
  const kinds = statements.map(({ kind }) => kind)
  if (!wasValidKey(key, issuedAtMs ?? nowMs)) return 'key-expired'
  if (!isMeantFor(key, kinds)) return 'wrong-use'
  if (wrongAt !== undefined) return 'wrong-content'
  if (issuedAtMs !== undefined && issuedAtMs > nowMs + toleranceMs) return 'not-yet'
  if (expiresAtMs !== undefined && expiresAtMs <= nowMs) return 'expired'
  // Of several statements one that holds is enough: whoever looks reads of each until when it does.
  const held = statements.map((statement) => holdsOf(statement, nowMs))
  if (held.length === 0 || held.includes('yes')) return 'verified'
  return held.includes('not-yet') ? 'not-yet' : 'expired'
}

type Taken = {
  readonly content: CertificateContent
  readonly wrongAt: string | undefined
  readonly message: Signed
  readonly candidates: readonly TrustedKey[]
}

const conclude = async (
  { content, wrongAt, message, candidates }: Taken,
  { subtle, nowMs }: CertificateTerms,
): Promise<CertificateReading> => {
  const verified = await verifyWith(candidates, message, subtle)
  if (verified.is !== 'by')
    return { is: 'read', outcome: verified.is, content, verifiedBy: undefined, wrongAt }
  const { issuer, name } = verified.key
  const outcome = outcomeOf(content, wrongAt, verified.key, nowMs)
  return { is: 'read', outcome, content, verifiedBy: { issuer, name }, wrongAt }
}

const readHcert = async (text: string, terms: CertificateTerms): Promise<CertificateReading> => {
  const unwrapped = unwrapHcert(text)
  if (!unwrapped.ok) return { is: 'unreadable', stage: unwrapped.stage }
  const read = readHcertMessage(unwrapped.value)
  if (!read.ok) return { is: 'unreadable', stage: read.stage }
  const { message, content, wrongAt } = read.value
  const kid = message.kid === undefined ? undefined : toBase64(message.kid)
  const ofFormat = terms.keys.filter(({ format }) => format === content.format)
  // Without a name of the key, those of the issuer's country are tried.
  const candidates = ofFormat.filter((key) =>
    kid === undefined ? key.issuer === content.issuer : key.kid === kid,
  )
  const { algorithm, signature } = message
  return conclude(
    { content, wrongAt, candidates, message: { algorithm, signed: signedBytes(message), signature } },
    terms,
  )
}

const readShc = async (text: string, terms: CertificateTerms): Promise<CertificateReading> => {
  const typed = readShcText(text)
  if (typed.is === 'part') return typed
  if (typed.is === 'damaged') return { is: 'unreadable', stage: 'letters' }
  const read = readShcMessage(typed.jws)
  if (!read.ok) return { is: 'unreadable', stage: read.stage }
  const { kid, signed, signature, content, wrongAt } = read.value
  const candidates = terms.keys.filter(
    (key) => key.format === 'smart-health-card' && key.kid === kid && key.issuer === content.issuer,
  )
  return conclude(
    { content, wrongAt, candidates, message: { algorithm: algorithms.es256, signed, signature } },
    terms,
  )
}

/**
 * Reads a health certificate without a network and checks it by the keys of the trust list. It says what is stated and
 * whether that is genuine and in date; nothing follows from it by itself.
 * @param text  as scanned, pasted or typed
 */
export const readCertificate = async (text: string, terms: CertificateTerms): Promise<CertificateReading> => {
  // A text that was sent by mail is broken into lines.
  const trimmed = text.replace(/[\r\n\t]/g, '').trim()
  if (trimmed.length > longestText) return { is: 'unreadable', stage: 'letters' }
  return trimmed.toLowerCase().startsWith(shcPrefix)
    ? readShc(trimmed.toLowerCase(), terms)
    : readHcert(trimmed, terms)
}
