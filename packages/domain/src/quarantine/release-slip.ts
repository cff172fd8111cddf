import type { ReleaseVerdict } from '@guankou/contract/quarantine/released.ts'
import { fromBase32, toBase32 } from '#src/declarations/base32.ts'
import { createByteReader, createByteWriter, UnreadableBytes } from '#src/declarations/bytes.ts'
import type { CheckSignature } from '#src/declarations/signed-text.ts'

/** What the code on a certificate of release says: enough to compare with the paper and a document, not to know somebody. */
export type ReleaseSlip = {
  readonly cityCode: number
  /** Of the district that released. */
  readonly district: number
  /** As the paper prints it: twelve hexadecimal digits, in capitals. */
  readonly serial: string
  /** Covered, such as `张**`. */
  readonly name: string
  /** Covered, such as `****123X`; empty where none was given. */
  readonly document: string
  /** Unix time, milliseconds, whole minutes. */
  readonly releasedAtMs: number
  readonly issuedAtMs: number
  readonly validDays: number
}

/** A certificate can be checked for so long; who was released half a year ago has nothing to prove by it. */
export const releaseSlipValidDays = 180

/** Another mark than that of a declaration: a signature over one is none over the other. */
const mark = 'GKR1'
const layout = 1
const numberBytes = 6
const firstMs = Date.parse('2019-01-01T00:00:00.000Z')
const firstCode = 100_000
const minuteMs = 60_000
const signatureBytes = 64
const toleranceMs = 10 * minuteMs

const minutesOf = (atMs: number): number => Math.floor((atMs - firstMs) / minuteMs)

const pack = (slip: ReleaseSlip): Uint8Array => {
  const writer = createByteWriter()
  writer.number(layout)
  writer.number(slip.cityCode - firstCode)
  writer.number(slip.district - firstCode)
  writer.raw(Uint8Array.from(slip.serial.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)))
  writer.text(slip.name)
  writer.text(slip.document)
  writer.number(minutesOf(slip.releasedAtMs))
  writer.number(minutesOf(slip.issuedAtMs))
  writer.number(slip.validDays)
  return writer.bytes()
}

const unpack = (bytes: Uint8Array): ReleaseSlip | undefined => {
  try {
    const reader = createByteReader(bytes)
    if (reader.number() !== layout) return undefined
    const slip: ReleaseSlip = {
      cityCode: reader.number() + firstCode,
      district: reader.number() + firstCode,
      serial: [...reader.raw(numberBytes)]
        .map((byte) => byte.toString(16).padStart(2, '0'))
        .join('')
        .toUpperCase(),
      name: reader.text(),
      document: reader.text(),
      releasedAtMs: reader.number() * minuteMs + firstMs,
      issuedAtMs: reader.number() * minuteMs + firstMs,
      validDays: reader.number(),
    }
    return reader.isAtEnd() ? slip : undefined
  } catch (error) {
    if (error instanceof UnreadableBytes) return undefined
    throw error
  }
}

/** What is signed: the mark with the bytes, never the bytes alone. */
export const releaseTextToSign = (slip: ReleaseSlip): string => `${mark}:${toBase32(pack(slip))}`

export const withReleaseSignature = (signed: string, signature: Uint8Array): string =>
  `${signed}:${toBase32(signature)}`

export const releaseExpiresAtMs = ({ issuedAtMs, validDays }: ReleaseSlip): number =>
  issuedAtMs + validDays * 86_400_000

export type ReadRelease =
  | { readonly verdict: 'genuine' | 'expired'; readonly slip: ReleaseSlip }
  | { readonly verdict: Exclude<ReleaseVerdict, 'genuine' | 'expired'> }

const lastPart = (typed: string): string => {
  const text = typed.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  const from = text.lastIndexOf(`${mark}:`)
  return from < 0 ? '' : text.slice(from)
}

/**
 * Reads the code of a certificate, as scanned with the address before it, or pasted. Needs no network.
 * @param cityCode  of the key that checks it   @param nowMs  Unix time, milliseconds, of whoever reads
 */
export const readReleaseText = async (
  typed: string,
  {
    cityCode,
    check,
    nowMs,
  }: { readonly cityCode: number; readonly check: CheckSignature; readonly nowMs: number },
): Promise<ReadRelease> => {
  const [, body = '', tail = '', ...more] = lastPart(typed).split(':')
  const bytes = fromBase32(body)
  const signature = fromBase32(tail)
  if (more.length > 0 || bytes === undefined || signature?.length !== signatureBytes)
    return { verdict: 'unreadable' }
  const slip = unpack(bytes)
  if (slip === undefined) return { verdict: 'unreadable' }
  if (slip.cityCode !== cityCode) return { verdict: 'other-city' }
  if ((await check(`${mark}:${body}`, signature)) !== 'good') return { verdict: 'forged' }
  // One from the future was signed by this key on a clock that was wrong: nobody can say how long it holds.
  if (slip.issuedAtMs > nowMs + toleranceMs) return { verdict: 'unreadable' }
  return { verdict: releaseExpiresAtMs(slip) <= nowMs ? 'expired' : 'genuine', slip }
}
