import type pg from 'pg'
import { requestRole } from '#src/area-scope.ts'

/** Thrown where the role of requests is missing or unfit and the server may not put that right. */
export class RequestRoleError extends Error {
  /** What somebody with the right to it runs once, in `psql`. */
  readonly statements: readonly string[]
  constructor(message: string, statements: readonly string[], options?: ErrorOptions) {
    super(message, options)
    this.name = 'RequestRoleError'
    this.statements = statements
  }
}

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? ''

/** Servers that start at once on databases of one cluster may make the role, or join it, at the same moment. */
const madeMeanwhile = new Set(['42710', '23505', 'XX000'])
const notAllowed = '42501'

const currentUser = async (client: pg.ClientBase): Promise<string> => {
  const { rows } = await client.query<{ name: string }>('select quote_ident(current_user) as name')
  return rows[0]?.name ?? ''
}

const refuse = async (client: pg.ClientBase, cause: unknown): Promise<never> => {
  const statements = [
    `create role ${requestRole} nologin;`,
    `grant ${requestRole} to ${await currentUser(client)};`,
  ]
  throw new RequestRoleError(
    `The database user may not make the role ${requestRole}; let an administrator of PostgreSQL run: ${statements.join(' ')} · 数据库用户无权创建角色 ${requestRole}，请数据库管理员执行上述两条语句。`,
    statements,
    { cause },
  )
}

const tryTo = async (client: pg.ClientBase, statement: string): Promise<void> => {
  try {
    await client.query(statement)
  } catch (error) {
    if (codeOf(error) === notAllowed) await refuse(client, error)
    if (!madeMeanwhile.has(codeOf(error))) throw error
  }
}

const canBecome = async (client: pg.ClientBase): Promise<boolean> => {
  await client.query('begin')
  try {
    await client.query(`set local role ${requestRole}`)
    return true
  } catch (error) {
    if (codeOf(error) === notAllowed) return false
    throw error
  } finally {
    await client.query('rollback')
  }
}

type Attributes = { readonly powerful: boolean; readonly memberships: number }

const readAttributes = async (client: pg.ClientBase): Promise<Attributes | undefined> => {
  const { rows } = await client.query<Attributes>(
    `select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as powerful,
        (select count(*)::integer from pg_auth_members where member = pg_roles.oid) as memberships
      from pg_roles where rolname = $1`,
    [requestRole],
  )
  return rows[0]
}

/**
 * Makes the role of requests where it is missing and lets this user become it.
 * @param client  not in a transaction
 * @throws RequestRoleError where this user may not, or where the role could get round row-level security
 */
export const ensureRequestRole = async (client: pg.ClientBase): Promise<void> => {
  if ((await readAttributes(client)) === undefined) await tryTo(client, `create role ${requestRole} nologin`)
  if (!(await canBecome(client))) await tryTo(client, `grant ${requestRole} to current_user`)
  const attributes = await readAttributes(client)
  if (attributes === undefined || attributes.powerful || attributes.memberships > 0)
    throw new RequestRoleError(
      `the role ${requestRole} has rights of its own or through another role, and could get round row-level security`,
      [`alter role ${requestRole} nosuperuser nobypassrls nocreaterole nocreatedb noreplication;`],
    )
}
