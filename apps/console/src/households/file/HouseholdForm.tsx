import { type HouseholdSoughtKind, householdSoughtKinds } from '@guankou/contract/households/look-up.ts'
import {
  type LookUpPurpose,
  leastReasonLetters,
  lookUpPurposeNames,
  lookUpPurposesOf,
  mostReasonLetters,
} from '@guankou/contract/identity/purposes.ts'
import { documentKindNames } from '@guankou/contract/screening/names.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'
import type { TFunction } from 'i18next'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { doorNumber } from '#src/households/DueDoorsCard.tsx'
import { useHouseholdView } from '#src/households/file/household-view.ts'
import type { HouseholdSearch } from '#src/households/file/use-household.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { Choice, Text } from '#src/quarantine/fields.tsx'

const kindName = (t: TFunction, locale: Locale, kind: HouseholdSoughtKind): string => {
  if (kind === 'address' || kind === 'door') return t(`household.kinds.${kind}`)
  return kind === 'phone' ? t('lookUp.kinds.phone') : inLocale(documentKindNames[kind], locale)
}

/** By what, and what: the door that a list led here with, or what is typed. */
const Sought = ({
  kind,
  text,
  onText,
}: {
  readonly kind: HouseholdSoughtKind
  readonly text: string
  readonly onText: (text: string) => void
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { view, change } = useHouseholdView()
  const kinds = householdSoughtKinds.filter((each) => each !== 'door' || view.door !== undefined)
  return (
    <>
      <Choice
        label={t('household.by')}
        value={kind}
        choices={kinds.map((each) => ({ value: each, label: kindName(t, locale, each) }))}
        onChange={(next) => change({ kind: next })}
      />
      {kind === 'door' ? (
        <p>{t('household.doorOf', { door: doorNumber(view.door ?? '') })}</p>
      ) : (
        <Text
          label={t('household.sought')}
          hint={t(kind === 'address' ? 'household.addressHint' : 'lookUp.soughtHint')}
          value={text}
          most={120}
          onChange={onText}
        />
      )}
    </>
  )
}

type Draft = { readonly purpose: LookUpPurpose | ''; readonly text: string; readonly reason: string }

/** Which household, for what and why. No purpose is chosen beforehand: it has to be meant. */
export const HouseholdForm = ({
  busy,
  onSubmit,
}: {
  readonly busy: boolean
  readonly onSubmit: (search: HouseholdSearch) => void
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { role } = useSession()
  const { view } = useHouseholdView()
  const [draft, setDraft] = useState<Draft>({ purpose: '', text: '', reason: '' })
  const kind = view.kind ?? (view.door === undefined ? 'address' : 'door')
  const text = kind === 'door' ? (view.door ?? '') : draft.text.trim()
  const reason = draft.reason.trim()
  const isWhole = draft.purpose !== '' && text !== '' && reason.length >= leastReasonLetters
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const { purpose } = draft
    if (purpose !== '' && isWhole) onSubmit({ purpose, reason, sought: { kind, text } })
  }
  return (
    <form className="identity-form" onSubmit={submit} aria-label={t('household.find')}>
      <Sought kind={kind} text={draft.text} onText={(next) => setDraft({ ...draft, text: next })} />
      <Choice<LookUpPurpose | ''>
        label={t('lookUp.purpose')}
        value={draft.purpose}
        choices={[
          { value: '', label: '' },
          ...(lookUpPurposesOf[role] ?? []).map((purpose) => ({
            value: purpose,
            label: inLocale(lookUpPurposeNames[purpose], locale),
          })),
        ]}
        onChange={(purpose) => setDraft({ ...draft, purpose })}
      />
      <Text
        label={t('lookUp.reason')}
        hint={t('lookUp.reasonHint', { count: leastReasonLetters })}
        value={draft.reason}
        most={mostReasonLetters}
        onChange={(next) => setDraft({ ...draft, reason: next })}
      />
      <button type="submit" className="primary-button" disabled={busy || !isWhole}>
        {t('household.find')}
      </button>
    </form>
  )
}
