import type { StatementKind } from '@guankou/contract/certificates/trust-list.ts'
import { statementsOf } from '#src/certificates/dcc-schema.ts'
import { countIn, fieldsOf, textIn } from '#src/certificates/fields.ts'
import type { CertificateHolder, CertificateStatement } from '#src/certificates/reading.ts'

/** SNOMED CT, as the value sets of the European Union use it. */
const results: Readonly<Record<string, 'detected' | 'not-detected'>> = {
  '260373001': 'detected',
  '260415000': 'not-detected',
}

const doseOf = (statement: unknown): CertificateStatement['dose'] => {
  const number = countIn(statement, 'dn')
  const of = countIn(statement, 'sd')
  return number === undefined || of === undefined ? undefined : { number, of }
}

const productKeys: Readonly<Record<StatementKind, readonly string[]>> = {
  vaccination: ['mp', 'vp'],
  test: ['nm', 'tt'],
  recovery: [],
}

/** What an EU certificate states. */
export const dccStatements = (dcc: unknown): readonly CertificateStatement[] =>
  statementsOf(fieldsOf(dcc)).map(({ kind, statement }) => ({
    kind,
    on: textIn(statement, 'dt', 'sc', 'fr'),
    product: textIn(statement, ...productKeys[kind]),
    dose: doseOf(statement),
    result: results[textIn(statement, 'tr') ?? ''],
    country: textIn(statement, 'co'),
    statedBy: textIn(statement, 'is'),
    validFrom: textIn(statement, 'df'),
    validUntil: textIn(statement, 'du'),
  }))

export const dccHolder = (dcc: unknown): CertificateHolder => {
  const { nam, dob } = fieldsOf(dcc)
  const name = [textIn(nam, 'gn', 'gnt'), textIn(nam, 'fn', 'fnt')].filter((part) => part !== undefined)
  return { name: name.join(' '), birthDate: typeof dob === 'string' ? dob.slice(0, 30) : '' }
}
