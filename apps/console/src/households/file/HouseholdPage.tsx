import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { HouseholdCards } from '#src/households/file/HouseholdCards.tsx'
import { HouseholdForm } from '#src/households/file/HouseholdForm.tsx'
import { useLookUpHousehold } from '#src/households/file/use-household.ts'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { useTitle } from '#src/layout/use-title.ts'
import { ownLookUpsQuery } from '#src/look-up/queries.ts'
import { useRefusalText } from '#src/look-up/use-look-up.ts'
import '../households.css'

/** Looks a household up: for a purpose, covered first, and where those who live there can see it. */
export const HouseholdPage = () => {
  const { t } = useTranslation()
  useTitle(t('household.title'))
  const own = useQuery(ownLookUpsQuery)
  const lookUp = useLookUpHousehold()
  const refusalText = useRefusalText()
  const { households = [], more = false } = lookUp.data ?? {}
  return (
    <main className="page rounds household" id="content">
      <header className="page-head">
        <h1>{t('household.title')}</h1>
        <span className="spring" />
        <PreferenceButtons />
      </header>
      <p className="muted not-printed">{t('household.lead')}</p>
      <div className="household-columns">
        <section className="card identity-section not-printed" aria-label={t('household.find')}>
          <HouseholdForm busy={lookUp.isPending} onSubmit={(search) => lookUp.mutate(search)} />
          {own.data === undefined ? null : (
            <p className="muted">
              {t('lookUp.left', {
                minute: own.data.limits.lookUpsLeftThisMinute,
                day: own.data.limits.lookUpsLeftToday,
              })}
              <br />
              {t('lookUp.unmasksLeft', {
                minute: own.data.limits.unmasksLeftThisMinute,
                day: own.data.limits.unmasksLeftToday,
              })}
            </p>
          )}
        </section>
        <div aria-live="polite" aria-busy={lookUp.isPending} className="household-found">
          {lookUp.isError ? (
            <p role="alert" className="identity-refusal">
              {refusalText(lookUp.error)}
            </p>
          ) : null}
          {lookUp.data !== undefined && households.length === 0 ? (
            <EmptyState title={t('household.none')}>{t('household.noneText')}</EmptyState>
          ) : null}
          {more ? <p role="status">{t('household.more')}</p> : null}
          {households.map((file) => (
            <HouseholdCards key={`${file.jurisdiction} ${file.householdId}`} file={file} />
          ))}
        </div>
      </div>
    </main>
  )
}
