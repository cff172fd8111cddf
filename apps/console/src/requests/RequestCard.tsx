import { roleNames } from '@guankou/contract/roles.ts'
import type { RequestFile } from '@guankou/contract/subject-access/desk-endpoints.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { PersonRecordView } from '@guankou/ui/person-page/PersonPageView.tsx'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Query } from '#src/layout/Query.tsx'
import { useLocale } from '#src/layout/use-preferences.ts'
import { AnswerForm } from '#src/requests/AnswerForm.tsx'
import { HandOnForm } from '#src/requests/HandOnForm.tsx'
import { requestName } from '#src/requests/Inbox.tsx'
import { fileQuery, inboxQuery } from '#src/requests/queries.ts'

const Course = ({ file }: { readonly file: RequestFile }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const names = {
    opened: t('requests.steps.opened'),
    'handed-on': t('requests.steps.handedOn'),
    answered: t('requests.steps.answered'),
  }
  return (
    <>
      <h3>{t('requests.course')}</h3>
      <ol className="request-course">
        {file.steps.map(({ at, step, role, to }) => (
          <li key={`${at} ${step}`}>
            {formatInstant(at, file.timeZone)} · {inLocale(roleNames[role], locale)} · {names[step]}
            {to === null ? '' : ` ${inLocale(roleNames[to], locale)}`}
          </li>
        ))}
      </ol>
    </>
  )
}

const File = ({ file, onDone }: { readonly file: RequestFile; readonly onDone: () => void }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const look = { locale, timeZone: file.timeZone, covered: true }
  const isOpen = file.line.state !== 'answered'
  return (
    <>
      <h3>{t('requests.theirText')}</h3>
      <p className="person-quote">{file.request.text ?? t('requests.textGone')}</p>
      {file.request.answer === null ? null : (
        <>
          <h3>{t('requests.answer')}</h3>
          <p className="person-quote">{file.request.answer}</p>
        </>
      )}
      {file.line.mayAnswer ? <AnswerForm file={file} onDone={onDone} /> : null}
      {isOpen && !file.line.mayAnswer ? (
        <p className="muted">
          {t('requests.notMine', { role: inLocale(roleNames[file.line.holder], locale) })}
        </p>
      ) : null}
      {file.others.length === 0 ? null : <HandOnForm file={file} onDone={onDone} />}
      <Course file={file} />
      <h3>{t('requests.held')}</h3>
      {file.record === null ? (
        <p>{t('requests.recordGone')}</p>
      ) : (
        <PersonRecordView record={file.record} look={look} />
      )}
    </>
  )
}

/** One request, opened to be answered. */
export const RequestCard = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const file = useQuery(fileQuery(id))
  const queryClient = useQueryClient()
  const isRead = file.isSuccess
  useEffect(() => {
    // Opening it is a step of its course, which the inbox shows.
    if (isRead) void queryClient.invalidateQueries({ queryKey: inboxQuery.queryKey })
  }, [isRead, queryClient])
  return (
    <section className="card identity-section request-file not-printed">
      <h2>
        {file.data === undefined ? t('requests.file') : requestName(file.data.line, locale)}
        <span className="spring" />
        <button type="button" className="link-button" onClick={onClose}>
          {t('requests.close')}
        </button>
      </h2>
      <Query query={file}>{(value) => <File file={value} onDone={onClose} />}</Query>
    </section>
  )
}
