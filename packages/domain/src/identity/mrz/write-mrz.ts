import { mrzCheckOf } from '#src/identity/documents/check-digit.ts'
import type { MrzFields } from '#src/identity/mrz/fields.ts'
import { checkPlaceOf, type MrzLayout, mrzLayouts, type Span, spanOf } from '#src/identity/mrz/layout.ts'
import { mrzNameField } from '#src/identity/mrz/names.ts'

/** Places of a document number before it goes on in the optional data. */
const shortNumber = 9

const put = (lines: string[], [line, from, to]: Span, text: string): void => {
  if (text.length > to - from || !/^[A-Z0-9<]*$/.test(text))
    throw new RangeError(`“${text}” does not fit into ${to - from} places of a machine readable zone`)
  const old = lines[line] ?? ''
  lines[line] = old.slice(0, from) + text.padEnd(to - from, '<') + old.slice(to)
}

const putNumber = (lines: string[], layout: MrzLayout, { documentNumber, optional }: MrzFields): void => {
  const isLong = documentNumber.length > shortNumber && layout.format !== 'TD3'
  put(lines, layout.documentNumber, isLong ? documentNumber.slice(0, shortNumber) : documentNumber)
  if (isLong) {
    const rest = `${documentNumber.slice(shortNumber)}${mrzCheckOf(documentNumber)}<${optional}`
    put(lines, layout.optional, rest)
    return
  }
  put(lines, checkPlaceOf(layout.documentNumber), mrzCheckOf(spanOf(lines, layout.documentNumber)))
  put(lines, layout.optional, optional)
}

/**
 * The lines of a machine readable zone with their check digits, as for a specimen. Names are put into its letters and cut.
 * @throws RangeError where a field does not fit its places
 * Source: ICAO Doc 9303, 8th edition, parts 3 to 6.
 */
export const writeMrz = (fields: MrzFields): readonly string[] => {
  const layout = mrzLayouts[fields.format]
  const lines = Array.from({ length: layout.lines }, () => '<'.repeat(layout.width))
  const [, from, to] = layout.names
  put(lines, layout.documentCode, fields.documentCode)
  put(lines, layout.issuer, fields.issuer)
  put(lines, layout.names, mrzNameField(fields.surname, fields.givenNames, to - from))
  put(lines, layout.nationality, fields.nationality)
  put(lines, layout.birth, fields.birth)
  put(lines, layout.sex, fields.sex === 'X' ? '<' : fields.sex)
  put(lines, layout.expiry, fields.expiry)
  putNumber(lines, layout, fields)
  if (layout.optionalSecond !== null) put(lines, layout.optionalSecond, fields.optionalSecond)
  for (const span of [layout.birth, layout.expiry])
    put(lines, checkPlaceOf(span), mrzCheckOf(spanOf(lines, span)))
  if (layout.optionalCheck !== null && fields.optional !== '')
    put(lines, layout.optionalCheck, mrzCheckOf(spanOf(lines, layout.optional)))
  put(lines, layout.composite, mrzCheckOf(layout.composed.map((span) => spanOf(lines, span)).join('')))
  return lines
}
