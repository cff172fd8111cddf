import type { MrzFormat } from '#src/identity/mrz/layout.ts'

/** What a machine readable zone says. Dates as they stand in it, YYMMDD with fillers where unknown. */
export type MrzFields = {
  readonly format: MrzFormat
  /** One or two letters: P on passports; A, C or I on cards. */
  readonly documentCode: string
  readonly issuer: string
  readonly documentNumber: string
  readonly nationality: string
  readonly birth: string
  readonly sex: 'F' | 'M' | 'X'
  readonly expiry: string
  readonly surname: string
  readonly givenNames: string
  readonly optional: string
  readonly optionalSecond: string
}

/** The fields with their days, YYYY-MM-DD; null where the document leaves them open. */
export type MrzValue = MrzFields & {
  readonly bornOn: string | null
  readonly expiresOn: string | null
  readonly isNameCut: boolean
}

/** Places where a check digit stands. */
export const mrzChecks = ['documentNumber', 'birth', 'expiry', 'optional', 'composite'] as const
export type MrzCheck = (typeof mrzChecks)[number]
