import { type DocumentKind, documentKinds } from '@guankou/contract/screening/vocabulary.ts'
import { formHints } from '@guankou/domain/identity/documents/form-hints.ts'
import {
  likelyKind,
  readDocument,
  recogniseDocument,
} from '@guankou/domain/identity/documents/read-document.ts'
import { offerDocumentRepairs } from '@guankou/domain/identity/documents/repair.ts'
import { normaliseDocumentNumber } from '@guankou/domain/identity/normalise.ts'
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

/** What numbers of the kind look like, and how long this one is, where that is what is wrong. */
const useFormHint = (kind: DocumentKind | undefined, number: string): string | undefined => {
  const { t } = useTranslation()
  const { locale } = useStore(useField().settings)
  const hint = kind === undefined ? undefined : formHints[kind]
  if (hint === undefined) return undefined
  return t('check.formHint', { hint: hint[locale], n: [...normaliseDocumentNumber(number)].length })
}

/** As the kind that was chosen says; while none was, as the one that the number was most likely meant for. */
const readTyped = (chosen: DocumentKind, number: string, day: string) => {
  const fitting = recogniseDocument(number, day).map((found) => found.kind)
  // Most numbers could be of a passport as well, which is no reason to doubt that they are.
  const guess =
    chosen === 'none' && fitting.every((each) => each === 'passport') ? likelyKind(number) : undefined
  const kind = chosen !== 'none' ? chosen : fitting.length === 0 ? guess : undefined
  const reading = kind === undefined ? undefined : readDocument({ kind, number }, day)
  const isOther = reading?.ok === true && reading.doubts.includes('other-kind')
  const kinds = [...(guess === undefined ? [] : [guess]), ...(chosen === 'none' || isOther ? fitting : [])]
  const repairs = reading?.ok === false ? offerDocumentRepairs(number, day).slice(0, mostOffered) : []
  return { kind, reading, repairs, kinds: [...new Set(kinds)].slice(0, mostOffered) }
}

type DocumentProps = {
  readonly kind: DocumentKind
  readonly number: string
  readonly day: string
  /** The field is left, and what its number lacks will not come any more. */
  readonly isLeft: boolean
  readonly onNumber: (number: string) => void
  readonly onKind: (kind: DocumentKind) => void
}

/** The rules of a document, while its number is typed: doubts in words, likely slips to choose from. Nothing is refused. */
export const DocumentCheck = ({ kind: chosen, number, day, isLeft, onNumber, onKind }: DocumentProps) => {
  const { t } = useTranslation()
  const { kind, reading, kinds, repairs } = readTyped(chosen, number, day)
  const words = useWords(reading ?? { ok: true, value: undefined, doubts: [] })
  const hint = useFormHint(kind, number)
  const isForm = reading?.ok === false && reading.problem === 'form'
  const isShort = isForm && hint !== undefined
  const told = !isShort && (isLeft || number.length >= leastTold.document) ? words : []
  return (
    <div className="check">
      {/* It stands from the first character on and only changes its look: nothing moves away under a finger. */}
      {isShort ? (
        <p className={isLeft ? 'check-word' : 'check-word check-open'} aria-hidden={!isLeft}>
          {hint}
        </p>
      ) : null}
      <p className="only-heard" role="status">
        {(isShort && isLeft ? [hint] : told).join(' ')}
      </p>
      {told.map((text) => (
        <p key={text} className="check-word">
          {text}
        </p>
      ))}
      {kinds.map((found) => (
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
