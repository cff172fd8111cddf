import { allOrigins } from '@guankou/geodata/divisions/origins.ts'
import { isKnownDivisionPrefix } from '@guankou/geodata/identity-numbers/division-prefix.ts'
import { readBirthDate } from '#src/identity/documents/birth-date.ts'
import { mod112CheckOf, mrzCheckOf } from '#src/identity/documents/check-digit.ts'
import { normaliseDocumentNumber } from '#src/identity/normalise.ts'
import { fails, fits, type Reading, type ReadingDoubt } from '#src/identity/reading.ts'

/** Number of a foreigner’s permanent residence card; nationality as ISO 3166-1 alpha-3, null where it is not known. */
export type PermanentResidenceNumber = {
  readonly form: 'permanent-residence' | 'permanent-residence-2023'
  readonly number: string
  readonly nationality: string | null
  readonly bornOn: string
}

const countries = allOrigins().filter(({ kind }) => kind === 'country')
const alpha3ByNumeric: ReadonlyMap<string, string> = new Map(
  countries.map(({ code, countryAlpha3 }) => [String(code - 900_000).padStart(3, '0'), countryAlpha3 ?? '']),
)
const alpha3s = new Set(alpha3ByNumeric.values())

const doubtsOf = (nationality: string | null, division: string): ReadingDoubt[] => [
  ...(nationality === null ? (['unknown-state'] as const) : []),
  ...(isKnownDivisionPrefix(division) ? [] : (['unknown-division'] as const)),
]

const read2023 = (number: string, today: string): Reading<PermanentResidenceNumber> => {
  const birth = readBirthDate(number.slice(6, 14), today)
  if (!birth.ok) return birth
  if (mod112CheckOf(number.slice(0, 17)) !== number.slice(17)) return fails('check-digit')
  const nationality = alpha3ByNumeric.get(number.slice(3, 6)) ?? null
  return fits({ form: 'permanent-residence-2023', number, nationality, bornOn: birth.bornOn }, [
    ...doubtsOf(nationality, `${number.slice(1, 3)}0000`),
    ...birth.doubts,
  ])
}

/** The year has two digits; the later century is meant where both could be. */
const readBefore2023 = (number: string, today: string): Reading<PermanentResidenceNumber> => {
  const recent = readBirthDate(`20${number.slice(7, 13)}`, today)
  const birth = recent.ok ? recent : readBirthDate(`19${number.slice(7, 13)}`, today)
  if (!birth.ok) return birth
  if (mrzCheckOf(number.slice(0, 14)) !== number.slice(14)) return fails('check-digit')
  const alpha3 = number.slice(0, 3)
  const nationality = alpha3s.has(alpha3) ? alpha3 : null
  return fits({ form: 'permanent-residence', number, nationality, bornOn: birth.bornOn }, [
    ...doubtsOf(nationality, `${number.slice(3, 7)}00`),
    ...birth.doubts,
  ])
}

/**
 * The number of a foreigner’s permanent residence card. Since 2023-12-01: 9, province of application, nationality in three
 * digits, date of birth, order and a check character as in GB 11643. Before, and valid until it expires: nationality in
 * three letters, division in four digits, date of birth in six, order and a check digit as in ICAO 9303.
 * @param today  local day, YYYY-MM-DD
 * Source: National Immigration Administration, rules for adapting to the new card, 2023, table 1.
 * @example readPermanentResidenceNumber('911398199012310021', '2024-01-01').ok // true
 * @example readPermanentResidenceNumber('KAZ110090123105', '2024-01-01').ok // true
 */
export const readPermanentResidenceNumber = (
  typed: string,
  today: string,
): Reading<PermanentResidenceNumber> => {
  const number = normaliseDocumentNumber(typed)
  if (number === '') return fails('empty')
  if (/^9\d{16}[\dX]$/.test(number)) return read2023(number, today)
  return /^[A-Z]{3}\d{12}$/.test(number) ? readBefore2023(number, today) : fails('form')
}
