import {
  caseColumns,
  type ImportedCases,
  importCases,
  longestCaseFile,
} from '@guankou/contract/origin/case-reports.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState, ErrorState } from '@guankou/ui/feedback/Feedback.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { toCsv } from '@guankou/ui/tables/csv.ts'
import { saveFile } from '@guankou/ui/tables/save-file.ts'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isOpenTo } from '#src/layout/pages.ts'
import { Query } from '#src/layout/Query.tsx'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { caseSetsQuery, useImport } from '#src/origins/queries.ts'

const refusedShown = 20

/** What came of a file; rows that were refused can be saved whole, corrected and sent again. */
const Outcome = ({ imported }: { readonly imported: ImportedCases }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { header, refused, rowsNew, rowsKnown, rowsRefused } = imported
  const save = (): void =>
    saveFile(
      'refused-rows.csv',
      toCsv([
        [t('originsPage.row'), t('originsPage.column'), t('originsPage.reason'), ...header],
        ...refused.map(({ row, column, reason, cells }) => [
          String(row),
          column ?? '',
          inLocale(reason, locale),
          ...cells,
        ]),
      ]),
      'text/csv',
    )
  return (
    <div className="import-outcome" role="status">
      <p>
        {t('originsPage.imported', {
          fresh: formatNumber(locale, rowsNew),
          known: formatNumber(locale, rowsKnown),
          refused: formatNumber(locale, rowsRefused),
        })}
      </p>
      {refused.length === 0 ? null : (
        <>
          <ul>
            {refused.slice(0, refusedShown).map(({ row, column, reason }) => (
              <li key={row}>
                {t('originsPage.rowAt', { row })} {column ?? ''}: {inLocale(reason, locale)}
              </li>
            ))}
          </ul>
          <button type="button" className="quiet-button" onClick={save}>
            {t('originsPage.saveRefused', { count: refused.length })}
          </button>
        </>
      )}
    </div>
  )
}

type TermFieldProps = {
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
}

/** Whose the reports are, or under which terms they may be used. */
const TermField = ({ label, value, onValue }: TermFieldProps) => {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        required
        maxLength={200}
        value={value}
        onChange={(event) => onValue(event.currentTarget.value)}
      />
    </>
  )
}

const Upload = ({ city }: { readonly city: number }) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const id = useId()
  const upload = useImport()
  const [source, setSource] = useState('')
  const [licence, setLicence] = useState('')
  const [file, setFile] = useState<File | undefined>(undefined)
  const isTooLarge = file !== undefined && file.size > longestCaseFile
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (file === undefined) return
    upload.mutate({ area: city, source: source.trim(), licence: licence.trim(), csv: await file.text() })
  }
  return (
    <form className="import-form" onSubmit={(event) => void send(event)}>
      <label htmlFor={`${id}-file`}>{t('originsPage.file')}</label>
      <input
        id={`${id}-file`}
        type="file"
        accept=".csv,text/csv"
        required
        aria-describedby={`${id}-hint`}
        onChange={(event) => setFile(event.currentTarget.files?.[0])}
      />
      <TermField label={t('originsPage.source')} value={source} onValue={setSource} />
      <TermField label={t('originsPage.licence')} value={licence} onValue={setLicence} />
      <button
        type="submit"
        className="primary-button"
        disabled={upload.isPending || isTooLarge || source.trim() === '' || licence.trim() === ''}
      >
        {t('originsPage.upload')}
      </button>
      <p id={`${id}-hint`} className="muted">
        {isTooLarge
          ? t('originsPage.tooLarge')
          : t('originsPage.fileHint', { columns: caseColumns.join(', ') })}
      </p>
      {upload.isError ? <ErrorState {...failureText(upload.error)} /> : null}
      {upload.isSuccess ? <Outcome imported={upload.data} /> : null}
    </form>
  )
}

export type ReportsCardProps = { readonly city: number; readonly timeZone: string }

/** Reported cases: what was taken in, from where and under which terms, and the way to bring more. */
export const ReportsCard = ({ city, timeZone }: ReportsCardProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { role } = useSession()
  const sets = useQuery(caseSetsQuery(city))
  return (
    <Card title={t('originsPage.reportsTitle')} className="origin-reports">
      {isOpenTo(role, importCases) ? (
        <Upload city={city} />
      ) : (
        <p className="muted">{t('originsPage.uploadNotOpen')}</p>
      )}
      <Query query={sets}>
        {(held) =>
          held.sets.length === 0 ? (
            <EmptyState title={t('originsPage.noReports')} />
          ) : (
            <ul className="case-sets">
              {held.sets.map((set) => (
                <li key={set.id}>
                  <strong>{set.source}</strong> · {set.licence} · {formatInstant(set.importedAt, timeZone)} ·{' '}
                  {t('originsPage.imported', {
                    fresh: formatNumber(locale, set.rowsNew),
                    known: formatNumber(locale, set.rowsKnown),
                    refused: formatNumber(locale, set.rowsRefused),
                  })}
                </li>
              ))}
            </ul>
          )
        }
      </Query>
    </Card>
  )
}
