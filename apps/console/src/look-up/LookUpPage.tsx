import {
  type LookUpAnswer,
  type LookUpLimits,
  mostMatches,
  type OwnLookUp,
} from '@guankou/contract/identity/look-up.ts'
import { lookUpPurposeNames } from '@guankou/contract/identity/purposes.ts'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useGo, useSearchPart } from '#src/layout/go.ts'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { Query } from '#src/layout/Query.tsx'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { LookUpForm } from '#src/look-up/LookUpForm.tsx'
import { Match } from '#src/look-up/Match.tsx'
import { soughtName } from '#src/look-up/names.ts'
import { ownLookUpsQuery } from '#src/look-up/queries.ts'
import { useLookUp, useRefusalText } from '#src/look-up/use-look-up.ts'
import { paths, readLookUpView } from '#src/path-builder.ts'

const Limits = ({ limits }: { readonly limits: LookUpLimits }) => {
  const { t } = useTranslation()
  return (
    <p className="muted">
      {t('lookUp.left', { minute: limits.lookUpsLeftThisMinute, day: limits.lookUpsLeftToday })}
      <br />
      {t('lookUp.unmasksLeft', { minute: limits.unmasksLeftThisMinute, day: limits.unmasksLeftToday })}
    </p>
  )
}

const Matches = ({ answer }: { readonly answer: LookUpAnswer }) => {
  const { t } = useTranslation()
  if (answer.matches.length === 0)
    return <EmptyState title={t('lookUp.none')}>{t('lookUp.noneText')}</EmptyState>
  return (
    <section className="person-matches" aria-labelledby="found">
      <h2 id="found">{t('lookUp.found', { count: answer.matches.length })}</h2>
      {answer.more ? <p>{t('lookUp.more', { count: mostMatches })}</p> : null}
      {answer.matches.map((match) => (
        <Match key={`${match.screeningId} ${match.seat}`} match={match} />
      ))}
    </section>
  )
}

const OwnLookUps = ({ lookUps }: { readonly lookUps: readonly OwnLookUp[] }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const timeZone = useTimeZone()
  const columns: readonly Column<OwnLookUp>[] = [
    { key: 'at', title: t('lookUp.ownAt'), text: ({ at }) => formatInstant(at, timeZone) },
    {
      key: 'purpose',
      title: t('lookUp.purpose'),
      text: ({ purpose }) => inLocale(lookUpPurposeNames[purpose], locale),
    },
    { key: 'kind', title: t('lookUp.kind'), text: ({ kind }) => soughtName(t, locale, kind) },
    {
      key: 'matches',
      title: t('lookUp.matches'),
      numeric: true,
      text: ({ matches }) => formatNumber(locale, matches),
    },
  ]
  return (
    <section className="card table-card identity-section">
      <h2>{t('lookUp.own')}</h2>
      {lookUps.length === 0 ? (
        <EmptyState title={t('lookUp.ownNone')} />
      ) : (
        <DataTable
          label={t('lookUp.own')}
          columns={columns}
          rows={lookUps}
          rowKey={({ at, kind }) => `${at} ${kind}`}
        />
      )}
    </section>
  )
}

/** Looks a person up: for a purpose, masked first, and where the person can see it. */
export const LookUpPage = () => {
  const { t } = useTranslation()
  useTitle(t('lookUp.title'))
  const own = useQuery(ownLookUpsQuery)
  const lookUp = useLookUp()
  const refusalText = useRefusalText()
  const view = readLookUpView(useSearchPart())
  const go = useGo()
  return (
    <main className="page" id="content">
      <header className="page-head">
        <h1>{t('lookUp.title')}</h1>
        <span className="spring" />
        <PreferenceButtons />
      </header>
      <p className="muted">{t('lookUp.lead')}</p>
      <div className="identity-columns">
        <section className="card identity-section" aria-label={t('lookUp.submit')}>
          <LookUpForm
            busy={lookUp.isPending}
            view={view}
            onView={(part) => go(paths.lookUp, { ...view, ...part }, 'replace')}
            onSubmit={(input) => lookUp.mutate(input)}
          />
          {own.data === undefined ? null : <Limits limits={lookUp.data?.limits ?? own.data.limits} />}
        </section>
        <div aria-live="polite" aria-busy={lookUp.isPending}>
          {lookUp.isError ? (
            <p role="alert" className="identity-refusal">
              {refusalText(lookUp.error)}
            </p>
          ) : null}
          {lookUp.data === undefined ? null : <Matches answer={lookUp.data} />}
        </div>
      </div>
      <Query query={own}>{({ lookUps }) => <OwnLookUps lookUps={lookUps} />}</Query>
    </main>
  )
}
