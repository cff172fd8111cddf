import { createHash } from 'node:crypto'
import type pg from 'pg'
import { requestRole } from '#src/area-scope.ts'
import { ensureRequestRole } from '#src/area-wall/request-role.ts'
import { type Privilege, ruleOf, type TableRule } from '#src/area-wall/tables.ts'

type LiveTable = {
  readonly name: string
  readonly columns: readonly string[]
  readonly isSecured: boolean
  /** Mark of the policy that stands, or null where there is none. */
  readonly policyMark: string | null
  readonly granted: readonly string[]
}

/** Tables of the schema with what stands now. Partitions are reached through their table alone, so they get nothing. */
const readTables = async (client: pg.ClientBase): Promise<readonly LiveTable[]> => {
  const { rows } = await client.query<LiveTable>(
    `select c.relname as name, c.relrowsecurity as "isSecured",
        array (select a.attname::text from pg_attribute a
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
        (select obj_description(p.oid, 'pg_policy') from pg_policy p
          where p.polrelid = c.oid and p.polname = 'area') as "policyMark",
        array (select lower(g.privilege_type) from aclexplode(c.relacl) g
          join pg_roles r on r.oid = g.grantee where r.rolname = $1 order by 1) as granted
      from pg_class c
      where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      order by c.relname`,
    [requestRole],
  )
  return rows
}

const area = `nullif(current_setting('app.area', true), '')::integer`

/**
 * Codes are nested by their digits (GB/T 2260, and country packs after it), so that an area is one stretch of numbers
 * and an index finds it; countries (900000 + ISO 3166-1) stand alone. The same as `liesIn` of the domain, which a test
 * holds it to. Without an area both ends are null, and nothing lies between.
 */
const areaEnd = `case when ${area} > 900000 then ${area} when ${area} % 10000 = 0 then ${area} + 9999
  when ${area} % 100 = 0 then ${area} + 99 else ${area} end`

// A subquery of its own is worked out once for each statement; the bare terms would be worked out again for every row.
const insideArea = (column: string): string => `${column} between (select ${area}) and (select ${areaEnd})`

const conditionOf = (rule: TableRule): string => {
  if (rule.is === 'column') return insideArea(rule.column)
  if (rule.is === 'through') return rule.condition
  return rule.is === 'everywhere' ? 'true' : 'false'
}

const privilegesOf = (rule: TableRule): readonly Privilege[] => (rule.is === 'closed' ? [] : rule.may)

const markOf = (condition: string): string =>
  createHash('sha256').update(condition).digest('hex').slice(0, 16)

/** The statements that bring one table to its rule; none where it stands as it should. */
const statementsFor = (table: LiveTable): readonly string[] => {
  const rule = ruleOf(table.name, table.columns)
  const condition = conditionOf(rule)
  const mark = markOf(condition)
  const may = privilegesOf(rule)
  return [
    ...(table.isSecured ? [] : [`alter table ${table.name} enable row level security`]),
    ...(table.policyMark === mark
      ? []
      : [
          `drop policy if exists area on ${table.name}`,
          `create policy area on ${table.name} to ${requestRole} using (${condition}) with check (${condition})`,
          `comment on policy area on ${table.name} is '${mark}'`,
        ]),
    ...(table.granted.join() === may.toSorted().join()
      ? []
      : [
          `revoke all on ${table.name} from ${requestRole}`,
          ...(may.length === 0 ? [] : [`grant ${may.join(', ')} on ${table.name} to ${requestRole}`]),
        ]),
  ]
}

/**
 * Whoever may call `set_config` can name another area from within a query. A superuser, as on the embedded PostgreSQL,
 * can take that from everyone; elsewhere an administrator does (docs/operations/start.md).
 */
const closeSetConfig = `do $$ begin
  if (select rolsuper from pg_roles where rolname = current_user)
    and has_function_privilege('${requestRole}', 'pg_catalog.set_config(text, text, boolean)', 'execute') then
    revoke execute on function pg_catalog.set_config(text, text, boolean) from public;
  end if;
end $$`

/**
 * Raises the second wall: row-level security on every table of the schema, with the policies and grants of
 * `tables.ts`, for the role in which requests read and write. Changes nothing where it stands already, so that it can
 * run at every start.
 * @param client  the owner of the tables, not in a transaction; nobody else migrates meanwhile
 * @returns the statements that were needed
 * @throws RequestRoleError
 */
export const raiseAreaWall = async (client: pg.ClientBase): Promise<readonly string[]> => {
  await ensureRequestRole(client)
  const { rows } = await client.query<{ schema: string; usable: boolean }>(
    `select quote_ident(current_schema()) as schema,
      has_schema_privilege($1, current_schema(), 'usage') as usable`,
    [requestRole],
  )
  const needed = (await readTables(client)).flatMap(statementsFor)
  const [found] = rows
  const statements =
    found === undefined || found.usable
      ? needed
      : [`grant usage on schema ${found.schema} to ${requestRole}`, ...needed]
  await client.query('begin')
  try {
    await client.query(closeSetConfig)
    for (const statement of statements) await client.query(statement)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
  return statements
}
