import { uuidTimeMs } from '#src/screening/uuid-time.ts'

/** Digits and letters of Crockford's base 32: none that is taken for another. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const symbolBits = 5n
const timeBits = 35n
const placeBits = 7n
const randomBits = 13n
const codeSymbols = Number((timeBits + placeBits + randomBits) / symbolBits) + 1
const timeCycleMs = 2 ** Number(timeBits)
const low = (value: bigint, bits: bigint): bigint => value & ((1n << bits) - 1n)

/** Times a power of 2 in the field of 32 elements with the polynomial x⁵ + x² + 1. */
const timesPower = (value: number, power: number): number => {
  let product = value
  for (let step = 0; step < power; step += 1) product = ((product << 1) & 31) ^ (product & 16 ? 5 : 0)
  return product
}

const checkOf = (symbols: readonly number[]): number =>
  symbols.reduce((sum, symbol, place) => sum ^ timesPower(symbol, place + 1), 0)

/**
 * The id of a hand-over: a UUID version 7 whose random part is short, so that a code of twelve letters says all of it and a
 * phone without a network can take people over by reading the code.
 * @param openedAtMs  Unix time, milliseconds   @param random  13 random bits
 * @example handoverIdOf(1579702000000, 5) // '016fcd93-9980-7000-8000-000000000005'
 */
export const handoverIdOf = (openedAtMs: number, random: number): string => {
  const time = openedAtMs.toString(16).padStart(12, '0')
  const tail = Number(low(BigInt(random), randomBits))
    .toString(16)
    .padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${tail}`
}

/**
 * The code of a hand-over: 35 bits of its time, the last two digits of its division, 13 random bits, and a check character by
 * which every single wrong character and every pair of exchanged ones is noticed.
 */
export const handoverCodeOf = (id: string, jurisdiction: number): string => {
  const time = BigInt(uuidTimeMs(id) % timeCycleMs)
  const random = low(BigInt(`0x${id.slice(-12)}`), randomBits)
  const bits = (((time << placeBits) | BigInt(jurisdiction % 100)) << randomBits) | random
  const symbols = Array.from({ length: codeSymbols - 1 }, (_, index) =>
    Number(low(bits >> (BigInt(index) * symbolBits), symbolBits)),
  )
  return [checkOf(symbols), ...symbols]
    .map((symbol) => alphabet[symbol])
    .reverse()
    .join('')
}

/** What is read from a code, or from the text of a QR code that carries more. */
export type ReadHandover = {
  readonly id: string
  readonly jurisdiction: number
  /** Digest of the opening, base64url; null where only the code was read. */
  readonly opening: string | null
  /** How many people are handed over, where it is told. */
  readonly people: number | null
}

const qrStart = 'GKHO1'

/** What the QR code of a hand-over says: its code, what was opened, and how many people. No name, number or plate. */
export const handoverQrText = (code: string, opening: string, people: number): string =>
  [qrStart, code, String(people), opening].join(':')

/** Whether a scanned text means to be the QR code of a hand-over, whatever comes of reading it. */
export const looksLikeHandover = (text: string): boolean => text.trimStart().startsWith(`${qrStart}:`)

const readCode = (
  typed: string,
  known: { readonly jurisdictions: readonly number[]; readonly nowMs: number },
): { readonly id: string; readonly jurisdiction: number } | undefined => {
  const letters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  if (letters.length !== codeSymbols) return undefined
  const [check, ...symbols] = [...letters].map((letter) => alphabet.indexOf(letter)).reverse()
  if (symbols.includes(-1) || checkOf(symbols) !== check) return undefined
  const bits = symbols.reduce(
    (sum, symbol, index) => sum | (BigInt(symbol) << (BigInt(index) * symbolBits)),
    0n,
  )
  const place = Number(low(bits >> randomBits, placeBits))
  const jurisdiction = known.jurisdictions.find((code) => code % 100 === place)
  if (jurisdiction === undefined) return undefined
  const tomorrowMs = known.nowMs + 86_400_000
  const remainder = Number(bits >> (placeBits + randomBits))
  const openedAtMs = tomorrowMs - ((((tomorrowMs - remainder) % timeCycleMs) + timeCycleMs) % timeCycleMs)
  return { id: handoverIdOf(openedAtMs, Number(low(bits, randomBits))), jurisdiction }
}

/**
 * Reads what was scanned or typed: the text of the QR code of a hand-over, or its code in any case, with blanks and hyphens,
 * and with letters that are taken for digits put right.
 * @param known  the divisions that the phone works in, and its clock: a code names its time within a year
 * @returns undefined where it is neither
 */
export const readHandoverText = (
  text: string,
  known: { readonly jurisdictions: readonly number[]; readonly nowMs: number },
): ReadHandover | undefined => {
  const [start, code = '', people = '', opening = '', ...more] = text.trim().split(':')
  if (start !== qrStart) {
    const read = readCode(text, known)
    return read === undefined ? undefined : { ...read, opening: null, people: null }
  }
  const read = readCode(code, known)
  const isWhole =
    more.length === 0 &&
    /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/.test(opening) &&
    /^[1-9]\d{0,2}$/.test(people)
  return read === undefined || !isWhole ? undefined : { ...read, opening, people: Number(people) }
}

/** In groups of four, as it is shown and read out. @example formatHandoverCode('0123456789AB') // '0123-4567-89AB' */
export const formatHandoverCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-')
