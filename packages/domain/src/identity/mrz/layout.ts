export type MrzFormat = 'TD1' | 'TD2' | 'TD3'

/** A stretch of one line: from, up to but not with. */
export type Span = readonly [line: number, from: number, to: number]

export type MrzLayout = {
  readonly format: MrzFormat
  readonly lines: number
  readonly width: number
  readonly documentCode: Span
  readonly issuer: Span
  readonly names: Span
  readonly documentNumber: Span
  readonly nationality: Span
  readonly birth: Span
  readonly sex: Span
  readonly expiry: Span
  readonly optional: Span
  /** Cards in three lines have a second one. */
  readonly optionalSecond: Span | null
  /** Where the optional data of passports have a check digit of their own. */
  readonly optionalCheck: Span | null
  readonly composite: Span
  /** What the last check digit is computed over, in this order. */
  readonly composed: readonly Span[]
}

const documentCode: Span = [0, 0, 2]
const issuer: Span = [0, 2, 5]

/**
 * Where what stands in the machine readable zone; the check digit of number and dates is the place behind each.
 * Source: ICAO Doc 9303, 8th edition, part 4 (TD3, passports), part 5 (TD1) and part 6 (TD2), section 4.2.2.
 */
export const mrzLayouts: Readonly<Record<MrzFormat, MrzLayout>> = {
  TD1: {
    format: 'TD1',
    lines: 3,
    width: 30,
    documentCode,
    issuer,
    names: [2, 0, 30],
    documentNumber: [0, 5, 14],
    nationality: [1, 15, 18],
    birth: [1, 0, 6],
    sex: [1, 7, 8],
    expiry: [1, 8, 14],
    optional: [0, 15, 30],
    optionalSecond: [1, 18, 29],
    optionalCheck: null,
    composite: [1, 29, 30],
    composed: [
      [0, 5, 30],
      [1, 0, 7],
      [1, 8, 15],
      [1, 18, 29],
    ],
  },
  TD2: {
    format: 'TD2',
    lines: 2,
    width: 36,
    documentCode,
    issuer,
    names: [0, 5, 36],
    documentNumber: [1, 0, 9],
    nationality: [1, 10, 13],
    birth: [1, 13, 19],
    sex: [1, 20, 21],
    expiry: [1, 21, 27],
    optional: [1, 28, 35],
    optionalSecond: null,
    optionalCheck: null,
    composite: [1, 35, 36],
    composed: [
      [1, 0, 10],
      [1, 13, 20],
      [1, 21, 35],
    ],
  },
  TD3: {
    format: 'TD3',
    lines: 2,
    width: 44,
    documentCode,
    issuer,
    names: [0, 5, 44],
    documentNumber: [1, 0, 9],
    nationality: [1, 10, 13],
    birth: [1, 13, 19],
    sex: [1, 20, 21],
    expiry: [1, 21, 27],
    optional: [1, 28, 42],
    optionalSecond: null,
    optionalCheck: [1, 42, 43],
    composite: [1, 43, 44],
    composed: [
      [1, 0, 10],
      [1, 13, 20],
      [1, 21, 43],
    ],
  },
}

export const spanOf = (lines: readonly string[], [line, from, to]: Span): string =>
  (lines[line] ?? '').slice(from, to)

/** The one place behind a span, where its check digit stands. */
export const checkPlaceOf = ([line, , to]: Span): Span => [line, to, to + 1]
