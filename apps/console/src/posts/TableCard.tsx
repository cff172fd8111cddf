import { Card } from '@guankou/ui/controls/Card.tsx'
import { type Column, tableTexts } from '@guankou/ui/tables/columns.ts'
import { toCsv } from '@guankou/ui/tables/csv.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { saveFile } from '@guankou/ui/tables/save-file.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

type TableCardProps<Row> = {
  readonly title: string
  /** Name of the exported file, without its ending. */
  readonly file: string
  readonly none: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly draw?: (column: Column<Row>, row: Row) => ReactNode | undefined
  readonly note?: ReactNode
  readonly controls?: ReactNode
}

const ExportButton = <Row,>({ title, file, columns, rows }: TableCardProps<Row>) => {
  const { t } = useTranslation()
  if (rows.length === 0) return null
  return (
    <button
      type="button"
      className="quiet-button"
      title={t('posts.exportHint')}
      aria-label={`${t('posts.export')}: ${title}`}
      onClick={() => saveFile(`${file}.csv`, toCsv(tableTexts(columns, rows)), 'text/csv')}
    >
      {t('posts.export')}
    </button>
  )
}

/** A card that is a table, exported as it stands. */
export const TableCard = <Row,>(props: TableCardProps<Row>) => {
  const { title, none, columns, rows, rowKey, draw, note, controls } = props
  return (
    <Card
      title={title}
      note={note}
      controls={
        <>
          {controls}
          <ExportButton {...props} />
        </>
      }
    >
      {rows.length === 0 ? (
        <p className="post-none">{none}</p>
      ) : (
        <DataTable
          label={title}
          columns={columns}
          rows={rows}
          rowKey={rowKey}
          {...(draw === undefined ? {} : { draw })}
        />
      )}
    </Card>
  )
}
