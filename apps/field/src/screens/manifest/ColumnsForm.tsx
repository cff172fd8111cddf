import { type ManifestColumn, manifestColumns } from '@guankou/domain/manifest/columns.ts'
import type { TableRow } from '@guankou/domain/manifest/csv-table.ts'
import { useTranslation } from 'react-i18next'

/** Which row is the head, and which column holds what. */
export type Columns = { readonly at: number; readonly columns: ReadonlyMap<ManifestColumn, number> }

type Props = {
  readonly rows: readonly TableRow[]
  readonly columns: Columns
  readonly onChange: (columns: Columns) => void
}

const leastHeads = 10

/** What stands in each column: as its head says, or as a person says. */
export const ColumnsForm = ({ rows, columns: { at, columns }, onChange }: Props) => {
  const { t } = useTranslation()
  const heads = rows[at]?.cells ?? []
  const width = Math.min(60, Math.max(0, ...rows.slice(0, 50).map(({ cells }) => cells.length)))
  const nameOf = (index: number): string => {
    const head = heads[index] ?? ''
    return head === '' ? t('manifest.column', { n: index + 1 }) : head
  }
  const choose = (column: ManifestColumn, index: number): void => {
    const others = [...columns].filter(([each, where]) => each !== column && where !== index)
    onChange({ at, columns: new Map(index < 0 ? others : [...others, [column, index]]) })
  }
  return (
    <fieldset className="manifest-columns">
      <legend>{t('manifest.columns')}</legend>
      <label className="field">
        <span>{t('manifest.head')}</span>
        <select value={at} onChange={(event) => onChange({ at: Number(event.target.value), columns })}>
          {rows.slice(0, leastHeads).map(({ line, cells }, index) => (
            <option key={line} value={index}>
              {`${line}: ${cells
                .filter((cell) => cell !== '')
                .join(' · ')
                .slice(0, 40)}`}
            </option>
          ))}
        </select>
      </label>
      {manifestColumns.map((column) => (
        <label key={column} className="field">
          <span>{t(`manifest.columnNames.${column}`)}</span>
          <select
            value={columns.get(column) ?? -1}
            onChange={(event) => choose(column, Number(event.target.value))}
          >
            <option value={-1}>{t('manifest.none')}</option>
            {Array.from({ length: width }, (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its position
              <option key={index} value={index}>
                {nameOf(index)}
              </option>
            ))}
          </select>
        </label>
      ))}
    </fieldset>
  )
}
