import { allOrigins } from '@guankou/geodata/divisions/origins.ts'

/** Codes that ICAO adds to ISO 3166-1: Germany in one letter, kinds of British nationality, organisations, people without a state. */
const added =
  'CHN D GBD GBN GBO GBP GBS RKS EUE UNO UNA UNK XBA XIM XCC XCE XCO XEC XES XMP XOM XPO XDC XXA XXB XXC XXX'

const known = new Set([
  ...added.split(' '),
  ...allOrigins().flatMap(({ countryAlpha3 }) => (countryAlpha3 === null ? [] : [countryAlpha3])),
])

/**
 * Whether a code can stand for an issuer or a nationality. Utopia (UTO), of which the specimens are, is none.
 * Source: ICAO Doc 9303-3, 8th edition, section 5.
 * @example isStateOfMrz('D') // true
 * @example isStateOfMrz('UTO') // false
 */
export const isStateOfMrz = (code: string): boolean => known.has(code)
