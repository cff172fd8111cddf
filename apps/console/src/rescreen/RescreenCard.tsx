import type { Jurisdiction } from '@guankou/contract/places/place.ts'
import { listProposals, proposeRules } from '@guankou/contract/rescreen/proposals.ts'
import type { RulesVersionLine } from '@guankou/contract/rescreen/rule-versions.ts'
import { type RescreenRun, startRescreen } from '@guankou/contract/rescreen/runs.ts'
import { usualDueHours } from '@guankou/contract/rescreen/vocabulary.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState, ErrorState } from '@guankou/ui/feedback/Feedback.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { noticeQuery } from '#src/api/queries.ts'
import { isOpenTo } from '#src/layout/pages.ts'
import { Query } from '#src/layout/Query.tsx'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { AreaPills } from '#src/rescreen/AreaPills.tsx'
import { ClosedProposals } from '#src/rescreen/Proposals.tsx'
import { PutIntoForce } from '#src/rescreen/PutIntoForce.tsx'
import { rescreensQuery, useRescreenChanges, useStartRescreen, versionsQuery } from '#src/rescreen/queries.ts'
import { RunProgress } from '#src/rescreen/RunProgress.tsx'
import './rescreen.css'

const Version = ({ line, timeZone }: { readonly line: RulesVersionLine; readonly timeZone: string }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <li>
      <strong>{t('rescreen.version', { version: line.version })}</strong>{' '}
      {t('rescreen.since', { day: line.effectiveFrom })}
      {line.inForce ? ` · ${t('rescreen.inForce')}` : null}
      {line.publishedAt === null || line.publishedBy === null
        ? null
        : ` · ${t('rescreen.publishedBy', {
            who: inLocale(line.publishedBy, locale),
            time: formatInstant(line.publishedAt, timeZone).slice(0, 16),
          })}`}
      {line.proposedBy === null
        ? null
        : ` · ${t('rescreen.proposer', { who: inLocale(line.proposedBy, locale) })}`}
      {line.alone ? (
        <>
          {' · '}
          <strong>{t('rescreen.decidedAlone')}</strong>
        </>
      ) : null}
      {line.changesMore ? ` · ${t('rescreen.changesMore')}` : null}
      {line.added.length > 0 ? <span> {t('rescreen.added')}</span> : null}
      <AreaPills areas={line.added} label={t('rescreen.added')} />
      {line.ended.length > 0 ? <span> {t('rescreen.ended')}</span> : null}
      <AreaPills areas={line.ended} label={t('rescreen.ended')} />
    </li>
  )
}

type HistoryProps = {
  readonly responseId: string
  readonly today: string
  readonly timeZone: string
  readonly mayPropose: boolean
}

const History = ({ responseId, today, timeZone, mayPropose }: HistoryProps) => {
  const { t } = useTranslation()
  const versions = useQuery(versionsQuery(responseId))
  const [isEnding, setIsEnding] = useState(false)
  return (
    <details className="rescreen-history">
      <summary>{t('rescreen.history')}</summary>
      <Query query={versions}>
        {({ versions: lines }) => (
          <ol>
            {lines.map((line) => (
              <Version key={line.version} line={line} timeZone={timeZone} />
            ))}
          </ol>
        )}
      </Query>
      {mayPropose && !isEnding ? (
        <button type="button" className="quiet-button" onClick={() => setIsEnding(true)}>
          {t('rescreen.endAreas')}
        </button>
      ) : null}
      {isEnding ? (
        <PutIntoForce
          responseId={responseId}
          today={today}
          added={[]}
          people={undefined}
          onClose={() => setIsEnding(false)}
        />
      ) : null}
    </details>
  )
}

const Again = ({ run }: { readonly run: RescreenRun }) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const start = useStartRescreen()
  const { responseId, version } = run
  return (
    <>
      <button
        type="button"
        className="quiet-button"
        disabled={start.isPending}
        onClick={() => start.mutate({ responseId, version, dueHours: usualDueHours })}
      >
        {t('rescreen.again')}
      </button>
      {start.isError ? <span role="alert"> {failureText(start.error).text}</span> : null}
    </>
  )
}

type Props = {
  readonly area: number
  readonly areas: readonly Jurisdiction[]
  readonly city: number
  readonly today: string
  readonly timeZone: string
}

/** Whom changed rules reach: how far their lists have come, and every version that was in force. */
export const RescreenCard = ({ area, areas, city, today, timeZone }: Props) => {
  const { t } = useTranslation()
  const { role, areaCode } = useSession()
  useRescreenChanges(area)
  const runs = useQuery(rescreensQuery)
  const [response] = useQuery(noticeQuery).data?.responses ?? []
  const failureText = useFailureText()
  const isCity = areaCode === city
  const mayStart = isOpenTo(role, startRescreen) && isCity
  const mayPropose = isOpenTo(role, proposeRules) && isCity
  if (runs.isError) return <ErrorState {...failureText(runs.error)} />
  const shown = runs.data?.runs ?? []
  return (
    <Card title={t('rescreen.title')} className="rescreen-card">
      {shown.length === 0 ? (
        <EmptyState title={t('rescreen.none')}>{t('rescreen.noneText')}</EmptyState>
      ) : null}
      {shown.slice(0, 3).map((run, at) => (
        <RunProgress key={run.id} run={run} areas={areas} timeZone={timeZone}>
          {mayStart && at === 0 && (run.state === 'done' || run.state === 'failed') ? (
            <Again run={run} />
          ) : null}
        </RunProgress>
      ))}
      {response !== undefined && isCity && isOpenTo(role, listProposals) ? (
        <ClosedProposals responseId={response.id} timeZone={timeZone} />
      ) : null}
      {response === undefined ? null : (
        <History responseId={response.id} today={today} timeZone={timeZone} mayPropose={mayPropose} />
      )}
    </Card>
  )
}
