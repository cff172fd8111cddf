import type { DocumentKind } from '@guankou/contract/screening/vocabulary.ts'
import { recogniseDocument } from '@guankou/domain/identity/documents/read-document.ts'
import { mrzLayouts } from '@guankou/domain/identity/mrz/layout.ts'
import { readMrz } from '@guankou/domain/identity/mrz/read-mrz.ts'
import { codeKindOf } from '#src/capture/confirm.ts'

/** What a reader at the keyboard sent of a document. */
export type WedgeDocument = { readonly kind: DocumentKind; readonly number: string; readonly name: string }

export type WedgeTaken = {
  /** Lines of a zone that is not whole yet. */
  readonly pending: readonly string[]
  readonly document: WedgeDocument | undefined
  /** The text of a declaration, unchecked. */
  readonly declaration?: string
  /** The text of a health certificate, unchecked. */
  readonly certificate?: string
}

const widths: ReadonlySet<number> = new Set(Object.values(mrzLayouts).map(({ width }) => width))
const mostLines = 3

const documentOfZone = (lines: readonly string[], today: string): WedgeDocument | undefined => {
  const reading = readMrz(lines.join('\n'), today)
  if (!reading.ok) return undefined
  const { documentCode, documentNumber, surname, givenNames } = reading.value
  return {
    kind: documentCode.startsWith('P') ? 'passport' : 'other',
    number: documentNumber,
    name: `${surname} ${givenNames}`.trim(),
  }
}

/**
 * One burst more. Readers of zones end each line with Enter, so that lines are kept until they make a whole; a number alone is
 * a document when some rule knows it.
 * @param pending  what was kept of the burst before   @param today  local day, YYYY-MM-DD
 */
export const takeBurst = (pending: readonly string[], text: string, today: string): WedgeTaken => {
  const code = codeKindOf(text)
  if (code === 'declaration' || code === 'certificate')
    return { pending: [], document: undefined, [code]: text }
  const line = text.trim().toUpperCase()
  if (line.includes('<') || widths.has(line.length)) {
    const whole = documentOfZone([line], today)
    if (whole !== undefined) return { pending: [], document: whole }
    const lines = [...pending.filter((each) => each.length === line.length), line].slice(-mostLines)
    for (let from = 0; from < lines.length; from += 1) {
      const document = documentOfZone(lines.slice(from), today)
      if (document !== undefined) return { pending: [], document }
    }
    return { pending: widths.has(line.length) ? lines : [], document: undefined }
  }
  const [known] = recogniseDocument(line, today)
  const document = known === undefined ? undefined : { kind: known.kind, number: line, name: '' }
  return { pending: [], document }
}
