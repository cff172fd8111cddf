import type pg from 'pg'
import { type CopyOut, copyOut } from '#src/backup/copy.ts'
import type { StoredTable } from '#src/backup/snapshot.ts'

/** PostgreSQL stores rows in pages of this size. */
const pageBytes = 8_192
/** 64 MB: what is appended to a table leaves the ranges before it as they were. */
const pagesPerRange = 8_192

/** A run of pages of a table; `until` is null in the last, which takes what there is. */
export type PageRange = { readonly from: number; readonly until: number | null }

/** The ranges in which a table is copied. */
export const rangesOf = ({ bytes }: StoredTable): readonly PageRange[] => {
  const ranges = Math.max(1, Math.ceil(bytes / (pageBytes * pagesPerRange)))
  return Array.from({ length: ranges }, (_, index) => ({
    from: index * pagesPerRange,
    until: index === ranges - 1 ? null : (index + 1) * pagesPerRange,
  }))
}

/** Bytes of a range on disk, for a progress bar. */
export const rangeBytes = (table: StoredTable, { from, until }: PageRange): number =>
  (until === null ? Math.max(table.bytes, from * pageBytes) : until * pageBytes) - from * pageBytes

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

const within = ({ from, until }: PageRange): string =>
  [`ctid >= '(${from},0)'`, ...(until === null ? [] : [`ctid < '(${until},0)'`])].join(' and ')

export type RangeState = {
  readonly rows: number
  /** The same twice where, and only where, nothing was inserted, changed or deleted in between. */
  readonly fingerprint: string
}

/**
 * Which versions of rows a range holds, without reading what they say. A row is known by its place and the transaction that
 * wrote it, and both are other ones after any change.
 */
export const readRangeState = async (
  client: pg.ClientBase,
  table: StoredTable,
  range: PageRange,
): Promise<RangeState> => {
  const { rows } = await client.query<{ rows: string; one: string | null; two: string | null }>(
    `select count(*)::text as rows, bit_xor(hashtextextended(version, 1))::text as one,
        bit_xor(hashtextextended(version, 2))::text as two
      from (select ctid::text || ' ' || xmin::text as version from only ${quoted(table.name)} where ${within(range)}) v`,
  )
  const { rows: count, one, two } = rows[0] ?? { rows: '0', one: null, two: null }
  const said = [table.name, table.identity, table.columns, range.from, range.until, count, one, two]
  return { rows: Number(count), fingerprint: JSON.stringify(said) }
}

/** Reads the rows of a range in PostgreSQL's binary form. */
export const copyRange = (client: pg.ClientBase, table: StoredTable, range: PageRange): CopyOut =>
  copyOut(
    client,
    `copy (select ${table.columns.map(quoted).join(', ')} from only ${quoted(table.name)} where ${within(range)})
      to stdout (format binary)`,
  )
