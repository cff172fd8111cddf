import { readdir, readFile } from 'node:fs/promises'
import { migratedTemplate } from '@guankou/testkit/postgres/migrated-template.ts'
import { createTestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { describe, expect, inject, it } from 'vitest'
import { openDatabase } from '#src/database.ts'

type Column = { readonly kind: string; readonly isNullable: boolean; readonly isGenerated: boolean }
type Shape = Readonly<Record<string, Readonly<Record<string, Column>>>>

const bodyOf = (text: string, opening: RegExp): string => {
  const start = opening.exec(text)
  if (start === null) throw new Error(`${opening} is not in the row types`)
  return text.slice(start.index + start[0].length).split('}')[0] ?? ''
}

/** The members of a row type, with those of the type that it builds on before its own. */
const rowBodyOf = (text: string, row: string): string => {
  const base = new RegExp(`type ${row} = (\\w+) & \\{`).exec(text)?.[1]
  const own = bodyOf(text, new RegExp(`type ${row} = (?:\\w+ & )?\\{`))
  return base === undefined ? own : `${rowBodyOf(text, base)}\n${own}`
}

const membersOf = (body: string): [name: string, type: string][] =>
  body
    .replace(/\/\*\*.*?\*\//gs, '')
    .split(/[\n;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const match = /^(\w+): (.+)$/.exec(line)
      if (match?.[1] === undefined || match[2] === undefined) throw new Error(`cannot read “${line}”`)
      return [match[1], match[2]]
    })

const columnOf = (type: string): Column => {
  const generated = /^Generated<(.*)>$/.exec(type)
  const bare = (generated?.[1] ?? type).replace(/ \| null$/, '')
  return {
    kind: bare.startsWith('JSONColumnType<') ? 'json' : bare,
    isNullable: type.endsWith(' | null'),
    isGenerated: generated !== null,
  }
}

const rowTypesOf = (text: string): [table: string, columns: Readonly<Record<string, Column>>][] =>
  membersOf(bodyOf(text, /export type \w+Tables = \{/)).map(([table, row]) => [
    table,
    Object.fromEntries(membersOf(rowBodyOf(text, row)).map(([name, type]) => [name, columnOf(type)])),
  ])

/** The row types as they are written: they exist for the compiler alone, so their source is what can be compared. */
const declaredShape = async (): Promise<Shape> => {
  const folder = new URL('./', import.meta.url)
  const files = (await readdir(folder)).filter((file) => !/^tables\.|\.test\.ts$/.test(file))
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')))
  return Object.fromEntries(texts.flatMap(rowTypesOf))
}

const kinds: Readonly<Record<string, string>> = {
  integer: 'number',
  smallint: 'number',
  bigint: 'number',
  'double precision': 'number',
  real: 'number',
  text: 'string',
  uuid: 'string',
  date: 'string',
  xid8: 'string',
  boolean: 'boolean',
  'timestamp with time zone': 'Date',
  bytea: 'Buffer',
  json: 'json',
  jsonb: 'json',
  'ARRAY of text': 'string[]',
  'ARRAY of float4': 'number[]',
  'ARRAY of int4': 'number[]',
  'ARRAY of uuid': 'string[]',
}

const liveShape = async (url: string): Promise<Shape> => {
  const db = openDatabase({ url, maxConnections: 1 })
  const { rows } = await db.pool.query<
    Record<'table' | 'name' | 'type' | 'element' | 'nullable' | 'generated', string>
  >(
    `select c.table_name as "table", c.column_name as name, c.data_type as type, c.udt_name as element,
        c.is_nullable as nullable, (c.column_default is not null or c.is_identity = 'YES')::text as generated
      from information_schema.columns c
      join pg_class p on p.oid = format('public.%I', c.table_name)::regclass and not p.relispartition
      where c.table_schema = 'public' and c.table_name <> 'schema_migrations'`,
  )
  await db.close()
  const byTable = Map.groupBy(rows, ({ table }) => table)
  return Object.fromEntries(
    [...byTable].map(([table, columns]) => [
      table,
      Object.fromEntries(
        columns.map(({ name, type, element, nullable, generated }) => {
          const full = type === 'ARRAY' ? `ARRAY of ${element.slice(1)}` : type
          return [
            name,
            {
              kind: kinds[full] ?? `unknown ${full}`,
              isNullable: nullable === 'YES',
              isGenerated: generated === 'true',
            },
          ]
        }),
      ),
    ]),
  )
}

describe.each(inject('databaseServers'))('row types on $name', ({ url }) => {
  it('are those of the live schema: tables, columns, kinds and nulls', async () => {
    const database = await createTestDatabase(url, migratedTemplate)
    const live = await liveShape(database.url)
    expect(await declaredShape()).toEqual(live)
    expect(Object.keys(live).length).toBeGreaterThan(15)
    await database.drop()
  })
})
