import { fromBase32, toBase32 } from '#src/declarations/base32.ts'
import {
  type IssuedDeclaration,
  packDeclaration,
  unpackDeclaration,
} from '#src/declarations/pack-declaration.ts'

/**
 * Capitals, digits and colons alone: QR writes them in 5.5 bits a letter (alphanumeric mode, ISO/IEC 18004), and a scanner
 * that types them as a keyboard does so on every layout.
 */
const mark = 'GKD1'

/** Longest text that one code of 89 by 89 modules (version 18, level M) still holds. */
export const longestDeclarationText = 816

/** What is signed: never the bytes alone, so that a signature of this key over anything else is no declaration. */
export const textToSign = (issued: IssuedDeclaration): string =>
  `${mark}:${toBase32(packDeclaration(issued))}`

export const withSignature = (signed: string, signature: Uint8Array): string =>
  `${signed}:${toBase32(signature)}`

/** Why a text is not taken for a declaration that holds now. */
export type DeclarationFault =
  | 'other-text'
  | 'incomplete'
  | 'forged'
  | 'other-city'
  | 'expired'
  | 'not-yet'
  | 'cannot-verify'

export type ReadDeclaration =
  | { readonly is: 'good'; readonly issued: IssuedDeclaration }
  /** `issued` where it is genuine and something else is the matter, so that the inspector can say what. */
  | { readonly is: 'bad'; readonly fault: DeclarationFault; readonly issued?: IssuedDeclaration }

export type CheckSignature = (
  signed: string,
  signature: Uint8Array,
) => Promise<'good' | 'bad' | 'unsupported'>

/** Clocks of phones and server may differ by this much. */
const toleranceMs = 10 * 60_000
const signatureBytes = 64

type Parts = { readonly signed: string; readonly issued: IssuedDeclaration; readonly signature: Uint8Array }

/** As scanned, pasted or typed: in any case, with blanks and line breaks where a slip breaks its lines. */
const withoutBreaks = (typed: string): string => typed.normalize('NFKC').replace(/\s/g, '').toUpperCase()

/** Whether a text means to be a declaration, so that a scanner knows whom to give it to. */
export const looksLikeDeclaration = (typed: string): boolean => withoutBreaks(typed).startsWith(`${mark}:`)

const partsOf = (text: string): Parts | undefined => {
  const [, body = '', tail = '', ...more] = text.split(':')
  const bytes = fromBase32(body)
  const signature = fromBase32(tail)
  if (more.length > 0 || bytes === undefined || signature?.length !== signatureBytes) return undefined
  const issued = unpackDeclaration(bytes)
  return issued === undefined ? undefined : { signed: `${mark}:${body}`, issued, signature }
}

export const expiresAtMs = ({ issuedAtMs, validHours }: IssuedDeclaration): number =>
  issuedAtMs + validHours * 3_600_000

/**
 * Reads a signed declaration without a network: form first, then signature, then whether it is of this city and of today.
 * @param cityCode  of the key that checks it   @param nowMs  Unix time, milliseconds, of whoever reads
 */
export const readDeclaration = async (
  typed: string,
  {
    cityCode,
    check,
    nowMs,
  }: { readonly cityCode: number; readonly check: CheckSignature; readonly nowMs: number },
): Promise<ReadDeclaration> => {
  const text = withoutBreaks(typed)
  if (!text.startsWith(`${mark}:`)) return { is: 'bad', fault: 'other-text' }
  const parts = partsOf(text)
  if (parts === undefined) return { is: 'bad', fault: 'incomplete' }
  const { signed, issued, signature } = parts
  // Another city signs with another key: said first, because “forged” would be a wrong accusation.
  if (issued.cityCode !== cityCode) return { is: 'bad', fault: 'other-city' }
  const signedBy = await check(signed, signature)
  if (signedBy === 'unsupported') return { is: 'bad', fault: 'cannot-verify' }
  if (signedBy === 'bad') return { is: 'bad', fault: 'forged' }
  if (issued.issuedAtMs > nowMs + toleranceMs) return { is: 'bad', fault: 'not-yet', issued }
  return expiresAtMs(issued) <= nowMs ? { is: 'bad', fault: 'expired', issued } : { is: 'good', issued }
}
