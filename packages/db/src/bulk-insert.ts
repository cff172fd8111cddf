/** One column of a bulk insert: its name, its PostgreSQL type, and where its value comes from. */
export type Column<Row> = {
  readonly name: string
  readonly type: string
  /** Applied to the unnested value, where an array of arrays cannot be sent: `string_to_array(?, ',')`. */
  readonly expression?: string
  readonly value: (row: Row) => string | number | boolean | Buffer | null
}

export type BulkInsert<Row> = {
  readonly name: string
  readonly text: string
  readonly values: (rows: readonly Row[]) => string[]
}

const needsQuotes = /[\s"\\{},]|^$|^null$/i

const quoted = (text: string): string =>
  needsQuotes.test(text) ? `"${text.replace(/[\\"]/g, '\\$&')}"` : text

const element = (value: string | number | boolean | Buffer | null): string => {
  if (value === null) return 'NULL'
  if (typeof value === 'string') return quoted(value)
  if (Buffer.isBuffer(value)) return `"\\\\x${value.toString('hex')}"`
  return typeof value === 'boolean' ? (value ? 't' : 'f') : String(value)
}

/** Text form of a one-dimensional PostgreSQL array (PostgreSQL manual, section 8.15.6). */
const arrayLiteral = <Row>(rows: readonly Row[], value: Column<Row>['value']): string => {
  let text = '{'
  for (let index = 0; index < rows.length; index += 1) {
    if (index > 0) text += ','
    text += element(value(rows[index] as Row))
  }
  return `${text}}`
}

/**
 * An insert of many rows as one statement with one array parameter per column, whatever the number of rows; the text
 * never changes, so the server plans it once.
 * @param tail  what follows the select: `on conflict …`, `returning …`
 */
export const bulkInsert = <Row>(
  table: string,
  columns: readonly Column<Row>[],
  tail = '',
): BulkInsert<Row> => {
  const names = columns.map((column) => column.name).join(', ')
  const picks = columns
    .map((column) => (column.expression ?? '?').replace('?', `u.${column.name}`))
    .join(', ')
  const arrays = columns.map((column, index) => `$${index + 1}::${column.type}[]`).join(', ')
  return {
    name: `insert-${table}`,
    text: `insert into ${table} as t (${names}) select ${picks} from unnest(${arrays}) as u (${names}) ${tail}`,
    values: (rows) => columns.map((column) => arrayLiteral(rows, column.value)),
  }
}
