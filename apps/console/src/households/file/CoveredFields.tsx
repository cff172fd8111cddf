import {
  type CoveredField,
  type HouseholdFile,
  householdFieldNames,
} from '@guankou/contract/households/look-up.ts'
import { documentKindNames } from '@guankou/contract/screening/names.ts'
import type { DocumentKind } from '@guankou/contract/screening/vocabulary.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { useUnmaskHousehold } from '#src/households/file/use-household.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useRefusalText } from '#src/look-up/use-look-up.ts'
import { useShown } from '#src/look-up/use-shown.ts'

/** Shows fields of one household, one at a time. */
export const useReveal = ({ jurisdiction, householdId }: HouseholdFile) => {
  const unmask = useUnmaskHousehold()
  const { shown, setShown } = useShown<{ readonly key: string }>(unmask.reset)
  const reveal = (personId: string | null, field: CoveredField['field'], key: string): void =>
    unmask.mutate(
      { jurisdiction, householdId, personId, field },
      { onSuccess: ({ text, shownForSeconds }) => setShown({ key, text, secondsLeft: shownForSeconds }) },
    )
  return { shown, reveal, unmask }
}
export type Reveal = ReturnType<typeof useReveal>

type Props = {
  /** Null for what is of the household as a whole. */
  readonly personId: string | null
  readonly fields: readonly CoveredField[]
  readonly documentKind: DocumentKind | null
  readonly revealing: Reveal
}

/** What is held, covered, each with the way to see it for a while. */
export const CoveredFields = ({ personId, fields, documentKind, revealing }: Props) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { shown, reveal, unmask } = revealing
  return fields.map(({ field, masked }) => {
    const key = `${personId ?? 'household'} ${field}`
    const name = inLocale(householdFieldNames[field], locale)
    const isShown = shown?.key === key
    return (
      <div key={key}>
        <dt>
          {field === 'document' && documentKind !== null
            ? inLocale(documentKindNames[documentKind], locale)
            : name}
        </dt>
        <dd>
          <span className={isShown ? 'clear-text' : 'masked-text'}>{isShown ? shown.text : masked}</span>
          {isShown ? (
            <span className="muted">{t('lookUp.hides', { count: shown.secondsLeft })}</span>
          ) : (
            <button
              type="button"
              className="link-button not-printed"
              aria-label={t('lookUp.showField', { field: name })}
              disabled={unmask.isPending}
              onClick={() => reveal(personId, field, key)}
            >
              {t('lookUp.show')}
            </button>
          )}
        </dd>
      </div>
    )
  })
}

/** Why a field was not shown. */
export const RevealFailure = ({ unmask }: Pick<Reveal, 'unmask'>) => {
  const refusalText = useRefusalText()
  return (
    <p className="field-error" role="alert">
      {unmask.isError ? refusalText(unmask.error) : null}
    </p>
  )
}
