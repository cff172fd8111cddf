import type { ReactNode } from 'react'
import { type Column, type SortWord, sortAfter } from '#src/tables/columns.ts'

export type DataTableProps<Row> = {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  /** In the order to show. */
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string | number
  readonly sort?: SortWord | undefined
  readonly onSort?: (sort: SortWord) => void
  /** Draws a cell otherwise than as its text; the text is still what is exported. */
  readonly draw?: (column: Column<Row>, row: Row) => ReactNode | undefined
}

const ariaSort = (key: string, sort: SortWord | undefined): 'ascending' | 'descending' | 'none' => {
  if (sort === key) return 'ascending'
  return sort === `-${key}` ? 'descending' : 'none'
}

const mark = { ascending: '▲', descending: '▼', none: '' } as const

const cellClass = (column: { readonly numeric?: boolean }) =>
  column.numeric === true ? 'numeric' : undefined

type HeadProps<Row> = Pick<DataTableProps<Row>, 'columns' | 'sort' | 'onSort'>

const Head = <Row,>({ columns, sort, onSort }: HeadProps<Row>) => (
  <thead>
    <tr>
      {columns.map((column) => (
        <th
          key={column.key}
          scope="col"
          className={cellClass(column)}
          title={column.hint}
          {...(column.sortBy === undefined ? {} : { 'aria-sort': ariaSort(column.key, sort) })}
        >
          {column.sortBy === undefined || onSort === undefined ? (
            column.title
          ) : (
            <button type="button" onClick={() => onSort(sortAfter(sort, column))}>
              {column.title}
              <span aria-hidden="true"> {mark[ariaSort(column.key, sort)]}</span>
            </button>
          )}
        </th>
      ))}
    </tr>
  </thead>
)

type CellsProps<Row> = Pick<DataTableProps<Row>, 'columns' | 'draw'> & { readonly row: Row }

const Cells = <Row,>({ columns, row, draw }: CellsProps<Row>) => (
  <tr>
    {columns.map((column, index) => {
      const content = draw?.(column, row) ?? column.text(row)
      return index === 0 ? (
        <th key={column.key} scope="row" className={cellClass(column)}>
          {content}
        </th>
      ) : (
        <td key={column.key} className={cellClass(column)}>
          {content}
        </td>
      )
    })}
  </tr>
)

/** A plain table: heads that sort when pressed, numbers to the right, the first column names the row. */
export const DataTable = <Row,>({
  label,
  columns,
  rows,
  rowKey,
  sort,
  onSort,
  draw,
}: DataTableProps<Row>) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (axe scrollable-region-focusable)
  <section className="table-scroll" tabIndex={0} aria-label={label}>
    <table className="data-table">
      <Head columns={columns} sort={sort} {...(onSort === undefined ? {} : { onSort })} />
      <tbody>
        {rows.map((row) => (
          <Cells key={rowKey(row)} columns={columns} row={row} {...(draw === undefined ? {} : { draw })} />
        ))}
      </tbody>
    </table>
  </section>
)
