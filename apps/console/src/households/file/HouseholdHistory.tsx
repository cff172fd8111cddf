import type { HouseholdFile, HouseholdHistoryLine } from '@guankou/contract/households/look-up.ts'
import { doorOutcomeNames, visitPartNames, visitTaskNames } from '@guankou/contract/households/vocabulary.ts'
import { roleNames } from '@guankou/contract/roles.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'

/** Visits, newest first: which parts each needed, and which are done and signed. */
export const VisitsCard = ({ visits }: Pick<HouseholdFile, 'visits'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const timeZone = useTimeZone()
  return (
    <Card title={t('household.visits')}>
      {visits.length === 0 ? (
        <EmptyState title={t('household.noVisits')} />
      ) : (
        <ol className="fact-list">
          {visits.map(({ id, openedAt, tasks, complete, parts }) => (
            <li key={id}>
              <time dateTime={openedAt}>{formatInstant(openedAt, timeZone).slice(0, 16)}</time>{' '}
              {tasks.map((task) => inLocale(visitTaskNames[task], locale)).join(' · ')}{' '}
              <StatusPill state={complete ? 'well' : 'look'}>
                {t(complete ? 'household.complete' : 'household.incomplete')}
              </StatusPill>
              <p className="fact-note">
                {parts
                  .filter(({ needed, done }) => needed || done)
                  .map(({ part, done, signed }) => {
                    const state = signed ? 'signed' : done ? 'done' : 'missing'
                    return `${inLocale(visitPartNames[part], locale)}: ${t(`household.part.${state}`)}`
                  })
                  .join(' · ')}
              </p>
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}

type NumberOf = (personId: string) => number | undefined

/** What a line says beside its kind. */
const useDetail = (numberOf: NumberOf) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return ({ personId, part, outcome, tasks }: HouseholdHistoryLine): string => {
    const number = personId === null ? undefined : numberOf(personId)
    return [
      ...(personId === null
        ? []
        : [number === undefined ? t('household.memberGone') : t('household.memberNo', { number })]),
      ...(part === null ? [] : [inLocale(visitPartNames[part], locale)]),
      ...(outcome === null ? [] : [inLocale(doorOutcomeNames[outcome], locale)]),
      ...tasks.map((task) => inLocale(visitTaskNames[task], locale)),
    ].join(' · ')
  }
}

const Line = ({
  line,
  undoes,
  detail,
}: {
  readonly line: HouseholdHistoryLine
  /** The line that this one takes back, where it is shown. */
  readonly undoes: HouseholdHistoryLine | undefined
  readonly detail: (line: HouseholdHistoryLine) => string
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const timeZone = useTimeZone()
  const { at, what, officer, role, undone } = line
  return (
    <li data-what={what} className={undone ? 'fact-undone' : undefined}>
      <time dateTime={at}>{formatInstant(at, timeZone).slice(0, 16)}</time>{' '}
      <strong>{t(`household.what.${what}`)}</strong>{' '}
      {undoes === undefined
        ? detail(line)
        : `${t(`household.what.${undoes.what}`)} ${formatInstant(undoes.at, timeZone).slice(5, 16)}`}{' '}
      <span className="muted">
        {inLocale(officer, locale)} · {inLocale(roleNames[role], locale)}
      </span>{' '}
      {undone ? <StatusPill state="info">{t('household.undone')}</StatusPill> : null}
    </li>
  )
}

/** Every fact, newest first, what was taken back among them; of nobody what it says. */
export const HouseholdHistory = ({
  file,
  numberOf,
}: {
  readonly file: HouseholdFile
  readonly numberOf: NumberOf
}) => {
  const { t } = useTranslation()
  const detail = useDetail(numberOf)
  return (
    <Card title={t('household.history')} note={t('household.historyNote')}>
      {file.history.length === 0 ? (
        <EmptyState title={t('household.noHistory')} />
      ) : (
        <ol className="fact-list">
          {file.history.map((line) => (
            <Line
              key={line.id}
              line={line}
              undoes={file.history.find(({ id }) => id === line.undoes)}
              detail={detail}
            />
          ))}
        </ol>
      )}
      {file.moreHistory ? <p role="status">{t('household.moreHistory')}</p> : null}
    </Card>
  )
}
