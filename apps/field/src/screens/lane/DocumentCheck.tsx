import { type DocumentKind, documentKinds } from '@guankou/contract/screening/vocabulary.ts'
import { readDocument, recogniseDocument } from '@guankou/domain/identity/documents/read-document.ts'
import { offerDocumentRepairs } from '@guankou/domain/identity/documents/repair.ts'
import { offerCountryCodes, readPhone } from '@guankou/domain/identity/phones/read-phone.ts'
import { doubtTexts, problemTexts, type Reading } from '@guankou/domain/identity/reading.ts'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'

const mostOffered = 3
/** Shorter ones are still being typed, and what they lack is no news. */
const leastTold = { document: 8, phone: 8 } as const

/** What a number lacks or is unusual for, in words; nothing where all is well. */
const useWords = (reading: Reading<unknown>): readonly string[] => {
  const { settings } = useField()
  const { locale } = useStore(settings)
  if (!reading.ok) return reading.problem === 'empty' ? [] : [problemTexts[reading.problem][locale]]
  return reading.doubts.map((doubt) => doubtTexts[doubt][locale])
}

type DocumentProps = {
  readonly kind: DocumentKind
  readonly number: string
  readonly day: string
  readonly onNumber: (number: string) => void
  readonly onKind: (kind: DocumentKind) => void
}

/** The rules of a document, while its number is typed: doubts in words, likely slips to choose from. Nothing is refused. */
export const DocumentCheck = ({ kind, number, day, onNumber, onKind }: DocumentProps) => {
  const { t } = useTranslation()
  const known = kind === 'none' ? undefined : readDocument({ kind, number }, day)
  const kinds = kind === 'none' ? recogniseDocument(number, day).map((found) => found.kind) : []
  const repairs =
    known !== undefined && !known.ok && (kind === 'resident-id' || kind === 'other')
      ? offerDocumentRepairs(number, day).slice(0, mostOffered)
      : []
  const words = useWords(known ?? { ok: true, value: undefined, doubts: [] })
  const told = number.length >= leastTold.document ? words : []
  return (
    <div className="check" role="status">
      {told.map((text) => (
        <p key={text} className="check-word">
          {text}
        </p>
      ))}
      {[...new Set(kinds)].slice(0, mostOffered).map((found) => (
        <button key={found} type="button" className="button" onClick={() => onKind(found)}>
          {t('check.looksLike', { kind: t(`document.${documentKinds[documentKinds.indexOf(found)]}`) })}
        </button>
      ))}
      {repairs.map((repair) => (
        <button key={repair.number} type="button" className="button" onClick={() => onNumber(repair.number)}>
          {t('check.meant', { number: repair.number })} <small>{t(`check.way.${repair.way}`)}</small>
        </button>
      ))}
      {repairs.length > 0 ? <p className="quiet hint">{t('check.compare')}</p> : null}
    </div>
  )
}

type PhoneProps = { readonly phone: string; readonly onPhone: (phone: string) => void }

/** A telephone number while it is typed; a number of Hong Kong or Macao asks which. */
export const PhoneCheck = ({ phone, onPhone }: PhoneProps) => {
  const { t } = useTranslation()
  const words = useWords(readPhone(phone))
  return (
    <div className="check" role="status">
      {(phone.length >= leastTold.phone ? words : []).map((text) => (
        <p key={text} className="check-word">
          {text}
        </p>
      ))}
      {offerCountryCodes(phone).map(({ international }) => (
        <button key={international} type="button" className="button" onClick={() => onPhone(international)}>
          {t('check.region', { number: international })}
        </button>
      ))}
    </div>
  )
}
