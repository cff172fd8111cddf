import { errors } from '@guankou/contract/errors.ts'
import type { PairingFact, Said as SaidWords } from '@guankou/contract/pairing/endpoints.ts'
import { askedKindNames, subjectKindNames } from '@guankou/contract/pairing/vocabulary.ts'
import { preparedAnswerText } from '@guankou/domain/pairing/prepared-answer.ts'
import type { PairingLine, Unsent } from '@guankou/sync/pairing/pairing-line.ts'
import type { Locale } from '@guankou/ui/i18n/locale.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'

const textOfFact = (t: TFunction, locale: Locale, fact: PairingFact): string => {
  if (fact.destroyed === true) return t('pairing.destroyed')
  if (fact.kind === 'joined') return t('pairing.joined')
  if (fact.kind === 'ended') return t('pairing.ended')
  if (fact.kind === 'looked-up') return t('pairing.lookedUp', { count: fact.matches ?? 0 })
  const { subject, asked, answer, told, words } = fact
  const parts = [
    subject && `${subjectKindNames[subject.kind][locale]} ${subject.text}`,
    asked && askedKindNames[asked][locale],
    answer && preparedAnswerText(locale, answer, told),
    words,
  ]
  return parts.filter((part) => part !== undefined).join(' · ')
}

const textOfUnsent = (locale: Locale, said: SaidWords): string => {
  if (said.kind === 'subject') return `${subjectKindNames[said.subject.kind][locale]} ${said.subject.text}`
  const name =
    said.kind === 'question'
      ? askedKindNames[said.asked][locale]
      : preparedAnswerText(locale, said.answer, said.told)
  return [name, said.words].filter((part) => part !== undefined).join(' · ')
}

const UnsentRow = ({ one, line }: { readonly one: Unsent; readonly line: PairingLine }) => {
  const { t } = useTranslation()
  const { locale } = useStore(useField().settings)
  return (
    <li data-side="field">
      {textOfUnsent(locale, one.said)}{' '}
      {one.refused === undefined ? (
        <span className="quiet">{t('pairing.sending')}</span>
      ) : (
        <>
          <span role="alert">{errors[one.refused]?.text[locale] ?? one.refused}</span>
          <button type="button" className="button" onClick={() => line.letGo(one.id)}>
            {t('pairing.letGo')}
          </button>
        </>
      )}
    </li>
  )
}

type Props = {
  readonly line: PairingLine
  readonly facts: readonly PairingFact[]
  readonly unsent: readonly Unsent[]
}

/** What was said, the newest first, so that an answer stands where one looks. */
export const Said = ({ line, facts, unsent }: Props) => {
  const { t } = useTranslation()
  const { locale } = useStore(useField().settings)
  return (
    <section>
      <h2>{t('pairing.said')}</h2>
      {facts.length + unsent.length === 0 ? <p className="empty">{t('pairing.nothing')}</p> : null}
      <ul className="pairing-said" aria-live="polite">
        {unsent.toReversed().map((one) => (
          <UnsentRow key={one.id} one={one} line={line} />
        ))}
        {facts.toReversed().map((fact) => (
          <li key={fact.id} data-side={fact.side}>
            <b>{fact.side === 'field' ? t('pairing.you') : t('pairing.partner')}</b>{' '}
            {textOfFact(t, locale, fact)}
          </li>
        ))}
      </ul>
    </section>
  )
}
