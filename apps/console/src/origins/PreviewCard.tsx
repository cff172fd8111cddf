import type { RiskAreaPreview } from '@guankou/contract/origin/preview.ts'
import type { Jurisdiction, Post } from '@guankou/contract/places/place.ts'
import { proposeRules } from '@guankou/contract/rescreen/proposals.ts'
import type { RiskArea } from '@guankou/contract/responses/response.ts'
import { dispositionNames } from '@guankou/contract/screening/dispositions.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { ErrorState } from '@guankou/ui/feedback/Feedback.tsx'
import { formatNumber, formatQuantity } from '@guankou/ui/format/quantity.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { noticeQuery } from '#src/api/queries.ts'
import { isOpenTo } from '#src/layout/pages.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { PreviewForm } from '#src/origins/PreviewForm.tsx'
import { usePreview } from '#src/origins/queries.ts'
import { PutIntoForce } from '#src/rescreen/PutIntoForce.tsx'

type CountedRow = { readonly key: string; readonly name: string; readonly people: number }

const Counted = ({ title, head, rows }: { title: string; head: string; rows: readonly CountedRow[] }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const columns: readonly Column<CountedRow>[] = [
    { key: 'name', title: head, text: ({ name }) => name },
    {
      key: 'people',
      title: t('originsPage.reselected'),
      numeric: true,
      text: ({ people }) => formatNumber(locale, people),
    },
  ]
  if (rows.length === 0) return null
  return <DataTable label={title} columns={columns} rows={rows} rowKey={({ key }) => key} />
}

type ResultProps = {
  readonly preview: RiskAreaPreview
  readonly posts: readonly Post[]
  readonly areas: readonly Jurisdiction[]
  readonly timeZone: string
}

/** Names by number; a number that nobody knows any more stands for itself. */
const useNames = ({ posts, areas }: Pick<ResultProps, 'posts' | 'areas'>) => {
  const locale = useLocale()
  const nameOf = (place: Post | Jurisdiction | undefined, number: number): string =>
    place === undefined ? String(number) : inLocale(place.name, locale)
  return {
    ofPost: (id: number) =>
      nameOf(
        posts.find((post) => post.id === id),
        id,
      ),
    ofArea: (code: number) =>
      nameOf(
        areas.find((area) => area.code === code),
        code,
      ),
  }
}

/** The people who would be reselected, counted four ways. */
const Counts = ({ preview, posts, areas }: Omit<ResultProps, 'timeZone'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const names = useNames({ posts, areas })
  return (
    <div className="preview-tables">
      <Counted
        title={t('originsPage.byDay')}
        head={t('originsPage.day')}
        rows={preview.byDay
          .toReversed()
          .map(({ day, reselected }) => ({ key: day, name: day, people: reselected }))}
      />
      <Counted
        title={t('originsPage.byPost')}
        head={t('city.post')}
        rows={preview.byPost.map(({ postId, reselected }) => ({
          key: String(postId),
          name: names.ofPost(postId),
          people: reselected,
        }))}
      />
      <Counted
        title={t('originsPage.byDistrict')}
        head={t('originsPage.district')}
        rows={preview.byDistrict.map(({ jurisdiction, reselected }) => ({
          key: String(jurisdiction),
          name: names.ofArea(jurisdiction),
          people: reselected,
        }))}
      />
      <Counted
        title={t('originsPage.byOutcome')}
        head={t('originsPage.outcome')}
        rows={preview.byOutcome.map(({ before, after, people }) => ({
          key: `${before} ${after}`,
          name: `${inLocale(dispositionNames[before], locale)} → ${inLocale(dispositionNames[after], locale)}`,
          people,
        }))}
      />
    </div>
  )
}

const Result = ({ preview, timeZone, ...places }: ResultProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const people = (count: number): string => `≈ ${formatQuantity(locale, count, 'person')}`
  return (
    <div className="preview-result">
      <p role="status">
        <strong>{people(preview.reselected)}</strong>{' '}
        {t('originsPage.reselectedOf', {
          people: people(preview.travellers),
          from: preview.from,
          until: preview.until,
        })}
      </p>
      <p>{t('originsPage.notAsked', { people: people(preview.notAsked) })}</p>
      <Counts preview={preview} {...places} />
      <p className="card-foot">
        {t('originsPage.previewFoot', {
          rounding: preview.rounding,
          version: preview.rulesVersion,
          time: formatInstant(preview.countedAt, timeZone),
        })}
      </p>
    </div>
  )
}

type IntoForceProps = {
  readonly preview: RiskAreaPreview
  readonly added: readonly RiskArea[]
  readonly today: string
  readonly isCity: boolean
}

/** From what was counted to putting it into force. */
const IntoForce = ({ preview, added, today, isCity }: IntoForceProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const [isAsked, setIsAsked] = useState(false)
  if (isAsked)
    return (
      <PutIntoForce
        responseId={preview.responseId}
        today={today}
        added={added}
        people={`≈ ${formatQuantity(locale, preview.reselected, 'person')}`}
        onClose={() => setIsAsked(false)}
      />
    )
  return (
    <p>
      <button type="button" className="primary-button" disabled={!isCity} onClick={() => setIsAsked(true)}>
        {t('rescreen.putIntoForceAsk')}
      </button>{' '}
      {isCity ? null : <span className="muted">{t('rescreen.cityOnly')}</span>}
    </p>
  )
}

export type PreviewCardProps = {
  readonly area: number
  /** The city that rules hold for. */
  readonly city: number
  readonly today: string
  readonly timeZone: string
  readonly posts: readonly Post[]
  readonly areas: readonly Jurisdiction[]
}

/** Whom a change of risk areas would reach, before anyone decides on it. */
export const PreviewCard = ({ area, city, today, ...rest }: PreviewCardProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const failureText = useFailureText()
  const preview = usePreview()
  const { role, areaCode } = useSession()
  const responses = (useQuery(noticeQuery).data?.responses ?? []).map(({ id, name }) => ({
    id,
    name: inLocale(name, locale),
  }))
  return (
    <Card title={t('originsPage.previewTitle')} className="origin-preview">
      <p className="muted">{t('originsPage.previewLead')}</p>
      <PreviewForm
        area={area}
        today={today}
        responses={responses}
        isPending={preview.isPending}
        onAsk={(body) => preview.mutate(body)}
      />
      {preview.isError ? <ErrorState {...failureText(preview.error)} /> : null}
      {preview.isSuccess ? <Result preview={preview.data} {...rest} /> : null}
      {preview.isSuccess && isOpenTo(role, proposeRules) ? (
        <IntoForce
          key={preview.submittedAt}
          preview={preview.data}
          added={preview.variables.riskAreas}
          today={today}
          isCity={areaCode === city}
        />
      ) : null}
    </Card>
  )
}
