import { statementKindNames } from '@guankou/contract/certificates/trust-list.ts'
import type { Bilingual } from '@guankou/contract/primitives.ts'
import type { CertificateStatement } from '#src/certificates/reading.ts'

const results: Readonly<Record<NonNullable<CertificateStatement['result']>, Bilingual>> = {
  detected: { zh: '检出', en: 'detected' },
  'not-detected': { zh: '未检出', en: 'not detected' },
}

const dayOf = (written: string): string => written.slice(0, 10)

const doseText = ({ number, of }: { readonly number: number; readonly of: number }): Bilingual => ({
  zh: `第 ${number} 剂，共 ${of} 剂`,
  en: `dose ${number} of ${of}`,
})

/** From when and until when a statement says that it holds. */
const periodText = ({ validFrom, validUntil }: CertificateStatement): Bilingual | undefined => {
  if (validFrom !== undefined && validUntil !== undefined) {
    const [from, until] = [dayOf(validFrom), dayOf(validUntil)]
    return { zh: `${from} 至 ${until} 有效`, en: `valid ${from} to ${until}` }
  }
  if (validUntil !== undefined)
    return { zh: `有效至 ${dayOf(validUntil)}`, en: `valid until ${dayOf(validUntil)}` }
  return validFrom === undefined
    ? undefined
    : { zh: `${dayOf(validFrom)} 起有效`, en: `valid from ${dayOf(validFrom)}` }
}

/** What a certificate states, in one line, the same wherever it is shown. */
export const statementText = (statement: CertificateStatement, language: 'zh' | 'en'): string => {
  const { kind, on, product, dose, result, country, statedBy } = statement
  return [
    statementKindNames[kind][language],
    on,
    product,
    dose === undefined ? undefined : doseText(dose)[language],
    result === undefined ? undefined : results[result][language],
    periodText(statement)?.[language],
    country,
    statedBy,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ')
}
