import type { Database } from '@guankou/db/database.ts'

export type TableText = { readonly name: string; readonly text: string }

/** What bytes in hexadecimal say, for all of them in a text. */
const decoded = (text: string): string =>
  [...text.matchAll(/\\x((?:[0-9a-f]{2})+)/g)]
    .map((match) => Buffer.from(match[1] ?? '', 'hex').toString())
    .join(' ')

/**
 * Every row of every table of every schema that is not the server’s own, as text: a table that comes later is read as
 * well. Arrays and JSON come as they print; bytes in hexadecimal, and once more as the text that they may be.
 */
export const readEveryTable = async (db: Database): Promise<readonly TableText[]> => {
  const { rows: found } = await db.pool.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
      order by 1`,
  )
  const tables: TableText[] = []
  for (const { name } of found) {
    const { rows } = await db.pool.query<{ row: string }>(`select t::text as row from ${name} t`)
    const text = rows.map(({ row }) => row).join('\n')
    tables.push({ name, text: `${text}\n${decoded(text)}` })
  }
  return tables
}
