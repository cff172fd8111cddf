import type pg from 'pg'

type LiveColumn = { readonly name: string; readonly type: string; readonly filled: boolean }

/** Values of a type, another one for each number. */
const samples: Readonly<Record<string, (n: number) => unknown>> = {
  integer: (n) => n,
  smallint: (n) => n % 70,
  bigint: (n) => n,
  'double precision': (n) => n,
  real: (n) => n,
  text: (n) => `text ${n}`,
  uuid: (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  date: (n) => new Date(Date.parse('2020-02-10') + n * 86_400_000).toISOString().slice(0, 10),
  'timestamp with time zone': (n) => new Date(Date.parse('2020-02-10T00:00:00Z') + n),
  boolean: () => false,
  bytea: (n) => Buffer.from(`bytes ${n}`),
  json: () => '{}',
  jsonb: () => '{}',
  'text[]': () => [],
  'real[]': () => [],
  'uuid[]': () => [],
  'integer[]': () => [],
}

const columnsOf = async (client: pg.ClientBase, table: string): Promise<readonly LiveColumn[]> => {
  const { rows } = await client.query<LiveColumn>(
    `select attname as name, format_type(atttypid, null) as type, atthasdef or attidentity <> '' as filled
      from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
    [table],
  )
  return rows
}

/** Lets any row in: what rows mean is not the matter here, whose they are is. */
export const dropChecks = async (client: pg.ClientBase): Promise<void> => {
  const { rows } = await client.query<{ statement: string }>(
    `select format('alter table %s drop constraint if exists %I cascade', conrelid::regclass, conname) as statement
      from pg_constraint where contype in ('c', 'f') and conparentid = 0 and coninhcount = 0
        and connamespace = current_schema()::regnamespace`,
  )
  for (const { statement } of rows) await client.query(statement)
}

/** An insert of one row that differs from every other in every column but those given. */
export const sampleInsert = async (
  client: pg.ClientBase,
  table: string,
  n: number,
  given: Readonly<Record<string, unknown>>,
): Promise<{ readonly text: string; readonly values: readonly unknown[] }> => {
  const columns = (await columnsOf(client, table)).filter(({ name, filled }) => name in given || !filled)
  const values = columns.map(({ name, type }) => {
    if (name in given) return given[name]
    const sample = samples[type]
    if (sample === undefined) throw new Error(`no sample of ${type}, for ${table}.${name}`)
    return sample(n)
  })
  const names = columns.map(({ name }) => `"${name}"`).join(', ')
  const places = columns.map((_, index) => `$${index + 1}`).join(', ')
  return { text: `insert into ${table} (${names}) values (${places})`, values }
}
