import {
  type DateOrder,
  dateFields,
  dateOrderNames,
  fieldsOfKind,
  missingFields,
  mostColumns,
  type WorklistField,
  type WorklistKind,
  worklistFieldNames,
} from '@guankou/contract/worklists/vocabulary.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { type Brought, useLook, useStart } from '#src/worklists/queries.ts'

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
  readonly kind: WorklistKind
  readonly column: Column
  readonly at: number
  readonly chosen: Chosen
  readonly onChoose: (chosen: Chosen) => void
}

type OrderProps = Pick<RowProps, 'column' | 'chosen' | 'onChoose'> & { readonly name: string }

/** Which part of its dates comes first, where they could be read in more than one way. */
const OrderChoice = ({ name, column, chosen, onChoose }: OrderProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
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
  )
}

const ColumnRow = ({ kind, column, at, chosen, onChoose }: RowProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const fields = fieldsOfKind(kind)
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
              field: fields.find((field) => field === currentTarget.value) ?? null,
            })
          }
        >
          <option value="">{t('worklists.notUsed')}</option>
          {fields.map((field) => (
            <option key={field} value={field}>
              {inLocale(worklistFieldNames[field], locale)}
            </option>
          ))}
        </select>
        {isDate(chosen.field) && column.orders.length > 0 ? (
          <OrderChoice name={name} column={column} chosen={chosen} onChoose={onChoose} />
        ) : null}
      </td>
      <td>{t(becauseKeys[column.because])}</td>
    </tr>
  )
}

type TableProps = {
  readonly kind: WorklistKind
  readonly columns: readonly Column[]
  readonly chosen: readonly Chosen[]
  readonly onChoose: (chosen: readonly Chosen[]) => void
}

const ColumnsTable = ({ kind, columns, chosen, onChoose }: TableProps) => {
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
              kind={kind}
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

/** What keeps the rows from being taken. */
const Lacking = ({
  missing,
  unasked,
}: {
  readonly missing: readonly WorklistField[]
  readonly unasked: boolean
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  if (missing.length === 0) return unasked ? t('worklists.askOrder') : null
  const fields = missing.map((field) => inLocale(worklistFieldNames[field], locale))
  return t('worklists.missing', { fields: fields.join('、') })
}

type FoundProps = {
  readonly brought: Brought
  readonly isBusy: boolean
  readonly onSheet: (sheet: string) => void
}

/** How the file was read, and what of it is not: other sheets, and columns beyond the sixtieth. */
const Found = ({ brought, isBusy, onSheet }: FoundProps) => {
  const { t } = useTranslation()
  const { format, encoding, headerRow, sheet, otherSheets, columnsLeftOut } = brought.preview
  const readAs = format === 'xlsx' ? 'xlsx' : `CSV, ${encoding.toUpperCase()}`
  return (
    <>
      <p>{t('worklists.found', { encoding: readAs, row: headerRow ?? t('worklists.noHeader') })}</p>
      {otherSheets.length === 0 ? null : (
        <p className="worklist-sheet">
          <label>
            {t('worklists.sheet')}{' '}
            <select
              value={sheet}
              disabled={isBusy}
              onChange={({ currentTarget }) => onSheet(currentTarget.value)}
            >
              {[sheet, ...otherSheets].toSorted().map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>{' '}
          {t('worklists.otherSheets', { sheets: otherSheets.join('、') })}
        </p>
      )}
      {columnsLeftOut === 0 ? null : (
        <p>{t('worklists.columnsLeftOut', { most: mostColumns, count: columnsLeftOut })}</p>
      )}
    </>
  )
}

const asGuessed = ({ preview }: Brought): readonly Chosen[] =>
  preview.columns.map(({ guess, order }) => ({ field: guess, order }))

/** The file as it was looked at last, and what its columns are chosen to say; another sheet is guessed anew. */
const useColumns = (first: Brought) => {
  const [shown, setShown] = useState(first)
  const [chosen, setChosen] = useState(() => asGuessed(first))
  const look = useLook()
  const onSuccess = (answer: Brought): void => {
    setShown(answer)
    setChosen(asGuessed(answer))
  }
  const readSheet = (sheet: string): void => look.mutate({ importId: first.importId, sheet }, { onSuccess })
  return { shown, chosen, setChosen, look, readSheet }
}

/** What each column says, as it was guessed; rows are taken only once this is confirmed. */
export const ColumnsForm = ({
  brought: first,
  onDone,
}: {
  readonly brought: Brought
  readonly onDone: () => void
}) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { shown, chosen, setChosen, look, readSheet } = useColumns(first)
  const { preview, importId } = shown
  const { kind, sheet, otherSheets } = preview
  const start = useStart()
  const which = otherSheets.length === 0 ? {} : { sheet }
  const missing = missingFields(
    kind,
    chosen.map(({ field }) => field),
  )
  const unasked = preview.columns.some(
    ({ orders }, at) => orders.length > 0 && isDate(chosen[at]?.field ?? null) && chosen[at]?.order === null,
  )
  return (
    <div className="worklist-columns">
      <Found brought={shown} isBusy={look.isPending || start.isPending} onSheet={readSheet} />
      <ColumnsTable kind={kind} columns={preview.columns} chosen={chosen} onChoose={setChosen} />
      <p role="status">
        <Lacking missing={missing} unasked={unasked} />
        {start.isError ? failureText(start.error).text : null}
        {look.isError ? failureText(look.error).text : null}
      </p>
      <button
        type="button"
        className="primary-button"
        disabled={missing.length > 0 || unasked || start.isPending}
        onClick={() =>
          start.mutate(
            { importId, ...which, columns: chosen.map(({ field, order }) => ({ field, order })) },
            { onSuccess: onDone },
          )
        }
      >
        {t('worklists.take')}
      </button>
    </div>
  )
}
