import {
  type DateOrder,
  dateFields,
  dateOrderNames,
  neededFields,
  type WorklistField,
  worklistFieldNames,
  worklistFields,
} from '@guankou/contract/worklists/vocabulary.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { type Brought, useStart } from '#src/worklists/queries.ts'

type Chosen = { readonly field: WorklistField | null; readonly order: DateOrder | null }
type Column = Brought['preview']['columns'][number]

const becauseKeys = {
  remembered: 'worklists.remembered',
  header: 'worklists.byHeader',
  values: 'worklists.byValues',
  nothing: 'worklists.notUsed',
} as const

const isDate = (field: WorklistField | null): boolean => dateFields.some((each) => each === field)

type RowProps = {
  readonly column: Column
  readonly at: number
  readonly chosen: Chosen
  readonly onChoose: (chosen: Chosen) => void
}

const ColumnRow = ({ column, at, chosen, onChoose }: RowProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const name = column.header === '' ? t('worklists.columnAt', { at: at + 1 }) : column.header
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="worklist-examples">{column.examples.join('　')}</td>
      <td>
        <select
          aria-label={t('worklists.says', { column: name })}
          value={chosen.field ?? ''}
          onChange={({ currentTarget }) =>
            onChoose({
              ...chosen,
              field: worklistFields.find((field) => field === currentTarget.value) ?? null,
            })
          }
        >
          <option value="">{t('worklists.notUsed')}</option>
          {worklistFields.map((field) => (
            <option key={field} value={field}>
              {inLocale(worklistFieldNames[field], locale)}
            </option>
          ))}
        </select>
        {isDate(chosen.field) && column.orders.length > 0 ? (
          <select
            aria-label={t('worklists.order', { column: name })}
            value={chosen.order ?? ''}
            onChange={({ currentTarget }) =>
              onChoose({
                ...chosen,
                order: column.orders.find((order) => order === currentTarget.value) ?? null,
              })
            }
          >
            <option value="">{t('worklists.chooseOrder')}</option>
            {column.orders.map((order) => (
              <option key={order} value={order}>
                {inLocale(dateOrderNames[order], locale)}
              </option>
            ))}
          </select>
        ) : null}
      </td>
      <td>{t(becauseKeys[column.because])}</td>
    </tr>
  )
}

type TableProps = {
  readonly columns: readonly Column[]
  readonly chosen: readonly Chosen[]
  readonly onChoose: (chosen: readonly Chosen[]) => void
}

const ColumnsTable = ({ columns, chosen, onChoose }: TableProps) => {
  const { t } = useTranslation()
  return (
    <div className="table-scroll">
      <table className="data-table" aria-label={t('worklists.columns')}>
        <thead>
          <tr>
            <th scope="col">{t('worklists.column')}</th>
            <th scope="col">{t('worklists.examples')}</th>
            <th scope="col">{t('worklists.meaning')}</th>
            <th scope="col">{t('worklists.because')}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column, at) => (
            <ColumnRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place, and headings repeat
              key={at}
              column={column}
              at={at}
              chosen={chosen[at] ?? { field: null, order: null }}
              onChoose={(one) => onChoose(chosen.map((each, other) => (other === at ? one : each)))}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What each column says, as it was guessed; rows are taken only once this is confirmed. */
export const ColumnsForm = ({
  brought,
  onDone,
}: {
  readonly brought: Brought
  readonly onDone: () => void
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const failureText = useFailureText()
  const { preview, importId, kind } = brought
  const [chosen, setChosen] = useState<readonly Chosen[]>(() =>
    preview.columns.map(({ guess, order }) => ({ field: guess, order })),
  )
  const start = useStart()
  const missing = neededFields[kind].filter((field) => !chosen.some((each) => each.field === field))
  const unasked = preview.columns.some(
    ({ orders }, at) => orders.length > 0 && isDate(chosen[at]?.field ?? null) && chosen[at]?.order === null,
  )
  const encoding = preview.format === 'xlsx' ? 'xlsx' : `CSV, ${preview.encoding.toUpperCase()}`
  return (
    <div className="worklist-columns">
      <p>{t('worklists.found', { encoding, row: preview.headerRow ?? t('worklists.noHeader') })}</p>
      <ColumnsTable columns={preview.columns} chosen={chosen} onChoose={setChosen} />
      <p role="status">
        {missing.length > 0
          ? t('worklists.missing', {
              fields: missing.map((field) => inLocale(worklistFieldNames[field], locale)).join('、'),
            })
          : unasked
            ? t('worklists.askOrder')
            : null}
        {start.isError ? failureText(start.error).text : null}
      </p>
      <button
        type="button"
        className="primary-button"
        disabled={missing.length > 0 || unasked || start.isPending}
        onClick={() =>
          start.mutate(
            { importId, columns: chosen.map(({ field, order }) => ({ field, order })) },
            { onSuccess: onDone },
          )
        }
      >
        {t('worklists.take')}
      </button>
    </div>
  )
}
