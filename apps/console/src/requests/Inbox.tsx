import { roleNames } from '@guankou/contract/roles.ts'
import type { RequestInbox, RequestLine } from '@guankou/contract/subject-access/desk-endpoints.ts'
import {
  correctableFieldNames,
  requestKindNames,
  requestOutcomeNames,
  requestStateNames,
} from '@guankou/contract/subject-access/requests.ts'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { civilDateOf } from '@guankou/ui/format/time.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'

/** What is asked, with the field of a correction. */
export const requestName = ({ kind, field }: Pick<RequestLine, 'kind' | 'field'>, locale: Locale): string => {
  const name = inLocale(requestKindNames[kind], locale)
  return field === null ? name : `${name} · ${inLocale(correctableFieldNames[field], locale)}`
}

const Line = ({
  line,
  isOpen,
  onOpen,
}: {
  readonly line: RequestLine
  readonly isOpen: boolean
  readonly onOpen: () => void
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const timeZone = useTimeZone()
  const asked = civilDateOf(line.askedAt, timeZone)
  const answered = line.state === 'answered'
  const left =
    line.daysLeft < 0
      ? t('requests.late', { count: -line.daysLeft })
      : t('requests.days', { count: line.daysLeft })
  const state = inLocale(requestStateNames[line.state], locale)
  const outcome = line.outcome === null ? '' : `: ${inLocale(requestOutcomeNames[line.outcome], locale)}`
  return (
    <tr aria-selected={isOpen}>
      <th scope="row">{requestName(line, locale)}</th>
      <td>{asked}</td>
      <td>{line.dueOn}</td>
      <td className={!answered && line.daysLeft < 3 ? 'request-late' : undefined}>{answered ? '–' : left}</td>
      <td>
        {state}
        {outcome}
      </td>
      <td>{inLocale(roleNames[line.holder], locale)}</td>
      <td>
        {line.screenedOn} {inLocale(line.district, locale)}
      </td>
      <td>
        <button
          type="button"
          className="link-button"
          aria-label={`${t('requests.open')}: ${requestName(line, locale)}, ${asked}`}
          onClick={onOpen}
        >
          {t('requests.open')}
        </button>
      </td>
    </tr>
  )
}

/** Requests by due date, those that were answered last. */
export const Inbox = ({
  inbox,
  openId,
  onOpen,
}: {
  readonly inbox: RequestInbox
  readonly openId: string | undefined
  readonly onOpen: (id: string) => void
}) => {
  const { t } = useTranslation()
  return (
    <section className="card identity-section not-printed">
      <h2>{t('requests.inbox')}</h2>
      <p className="muted">
        {t('requests.waiting', { count: inbox.waitingForMe })} ·{' '}
        {t('requests.overdue', { count: inbox.overdue })}
      </p>
      {inbox.requests.length === 0 ? (
        <EmptyState title={t('requests.none')} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways has to be reachable by keyboard
        <section className="request-table" tabIndex={0} aria-label={t('requests.inbox')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('requests.kind')}</th>
                <th scope="col">{t('requests.asked')}</th>
                <th scope="col">{t('requests.due')}</th>
                <th scope="col">{t('requests.left')}</th>
                <th scope="col">{t('requests.state')}</th>
                <th scope="col">{t('requests.holder')}</th>
                <th scope="col">{t('requests.screened')}</th>
                <th scope="col">
                  <span className="only-heard">{t('requests.open')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {inbox.requests.map((line) => (
                <Line key={line.id} line={line} isOpen={line.id === openId} onOpen={() => onOpen(line.id)} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  )
}
