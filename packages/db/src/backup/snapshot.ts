import type pg from 'pg'
import { leftOut } from '#src/backup/left-out.ts'

/** A connection of the pool that a backup reads by. */
export type BackupReader = pg.PoolClient

/** A table that holds rows: an ordinary one, or one partition. */
export type StoredTable = {
  readonly name: string
  /** Of which table it is a partition, and of what bounds, as PostgreSQL writes them. */
  readonly partition: { readonly of: string; readonly bounds: string } | null
  readonly columns: readonly string[]
  /** Names the stored file: another one after a rewrite or in another cluster. */
  readonly identity: string
  readonly bytes: number
}

export type ChainEnd = { readonly jurisdiction: number; readonly seq: number; readonly hash: string }

/** Last number that a column counted up to. */
export type SequenceState = { readonly table: string; readonly column: string; readonly value: string }

/** What all readers of one backup see. */
export type Snapshot = {
  /** Lets another connection see the same, as long as this one lasts. */
  readonly name: string
  readonly migrations: readonly string[]
  readonly tables: readonly StoredTable[]
  readonly sequences: readonly SequenceState[]
  readonly chainEnds: readonly ChainEnd[]
}

const tablesSql = `
  select c.relname::text as name,
    case when i.inhparent is null then null else json_build_object(
      'of', (select relname from pg_class where oid = i.inhparent), 'bounds', pg_get_expr(c.relpartbound, c.oid)) end as partition,
    array (select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
      and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
    concat_ws('/', (select oid from pg_database where datname = current_database()), c.oid,
      pg_relation_filenode(c.oid)) as identity,
    pg_relation_size(c.oid)::double precision as bytes
  from pg_class c left join pg_inherits i on i.inhrelid = c.oid
  where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
  order by c.relname`

/** Distinguishes clusters; where it may not be read, no file of this one is ever taken for known. */
const readClusterName = async (client: pg.ClientBase, otherwise: string): Promise<string> => {
  await client.query('savepoint cluster_name')
  try {
    const { rows } = await client.query<{ id: string }>(
      'select system_identifier::text as id from pg_control_system()',
    )
    return rows[0]?.id ?? otherwise
  } catch {
    await client.query('rollback to cluster_name')
    return otherwise
  }
}

const readSequences = async (client: pg.ClientBase): Promise<SequenceState[]> => {
  const { rows } = await client.query<SequenceState>(
    `select c.relname::text as "table", a.attname::text as "column", s.last_value::text as value
      from pg_sequences s
      join pg_class q on q.relname = s.sequencename and q.relnamespace = s.schemaname::regnamespace
      join pg_depend d on d.objid = q.oid and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i')
      join pg_class c on c.oid = d.refobjid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = d.refobjsubid
      where s.schemaname = current_schema() and s.last_value is not null
      order by 1, 2`,
  )
  return rows.filter(({ table }) => !Object.hasOwn(leftOut, table))
}

/**
 * Opens the transaction that a backup reads in. It holds no lock on any table for longer than it takes to list them, so
 * that partitions can be made and dropped while a backup runs.
 * @param client  stays in the transaction until the backup is done
 * @param unknownCluster  stands for the cluster where PostgreSQL does not tell its name
 */
export const openSnapshot = async (client: pg.ClientBase, unknownCluster: string): Promise<Snapshot> => {
  await client.query('begin isolation level repeatable read read only')
  // Bounds of partitions are written as the session writes instants.
  await client.query("set local timezone = 'UTC'")
  await client.query("set local datestyle = 'ISO'")
  const exported = await client.query<{ name: string }>('select pg_export_snapshot() as name')
  const applied = await client.query<{ name: string }>('select name from schema_migrations order by number')
  const tables = await client.query<StoredTable>(tablesSql)
  const ends = await client.query<{ jurisdiction: number; seq: number; hash: Buffer }>(
    'select jurisdiction, seq, hash from audit_heads order by jurisdiction',
  )
  const sequences = await readSequences(client)
  const cluster = await readClusterName(client, unknownCluster)
  return {
    name: exported.rows[0]?.name ?? '',
    migrations: applied.rows.map(({ name }) => name),
    tables: tables.rows
      .filter(({ name }) => !Object.hasOwn(leftOut, name))
      .map((table) => ({ ...table, identity: `${cluster}/${table.identity}` })),
    sequences,
    chainEnds: ends.rows.map(({ hash, ...end }) => ({ ...end, hash: hash.toString('hex') })),
  }
}

/** Lets a connection see what the snapshot sees, for one short transaction at a time: locks go with each. */
export const inSnapshot = async <T>(
  client: pg.ClientBase,
  name: string,
  work: () => Promise<T>,
): Promise<T> => {
  if (!/^[0-9A-F-]+$/i.test(name)) throw new TypeError('not the name of a snapshot')
  await client.query('begin isolation level repeatable read read only')
  try {
    await client.query(`set transaction snapshot '${name}'`)
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}
