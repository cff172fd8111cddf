import type { StatementKind } from '@guankou/contract/certificates/trust-list.ts'
import { countIn, type Fields, fieldsOf, isFields, textIn } from '#src/certificates/fields.ts'
import type { CertificateHolder, CertificateStatement } from '#src/certificates/reading.ts'

/** Claims of the hcert map: the core data sets of WHO for vaccination status and for test results. */
export const ddccClaims = { 3: 'vaccination', 4: 'test' } as const satisfies Readonly<
  Record<number, StatementKind>
>

/** A code is written as text, or as a coding with its system. */
const codeIn = (value: unknown, ...keys: readonly string[]): string | undefined => {
  for (const key of keys) {
    const inner = fieldsOf(value)[key]
    const found = typeof inner === 'string' ? inner : textIn(inner, 'display', 'code')
    if (found !== undefined && found !== '') return found.slice(0, 200)
  }
  return undefined
}

const doseOf = (value: unknown): CertificateStatement['dose'] => {
  const number = countIn(value, 'dose')
  return number === undefined ? undefined : { number, of: countIn(value, 'totalDoses') ?? number }
}

/** SNOMED CT and LOINC words for found and not found. */
const resultOf = (code: string | undefined): CertificateStatement['result'] => {
  if (code === undefined) return undefined
  if (['260415000', 'LA6577-6'].includes(code) || /^not[ -]?detected$|^negative$/i.test(code))
    return 'not-detected'
  return ['260373001', 'LA6576-8'].includes(code) || /^detected$|^positive$/i.test(code)
    ? 'detected'
    : undefined
}

/** The part that is about the event: by itself under its name in the logical model, or beside the person. */
const eventIn = (set: Fields, kind: StatementKind): Fields => {
  const inner = set[kind]
  return isFields(inner) ? inner : set
}

/** What a core data set of WHO (DDCC:VS, DDCC:TR) states. */
export const ddccStatement = (set: unknown, kind: StatementKind): CertificateStatement => {
  const fields = fieldsOf(set)
  const event = eventIn(fields, kind)
  const period = fieldsOf(fieldsOf(fields.certificate).period)
  return {
    kind,
    on: textIn(event, 'date', 'sampleDate', 'sampleCollectionDate', 'resultDate'),
    product: codeIn(event, 'brand', 'vaccine', 'type', 'test'),
    dose: doseOf(event),
    result: kind === 'test' ? resultOf(codeIn(event, 'result')) : undefined,
    country: codeIn(event, 'country'),
    statedBy:
      textIn(event, 'centre', 'testCentre') ?? textIn(fieldsOf(fieldsOf(fields.certificate).issuer), 'value'),
    validFrom: textIn(period, 'start'),
    validUntil: textIn(event, 'validUntil') ?? textIn(period, 'end'),
  }
}

export const ddccHolder = (set: unknown): CertificateHolder => ({
  name: textIn(set, 'name') ?? '',
  birthDate: textIn(set, 'birthDate') ?? '',
})

/** Where a data set lacks what every one of them has, as a JSON pointer. */
export const wrongInDdcc = (set: unknown, kind: StatementKind): string | undefined => {
  if (textIn(set, 'name') === undefined) return '/name'
  return ddccStatement(set, kind).on === undefined ? `/${kind}/date` : undefined
}
