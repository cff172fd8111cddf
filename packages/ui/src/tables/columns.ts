/** A column of a table: what it shows is what it exports. */
export type Column<Row> = {
  readonly key: string
  readonly title: string
  /** The text of a cell, on the screen and in an export. */
  readonly text: (row: Row) => string
  /** What rows are sorted by; left out where sorting makes no sense. Null goes last either way. */
  readonly sortBy?: (row: Row) => number | string | null
  readonly numeric?: boolean
  readonly hint?: string
}

/** A column's key, with a minus in front for the largest first. */
export type SortWord = string

/** The sorting that pressing a column's head leads to: largest first for numbers, then turned round. */
export const sortAfter = (
  current: SortWord | undefined,
  column: { key: string; numeric?: boolean },
): SortWord => {
  const descending = `-${column.key}`
  if (current === descending) return column.key
  if (current === column.key) return descending
  return column.numeric === true ? descending : column.key
}

const compare = (a: number | string | null, b: number | string | null, sign: number, tag: string): number => {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0)
  if (typeof a === 'string' || typeof b === 'string') return sign * String(a).localeCompare(String(b), tag)
  return sign * (a - b)
}

/** Rows in the order that a word asks for; as they came where it names no column that sorts. */
export const sortRows = <Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: SortWord | undefined,
  tag: string,
): readonly Row[] => {
  const sign = sort?.startsWith('-') === true ? -1 : 1
  const sortBy = columns.find((column) => column.key === sort?.replace(/^-/, ''))?.sortBy
  if (sortBy === undefined) return rows
  return rows.toSorted((a, b) => compare(sortBy(a), sortBy(b), sign, tag))
}

/** Head and cells as the table shows them. */
export const tableTexts = <Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): readonly (readonly string[])[] => [
  columns.map((column) => column.title),
  ...rows.map((row) => columns.map((column) => column.text(row))),
]
