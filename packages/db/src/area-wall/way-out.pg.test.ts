import { migratedTemplate } from '@guankou/testkit/postgres/migrated-template.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { inArea, OutsideAreaError, requestRole } from '#src/area-scope.ts'
import { RequestRoleError } from '#src/area-wall/request-role.ts'
import { type Database, openDatabase } from '#src/database.ts'
import { migrate } from '#src/migrate.ts'
import { ensurePartitions } from '#src/partitions.ts'
import { readSlots } from '#src/queries/situation/read-rollups.ts'
import { dropChecks, sampleInsert } from '../../tests-support/sample-rows.ts'

const [own, sibling] = [440402, 440403]
const day = '2020-02-10'

describe.each(inject('databaseServers'))('out of an area on $name', ({ url }) => {
  let test: TestDatabase
  let db: Database
  beforeAll(async () => {
    test = await createTestDatabase(url, migratedTemplate)
    db = openDatabase({ url: test.url, maxConnections: 2 })
    await ensurePartitions(db.pool, [day])
    const client = await db.pool.connect()
    await dropChecks(client)
    for (const [n, jurisdiction] of [own, sibling].entries())
      for (const table of ['screenings', 'rollup_post_slots']) {
        const { text, values } = await sampleInsert(client, table, n + 1, { jurisdiction, day })
        await client.query(text, [...values])
      }
    client.release()
  })
  afterAll(async () => {
    await db.close()
    await test.drop()
  })

  /** What a request gets whose statement was built from text that somebody sent. */
  const attempt = (statement: string): Promise<unknown> =>
    inArea(db, own, async (tx) => (await sql.raw(statement).execute(tx)).rows)
  const everyone = `select distinct jurisdiction from screenings`

  it('leads no second statement in one text', async () => {
    for (const second of ['reset role', `set role none`, `set local role ${requestRole}`, 'commit', everyone])
      await expect(attempt(`select 1; ${second}; ${everyone}`)).rejects.toMatchObject({ code: '42601' })
  })

  it('leads no call of set_config, for the area, the role or row-level security', async () => {
    for (const [name, value] of [
      ['app.area', '440000'],
      ['role', 'none'],
      ['row_security', 'off'],
      ['search_path', 'pg_temp'],
    ])
      for (const statement of [
        `select set_config('${name}', '${value}', true), jurisdiction from screenings`,
        `${everyone} where pg_catalog.set_config('${name}', '${value}', false) is not null`,
      ])
        await expect(attempt(statement)).rejects.toBeInstanceOf(OutsideAreaError)
  })

  it.each([
    ['a partition by its name', 'select * from screenings_20200210'],
    ['what signs people in', 'select * from sessions, sign_in_links'],
    ['passwords of PostgreSQL', 'select * from pg_authid'],
    ['files of the server', `select pg_read_file('PG_VERSION')`],
    ['a copy to a file', `copy screenings to '/tmp/never'`],
    ['a copy to a program', `copy screenings to program 'true'`],
    ['a copy from a file', `copy screenings from '/dev/null'`],
    ['a new function', `create function way_out() returns integer language sql return 1`],
    ['a policy of its own', `create policy mine on screenings using (true)`],
    ['no policy at all', 'alter table screenings disable row level security'],
    ['a truncated table', 'truncate screenings'],
    ['a subquery with a role', `select query_to_xml('reset role', true, true, '')`],
    ['a subquery with an area', `select query_to_xml('set app.area = 440000', true, true, '')`],
  ])('leads not over %s', async (_, statement) => {
    const outcome = await attempt(statement).then(
      () => 'done',
      (error: unknown) => (error as Error).message,
    )
    expect(outcome).toMatch(/permission denied|must be owner|not allowed|privileges|not supported/)
  })

  it('leads a whole statement of its own alone: what no text from outside ever is', async () => {
    const found = await inArea(db, own, async (tx) => {
      await sql`reset role`.execute(tx)
      return (await sql`select distinct jurisdiction from screenings order by 1`.execute(tx)).rows
    })
    expect(found).toEqual([{ jurisdiction: own }, { jurisdiction: sibling }])
  })

  it('leads no copy into a table under row-level security', async () => {
    await expect(attempt('copy screenings from stdin')).rejects.toThrow(/not supported|permission denied/)
  })

  it('leads no query that forgot whom it asks for', async () => {
    const faulty = await inArea(db, own, (tx) => readSlots(tx, [own, sibling], [day]))
    const right = await readSlots(db.query, [own], [day])
    expect(faulty).toEqual(right)
    expect(await readSlots(db.query, [own, sibling], [day])).not.toEqual(right)
    expect(await attempt(everyone)).toEqual([{ jurisdiction: own }])
    expect(await attempt(`${everyone} where jurisdiction = ${own} or 1 = 1`)).toEqual([{ jurisdiction: own }])
    expect(await attempt(`${everyone} union select jurisdiction from rollup_post_slots`)).toEqual([
      { jurisdiction: own },
    ])
  })

  it('leads no area that is not a number', async () => {
    const work = () => Promise.resolve()
    const odd = ["440402'; reset role; --", 440402.5, Number.NaN, 2 ** 60] as readonly unknown[]
    for (const area of odd) await expect(inArea(db, area as number, work)).rejects.toThrow(TypeError)
  })

  it('leads nothing that stays: the connection is the server’s own again, after an error too', async () => {
    await attempt('select 1 / 0').catch(() => undefined)
    await attempt('select 1')
    const { rows } = await db.pool.query<{ role: string; area: string }>(
      `select current_user = session_user as same, coalesce(current_setting('app.area', true), '') as area`,
    )
    expect(rows).toEqual([{ same: true, area: '' }])
  })
})

/** An own PostgreSQL, where the application is no superuser. */
describe.each(inject('databaseServers'))('a user who is no superuser, on $name', ({ url }) => {
  const names = { maker: 'guankou_maker', plain: 'guankou_plain' } as const
  const databases: TestDatabase[] = []
  let admin: Database
  beforeAll(async () => {
    admin = openDatabase({ url, maxConnections: 1 })
    // Others may have made it already; this file must not depend on it.
    await admin.pool.query(
      `do $$ begin create role ${requestRole} nologin; exception when others then null; end $$`,
    )
    for (const [name, right] of [
      [names.maker, 'createrole'],
      [names.plain, 'nocreaterole'],
    ] as const)
      await admin.pool.query(`create role ${name} login ${right} nosuperuser password 'for tests'`)
  })
  afterAll(async () => {
    for (const database of databases) await database.drop()
    for (const name of Object.values(names)) await admin.pool.query(`drop role ${name}`)
    await admin.close()
  })

  const openAs = async (name: string): Promise<Database> => {
    const database = await createTestDatabase(url)
    databases.push(database)
    await admin.pool.query(`alter database ${database.name} owner to ${name}`)
    const address = new URL(database.url)
    address.username = name
    address.password = 'for tests'
    return openDatabase({ url: address.href, maxConnections: 2 })
  }

  it('is told which two statements an administrator of PostgreSQL runs, and needs no more than those', async () => {
    const db = await openAs(names.plain)
    const error = await migrate(db.pool).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(RequestRoleError)
    const { statements, message } = error as RequestRoleError
    expect(statements).toEqual([
      `create role ${requestRole} nologin;`,
      `grant ${requestRole} to ${names.plain};`,
    ])
    for (const statement of statements) expect(message).toContain(statement)
    // The first one is done; on this server the role is there.
    await admin.pool.query(statements[1] ?? '')
    await migrate(db.pool)
    expect(await inArea(db, own, (tx) => tx.selectFrom('screenings').select('id').execute())).toEqual([])
    await db.close()
  })

  it('that may make roles is let in by an administrator of the role, and works', async () => {
    const db = await openAs(names.maker)
    await admin.pool.query(`grant ${requestRole} to ${names.maker} with admin option`)
    await migrate(db.pool)
    expect(await inArea(db, own, (tx) => tx.selectFrom('screenings').select('id').execute())).toEqual([])
    await db.close()
  })
})
