import { Card } from '@guankou/ui/controls/Card.tsx'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useImportResults } from '#src/testing/queries.ts'

type RefusedProps = {
  readonly rows: NonNullable<ReturnType<typeof useImportResults>['data']>['rows']
}

/** Where in the file, and why not. */
const RefusedRows = ({ rows }: RefusedProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  if (rows.length === 0) return null
  return (
    <table className="data-table" aria-label={t('testing.results.refusedRows')}>
      <thead>
        <tr>
          <th scope="col" className="numeric">
            {t('testing.results.line')}
          </th>
          <th scope="col">{t('testing.results.why')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ row, text }) => (
          <tr key={row}>
            <th scope="row" className="numeric">
              {row}
            </th>
            <td>{text === undefined ? '' : inLocale(text, locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A laboratory’s file: what can be taken is, and every other row is named with its reason. */
export const ImportFile = () => {
  const { t } = useTranslation()
  const id = useId()
  const failureText = useFailureText()
  const take = useImportResults()
  const refused = take.data?.rows.filter(({ outcome }) => outcome === 'refused') ?? []
  return (
    <Card title={t('testing.results.import')} note={t('testing.results.importHint')}>
      <div className="testing-form">
        <label htmlFor={`${id}-file`}>{t('testing.results.file')}</label>
        <input
          id={`${id}-file`}
          type="file"
          accept=".csv,text/csv"
          disabled={take.isPending}
          onChange={async ({ currentTarget }) => {
            const [file] = currentTarget.files ?? []
            if (file !== undefined) take.mutate(await file.text())
            // The same file may be chosen again after it was corrected.
            currentTarget.value = ''
          }}
        />
        <p role="status">
          {take.data === undefined
            ? null
            : t('testing.results.imported', {
                recorded: take.data.recorded,
                known: take.data.known,
                refused: refused.length,
              })}
          {take.isError ? failureText(take.error).text : null}
        </p>
        <RefusedRows rows={refused} />
      </div>
    </Card>
  )
}
