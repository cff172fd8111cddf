import { liesIn } from '@guankou/domain/places/areas.ts'
import { migratedTemplate } from '@guankou/testkit/postgres/migrated-template.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { areaStatements, requestRole } from '#src/area-scope.ts'
import { raiseAreaWall } from '#src/area-wall/raise.ts'
import { areaColumns, tableRules } from '#src/area-wall/tables.ts'
import { type Database, openDatabase } from '#src/database.ts'
import { ensurePartitions } from '#src/partitions.ts'
import { dropChecks, sampleInsert } from '../../tests-support/sample-rows.ts'

const [own, sibling, city, province] = [440402, 440403, 440400, 440000]
const foreign = [sibling, city, province, 442000, 330300, 900_826]

const byColumn = Object.entries(tableRules).flatMap(([table, rule]) =>
  rule.is === 'column' ? [[table, rule] as const] : [],
)
const closed = Object.entries(tableRules).flatMap(([table, rule]) => (rule.is === 'closed' ? [table] : []))
const through = Object.entries(tableRules).flatMap(([table, rule]) =>
  rule.is === 'through' ? [[table, rule] as const] : [],
)

describe.each(inject('databaseServers'))('the wall around an area on $name', ({ url }) => {
  let test: TestDatabase
  let db: Database
  let client: pg.PoolClient
  let n = 0
  beforeAll(async () => {
    test = await createTestDatabase(url, migratedTemplate)
    db = openDatabase({ url: test.url, maxConnections: 2 })
    await ensurePartitions(db.pool, ['2020-02-10'])
    client = await db.pool.connect()
    await dropChecks(client)
  })
  afterAll(async () => {
    client.release()
    await db.close()
    await test.drop()
  })

  /** Runs work as a request of an area, and leaves nothing of it. */
  const asRequest = async <T>(areaCode: number, work: () => Promise<T>): Promise<T> => {
    await client.query('begin')
    try {
      for (const statement of areaStatements(areaCode)) await client.query(statement)
      return await work()
    } finally {
      await client.query('rollback')
    }
  }
  const put = async (table: string, given: Readonly<Record<string, unknown>>): Promise<void> => {
    n += 1
    const { text, values } = await sampleInsert(client, table, n, given)
    await client.query(text, [...values])
  }
  const codeOf = async (work: () => Promise<unknown>): Promise<string> => {
    await client.query('savepoint attempt')
    try {
      await work()
      return 'done'
    } catch (error) {
      await client.query('rollback to savepoint attempt')
      return (error as { code?: string }).code ?? String(error)
    }
  }

  it('knows every table: a new one needs a line in area-wall/tables.ts that says what requests may do with it', async () => {
    const { rows } = await client.query<{ name: string }>(
      `select relname as name from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`,
    )
    expect(Object.keys(tableRules).toSorted()).toEqual(rows.map(({ name }) => name).toSorted())
  })

  it('holds every table that says whose its rows are by just that column, or lets no request near it', async () => {
    const { rows } = await client.query<{ table: string; column: string }>(
      `select table_name as "table", column_name as "column" from information_schema.columns
        where table_schema = 'public' and column_name = any ($1)
          and not (select relispartition from pg_class where oid = table_name::regclass)`,
      [[...areaColumns]],
    )
    const loose = rows.filter(({ table, column }) => {
      const rule = tableRules[table]
      return rule?.is !== 'closed' && !(rule?.is === 'column' && rule.column === column)
    })
    // A response ends on one day wherever it runs, so that its renewals are everyone's; so are the thresholds that the
    // alarms of the whole city share, and a pass over everyone on file, which goes through the whole city.
    expect(loose.map(({ table }) => table).toSorted()).toEqual([
      'collection_renewals',
      'monitoring_thresholds',
      'rescreen_runs',
    ])
  })

  it('stands on every table, and grants no more than is listed, nothing on partitions', async () => {
    const { rows } = await client.query<{ name: string; secured: boolean; granted: string[]; part: boolean }>(
      `select c.relname as name, c.relrowsecurity as secured, c.relispartition as part,
          array (select lower(privilege_type) from aclexplode(c.relacl) g join pg_roles r on r.oid = g.grantee
            where r.rolname = $1 order by 1) as granted
        from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'S', 'v')`,
      [requestRole],
    )
    for (const { name, secured, granted, part } of rows) {
      const rule = part ? undefined : tableRules[name]
      const may = rule === undefined || rule.is === 'closed' ? [] : rule.may.toSorted()
      expect([name, granted]).toEqual([name, may])
      if (rule !== undefined) expect([name, secured]).toEqual([name, true])
    }
  })

  it('needs nothing more where it stands already', async () => {
    expect(await raiseAreaWall(client)).toEqual([])
  })

  it('is around a role that owns nothing, cannot sign in and stands in for no other', async () => {
    const { rows } = await client.query(
      `select rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
          (select count(*)::integer from pg_class where relowner = r.oid) as owned,
          (select count(*)::integer from pg_auth_members where member = r.oid) as memberships
        from pg_roles r where rolname = $1`,
      [requestRole],
    )
    const no = { rolcanlogin: false, rolsuper: false, rolbypassrls: false }
    expect(rows).toEqual([{ ...no, rolcreaterole: false, rolcreatedb: false, owned: 0, memberships: 0 }])
  })

  it.each(byColumn)('shows of %s the rows of the area, and takes none of another', async (table, rule) => {
    const { column, may } = rule
    for (const code of [own, ...foreign]) await put(table, { [column]: code })
    const seen = async (): Promise<number[]> => {
      const { rows } = await client.query<{ code: number }>(`select distinct ${column} as code from ${table}`)
      return rows.map(({ code }) => code).toSorted()
    }
    expect(await asRequest(own, seen)).toEqual([own])
    expect(await asRequest(city, seen)).toEqual([city, own, sibling])
    expect(await asRequest(900_826, seen)).toEqual([900_826])
    await client.query('begin')
    await client.query(`set local role ${requestRole}`)
    expect(await seen()).toEqual([])
    await client.query('rollback')
    await asRequest(city, async () => {
      const inside = await codeOf(() => put(table, { [column]: 440_404 }))
      expect(inside).toBe(may.includes('insert') ? 'done' : '42501')
    })
    await asRequest(own, async () => {
      const insert = (code: number) => codeOf(() => put(table, { [column]: code }))
      expect(await insert(sibling)).toBe('42501')
      expect(await insert(city)).toBe('42501')
      const changed = async (statement: string, allowed: boolean): Promise<void> => {
        if (!allowed) return expect(await codeOf(() => client.query(statement))).toBe('42501')
        const { rowCount } = await client.query(statement)
        expect(rowCount).toBe(0)
      }
      const of = `where ${column} <> ${own}`
      await changed(`update ${table} set ${column} = ${column} ${of}`, may.includes('update'))
      await changed(`delete from ${table} ${of}`, may.includes('delete'))
      const move = `update ${table} set ${column} = ${sibling} where ${column} = ${own}`
      expect(await codeOf(() => client.query(move))).toBe('42501')
    })
  })
  it.each(through)(
    'shows of %s nothing that hangs on no row of the area, and takes nothing',
    async (table, rule) => {
      await put(table, {})
      await asRequest(own, async () => {
        expect((await client.query(`select 1 from ${table}`)).rowCount).toBe(0)
        expect(await codeOf(() => put(table, {}))).toBe('42501')
      })
      expect(rule.may.length).toBeGreaterThan(0)
    },
  )

  it('shows what hangs on a post, a device or an account of the area', async () => {
    const id = (last: string) => `00000000-0000-4000-9000-00000000000${last}`
    await put('posts', { id: 71, jurisdiction: own })
    await put('posts', { id: 72, jurisdiction: sibling })
    for (const post of [71, 72]) await put('crews', { id: post, post_id: post })
    await put('devices', { id: id('1'), area_code: own })
    await put('accounts', { id: id('2'), area_code: own })
    await put('accounts', { id: id('3'), area_code: sibling })
    await put('refused_commands', { device_id: id('1'), account_id: id('3'), code: 'by device' })
    await put('refused_commands', { device_id: id('9'), account_id: id('2'), code: 'by account' })
    await put('refused_commands', { device_id: id('9'), account_id: id('3'), code: 'neither' })
    await asRequest(own, async () => {
      const crews = await client.query('select id from crews')
      expect(crews.rows).toEqual([{ id: 71 }])
      const refused = await client.query(
        "select code from refused_commands where code not like 'text%' order by 1",
      )
      expect(refused.rows).toEqual([{ code: 'by account' }, { code: 'by device' }])
    })
  })

  it.each(closed)('lets no request touch %s', async (table) => {
    await asRequest(own, async () => {
      for (const statement of [
        `select 1 from ${table}`,
        `delete from ${table}`,
        `update ${table} set ctid = ctid`,
      ])
        expect(await codeOf(() => client.query(statement))).toMatch(/^(42501|42703|0A000)$/)
    })
  })

  it('is drawn where liesIn of the domain draws it, for divisions and countries', async () => {
    await client.query('create table wall_probe (jurisdiction integer not null)')
    await raiseAreaWall(client)
    const codes = [
      110000, 110100, 110101, 440000, 440100, 440103, 440199, 440200, 440400, 440402, 440499, 440500,
    ]
    codes.push(449999, 450000, 659004, 820000, 900_000, 900_100, 900_156, 900_800, 900_826, 909_999)
    await client.query('insert into wall_probe select unnest($1::integer[])', [codes])
    for (const area of codes) {
      const seen = await asRequest(area, () =>
        client.query<{ jurisdiction: number }>('select jurisdiction from wall_probe order by 1'),
      )
      const expected = codes.filter((code) => liesIn(code, area)).toSorted((a, b) => a - b)
      expect([area, seen.rows.map(({ jurisdiction }) => jurisdiction)]).toEqual([area, expected])
    }
  })

  it('is around a table that nobody listed: held by its column, or out of reach', async () => {
    await client.query('create table forgotten (area_code integer not null)')
    await client.query('create table unplaced (name text not null)')
    await raiseAreaWall(client)
    await client.query(`insert into forgotten values (${own}), (${sibling})`)
    await asRequest(own, async () => {
      expect((await client.query('select area_code from forgotten')).rows).toEqual([{ area_code: own }])
      expect(await codeOf(() => client.query('select 1 from unplaced'))).toBe('42501')
    })
  })

  it('lets an index find the rows of the area', async () => {
    const plan = await asRequest(own, async () => {
      await client.query('set local enable_seqscan = off')
      await client.query('set local enable_bitmapscan = off')
      const { rows } = await client.query('explain select * from rollup_post_slots')
      return JSON.stringify(rows)
    })
    expect(plan).toMatch(/Index Cond: \(\(jurisdiction >= .* AND \(jurisdiction <=/)
  })
})
