import { aScreening } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { findBrokenLinks } from '@guankou/testkit/server/read-audit.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { seed } from '../../../tests-support/seed.ts'
import { demoCityTemplate, startTestServer, type TestServer } from '../../../tests-support/test-server.ts'

/** One column of the audit, and another value than it has. */
const changes: Readonly<Record<string, readonly (readonly [column: string, to: string])[]>> = {
  audit_links: [
    ['at', "at + interval '1 millisecond'"],
    ['entries', 'entries + 1'],
    ['root', 'set_byte(root, 7, (get_byte(root, 7) + 1) % 256)'],
    ['previous', 'set_byte(previous, 0, (get_byte(previous, 0) + 1) % 256)'],
    ['hash', 'set_byte(hash, 31, (get_byte(hash, 31) + 1) % 256)'],
    ['seq', 'seq + 1000'],
    ['jurisdiction', 'jurisdiction + 50'],
  ],
  audit_entries: [
    ['account_id', 'case when account_id is null then gen_random_uuid() end'],
    ['device_id', 'case when device_id is null then gen_random_uuid() end'],
    ['action', "action || 'x'"],
    ['subject', "coalesce(subject, '') || 'x'"],
    ['outcome', "case outcome when 'new' then 'duplicate' else 'new' end"],
    ['detail', "coalesce(detail, '') || 'x'"],
    ['position', 'position + 1000'],
    ['seq', 'seq + 1000'],
    ['jurisdiction', 'jurisdiction + 50'],
  ],
  audit_heads: [
    ['seq', 'seq - 1'],
    ['hash', 'set_byte(hash, 0, (get_byte(hash, 0) + 1) % 256)'],
    ['jurisdiction', 'jurisdiction + 50'],
  ],
}

describe.each(inject('databaseServers'))(`the audit on $name, seed ${seed}`, ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    const traffic = await server.signIn('service-account', 440400)
    const phone = await server.signIn('inspector', 440402, { id: crypto.randomUUID(), label: 'Phone' })
    const other = server.context.reference.current().posts.find(({ jurisdiction }) => jurisdiction === 440404)
    for (let round = 0; round < 8; round += 1) {
      const here = Array.from({ length: 5 }, (_, index) => aScreening({}, round * 10 + index))
      const there = here.map((one) => ({ ...one, jurisdiction: 440404, postId: other?.id ?? 1 }))
      await Promise.all([...here, ...there].map((one) => server.context.recorder.record(traffic.actor, one)))
      await server.context.recorder.record(phone.actor, here[0] ?? aScreening())
      await phone.send({ path: '/api/situation/summary?area=440400' })
      await server.context.access.denials.flush()
    }
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })
  const query = (sql: string, values: unknown[] = []) => server.db.pool.query(sql, values)
  /** Keeps a table as it is, lets a change happen to it, and puts it back. */
  const undoing = async (table: string, change: () => Promise<unknown>): Promise<string[]> => {
    await query(`create table kept as select * from ${table}`)
    try {
      await change()
      return await findBrokenLinks(server.db)
    } finally {
      await query(`truncate ${table}`)
      await query(`insert into ${table} select * from kept`)
      await query('drop table kept')
    }
  }
  const pickRow = async (table: string, nth: number): Promise<string> => {
    const { rows } = await query(`select ctid::text as place from ${table} order by 1, ctid`)
    return (rows[nth % rows.length] as { place: string }).place
  }

  it('holds: every link follows from its entries and the link before', async () => {
    expect(await findBrokenLinks(server.db)).toEqual([])
    const { rows } = await query(
      'select jurisdiction, count(*)::integer as links from audit_links group by 1 order by 1',
    )
    expect(rows.length).toBeGreaterThanOrEqual(3)
    const { rows: mixed } = await query(
      "select distinct outcome from audit_entries where action = 'screening.record'",
    )
    expect(mixed).toHaveLength(2)
  })

  it.each(
    Object.entries(changes).flatMap(([table, columns]) => columns.map(([column, to]) => [table, column, to])),
  )('breaks visibly where %s.%s is changed in any row', async (table, column, to) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (nth) => {
        const place = await pickRow(table ?? '', nth)
        const change = () => query(`update ${table} set ${column} = ${to} where ctid = $1::tid`, [place])
        expect(await undoing(table ?? '', change)).not.toEqual([])
      }),
      { numRuns: 2, seed },
    )
  })

  it.each(['audit_links', 'audit_entries', 'audit_heads'])(
    'breaks visibly where a row of %s is taken out',
    async (table) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), async (nth) => {
          const place = await pickRow(table, nth)
          expect(
            await undoing(table, () => query(`delete from ${table} where ctid = $1::tid`, [place])),
          ).not.toEqual([])
        }),
        { numRuns: 5, seed },
      )
    },
  )

  it('breaks visibly where an entry is put in or two change places', async () => {
    const added = `insert into audit_entries select jurisdiction, seq, max(position) + 1, null, null, 'x', null, 'x', null
      from audit_entries where jurisdiction = 440402 group by 1, 2 order by 2 limit 1`
    expect(await undoing('audit_entries', () => query(added))).not.toEqual([])
    const swapped = `update audit_entries e set subject = o.subject, outcome = o.outcome from audit_entries o
      where e.jurisdiction = o.jurisdiction and e.seq = o.seq and e.subject <> o.subject
        and e.position = 1 - o.position and e.position in (0, 1)`
    expect(await undoing('audit_entries', () => query(swapped))).not.toEqual([])
  })

  it('breaks visibly where the whole end of a chain is cut off', async () => {
    const cut = async () => {
      await query('delete from audit_links where jurisdiction = 440402 and seq > 2')
    }
    expect(await undoing('audit_links', cut)).not.toEqual([])
  })
})
