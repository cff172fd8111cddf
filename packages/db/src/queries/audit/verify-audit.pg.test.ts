import { createHash } from 'node:crypto'
import type { AuditDayHead } from '@guankou/contract/audit/day-head.ts'
import type { AuditFinding } from '@guankou/contract/audit/finding.ts'
import { migratedTemplate } from '@guankou/testkit/postgres/migrated-template.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type AuditEntry, emptyHead, nextLink } from '#src/audit/chain.ts'
import { createDayHeadSigner } from '#src/audit/day-head.ts'
import { type Database, openDatabase } from '#src/database.ts'
import { executeIn, recordAudit } from './append-audit.ts'
import { closeAuditDay, readDayHeads } from './day-heads.ts'
import { type AuditVerification, verifyAudit } from './verify-audit.ts'

const chains = [440402, 440404] as const
const days = ['2020-02-01', '2020-02-02', '2020-02-03']
const msPerHour = 3_600_000
const seedOf = (text: string) => createHash('sha256').update(text).digest()
const signer = createDayHeadSigner(seedOf('ours'))
const stranger = createDayHeadSigner(seedOf('theirs'))

/** Local midnight in the demo city. */
const startOf = (day: string): number => Date.parse(`${day}T00:00:00+08:00`)

const entry = (serial: number): AuditEntry => ({
  accountId: serial % 3 === 0 ? null : `018f0000-0000-7000-8000-${String(serial).padStart(12, '0')}`,
  deviceId: serial % 4 === 0 ? `018f0000-0000-7000-9000-${String(serial).padStart(12, '0')}` : null,
  action: ['screening.record', 'sync.push', 'access.sign-in'][serial % 3] ?? '',
  subject: serial % 5 === 0 ? null : `subject ${serial}`,
  outcome: serial % 2 === 0 ? 'new' : 'duplicate',
  detail: serial % 7 === 0 ? `detail ${serial}` : null,
})

/** Four links of one to four entries on each of three days, of which the first two are signed; in both chains. */
const fill = async (db: Database): Promise<void> => {
  let serial = 0
  for (const [index, day] of days.entries()) {
    for (const jurisdiction of chains)
      await db.query.transaction().execute(async (tx) => {
        const [last, nowMs] = [days[index - 1], startOf(day) + 600_000]
        const until = new Date(startOf(day))
        if (last !== undefined) await closeAuditDay(tx, signer, { jurisdiction, day: last, until, nowMs })
      })
    for (let link = 0; link < 4; link += 1)
      for (const jurisdiction of chains) {
        const entries = Array.from({ length: link + 1 }, () => {
          serial += 1
          return entry(serial)
        })
        await db.query
          .transaction()
          .execute((tx) =>
            recordAudit(executeIn(tx), jurisdiction, entries, startOf(day) + (link + 1) * msPerHour),
          )
      }
  }
}

const tables = ['audit_entries', 'audit_links', 'audit_heads', 'audit_day_heads'] as const

/** What somebody may write into a column instead of what is there; null and other rows' values come on top. */
const changesOf: Readonly<Record<string, readonly string[]>> = {
  integer: ['? + 1', '? - 1', '-1', '0', '? + 50', '2147483647'],
  bigint: ['? + 1', '? - 1', '-1', '0', '? + 1000', '9223372036854775807'],
  text: ["? || 'x'", "''", "? || ' '", 'upper(?)', "'null'"],
  uuid: ['gen_random_uuid()'],
  bytea: [
    'set_byte(?, 0, (get_byte(?, 0) + 1) % 256)',
    "''",
    "? || '\\x00'",
    'substr(?, 1, 31)',
    'sha256(?)',
  ],
  date: ['? + 1', '? - 1', '? + 400', "'infinity'"],
  'timestamp with time zone': [
    "? + interval '1 microsecond'",
    "? - interval '1 millisecond'",
    "? + interval '1 year'",
    "'infinity'",
  ],
}

describe.each(inject('databaseServers'))('the verification of the audit on $name', ({ url }) => {
  let database: TestDatabase
  let db: Database
  let published: AuditDayHead[]
  beforeAll(async () => {
    database = await createTestDatabase(url, migratedTemplate)
    db = openDatabase({ url: database.url })
    await fill(db)
    published = await readDayHeads(db.query, { limit: 100 })
    for (const table of tables) await db.pool.query(`create table kept_${table} as select * from ${table}`)
  })
  afterAll(async () => {
    await db.close()
    await database.drop()
  })

  const verify = async (asked: Partial<AuditVerification> = {}) => {
    const findings: AuditFinding[] = []
    const client = await db.pool.connect()
    try {
      const sum = await verifyAudit(client, {
        trustedKeys: new Set([signer.publicKey]),
        startOfDay: (_, day) => new Date(startOf(day)),
        endOfDay: (_, day) => new Date(startOf(day) + 24 * msPerHour),
        onFinding: (finding) => findings.push(finding),
        ...asked,
      })
      return { ...sum, found: findings }
    } finally {
      client.release()
    }
  }
  const restore = async (): Promise<void> => {
    for (const table of tables) {
      await db.pool.query(`truncate ${table}`)
      await db.pool.query(`insert into ${table} select * from kept_${table}`)
    }
  }
  /** Lets something happen, tells what is found, and puts everything back. */
  const after = async (change: string, asked: Partial<AuditVerification> = {}): Promise<AuditFinding[]> => {
    try {
      await db.pool.query(change)
      return (await verify(asked)).found
    } finally {
      await restore()
    }
  }
  const rowsOf = async (table: string): Promise<string[]> => {
    const { rows } = await db.pool.query(
      `select ctid::text as place from ${table} order by jurisdiction, ${table === 'audit_entries' ? 'seq, position' : table === 'audit_day_heads' ? 'day' : 'seq'}`,
    )
    return rows.map(({ place }: { place: string }) => place)
  }
  const columnsOf = async (table: string) => {
    const { rows } = await db.pool.query<{ name: string; type: string; nullable: boolean }>(
      `select column_name as name, data_type as type, is_nullable = 'YES' as nullable
        from information_schema.columns where table_name = $1`,
      [table],
    )
    return rows
  }

  it('finds nothing where nothing was done, and counts what it saw', async () => {
    expect(await verify()).toEqual({ chains: 2, links: 28, entries: 64, heads: 4, findings: 0, found: [] })
    const whole = await verify({ published })
    expect(whole.found).toEqual([])
    expect(whole.heads).toBe(8)
  })

  it.each(tables)('finds every change to every column of %s, in any row', async (table) => {
    const columns = await columnsOf(table)
    const places = await rowsOf(table)
    expect(columns.length).toBeGreaterThanOrEqual(3)
    const unseen: string[] = []
    let tried = 0
    for (const { name, type, nullable } of columns) {
      const changes = [...(changesOf[type] ?? []), ...(nullable ? ['null'] : [])]
      expect(changes.length, type).toBeGreaterThan(0)
      const picked = [0, Math.floor(places.length / 2), places.length - 1]
      for (const [index, to] of changes.entries()) {
        const place = places[picked[(tried + index) % 3] ?? 0]
        const value = to.replaceAll('?', name)
        const where = `ctid = '${place}' and ${name} is distinct from (${value})`
        // A place that another row holds is refused by the key itself; then nothing was changed.
        const { rowCount } = await db.pool
          .query(`update ${table} set ${name} = ${value} where ${where}`)
          .catch((error: { code?: string }) => {
            expect(['23505', '22003', '22008', '2202E']).toContain(error.code)
            return { rowCount: 0 }
          })
        if (rowCount === 1) {
          tried += 1
          if ((await verify()).found.length === 0) unseen.push(`${table}.${name} = ${value} at ${place}`)
          await restore()
        }
      }
    }
    expect(unseen).toEqual([])
    expect(tried).toBeGreaterThan(columns.length)
  })

  it.each(tables)('finds values of %s that two rows have exchanged', async (table) => {
    const unseen: string[] = []
    for (const { name } of await columnsOf(table)) {
      const exchange = `with pair as (
          select a.ctid as one, b.ctid as other, a.${name} as of_one, b.${name} as of_other
          from ${table} a join ${table} b on a.${name} is distinct from b.${name} and a.ctid < b.ctid limit 1
        )
        update ${table} t set ${name} = case when t.ctid = pair.one then pair.of_other else pair.of_one end
        from pair where t.ctid in (pair.one, pair.other)`
      const keys = table === 'audit_heads' ? ['jurisdiction'] : ['jurisdiction', 'seq', 'position', 'day']
      if (keys.includes(name) && (table !== 'audit_day_heads' || name !== 'seq')) continue
      const { rowCount } = await db.pool.query(exchange)
      if (rowCount === 2 && (await verify()).found.length === 0) unseen.push(`${table}.${name}`)
      await restore()
    }
    expect(unseen).toEqual([])
  })

  it.each(tables)('finds rows of %s that were taken out: first, middle, last, several', async (table) => {
    const places = await rowsOf(table)
    const middle = Math.floor(places.length / 2)
    const taken = [[0], [middle], [places.length - 1], [0, 1], [middle, middle - 1], [...places.keys()]]
    for (const rows of taken) {
      const list = rows.map((row) => `'${places[row]}'`).join(', ')
      const found = await after(`delete from ${table} where ctid = any (array[${list}]::tid[])`)
      expect(found.length, `${table} without ${rows}`).toBeGreaterThan(0)
    }
  })

  it('names the place: link, entry and day', async () => {
    const chain = 'jurisdiction = 440402'
    expect(
      await after(`update audit_entries set subject = 'x' where ${chain} and seq = 3 and position = 1`),
    ).toEqual([{ kind: 'entries-changed', jurisdiction: 440402, seq: 3 }])
    expect(await after(`delete from audit_entries where ${chain} and seq = 4 and position = 2`)).toEqual([
      { kind: 'entry-missing', jurisdiction: 440402, seq: 4, position: 2 },
    ])
    expect(
      await after(`insert into audit_entries values (440402, 2, 2, null, null, 'x', null, 'x', null)`),
    ).toEqual([{ kind: 'entry-inserted', jurisdiction: 440402, seq: 2, position: 2 }])
    const missing = await after(`delete from audit_links where ${chain} and seq between 6 and 8`)
    expect(missing).toHaveLength(5)
    expect(missing).toEqual(
      expect.arrayContaining([
        { kind: 'link-missing', jurisdiction: 440402, seq: 6, untilSeq: 8 },
        ...[6, 7, 8].map((seq) => ({ kind: 'entries-without-link', jurisdiction: 440402, seq })),
        { kind: 'head-entries', jurisdiction: 440402, day: '2020-02-02', seq: 9 },
      ]),
    )
    expect(
      await after(`update audit_day_heads set entries = 9 where ${chain} and day = '2020-02-02'`),
    ).toEqual([
      { kind: 'head-signature', jurisdiction: 440402, day: '2020-02-02', seq: 9 },
      { kind: 'head-changed', jurisdiction: 440402, day: '2020-02-02' },
    ])
    expect(await after(`delete from audit_day_heads where ${chain} and day = '2020-02-02'`)).toEqual([
      { kind: 'head-removed', jurisdiction: 440402, day: '2020-02-02' },
    ])
  })

  it('finds links and entries that changed places or went to another chain', async () => {
    const reordered = `update audit_entries set position = 100 where jurisdiction = 440402 and seq = 4 and position = 0;
      update audit_entries set position = 0 where jurisdiction = 440402 and seq = 4 and position = 1;
      update audit_entries set position = 1 where jurisdiction = 440402 and seq = 4 and position = 100`
    expect(await after(reordered)).toEqual([{ kind: 'entries-changed', jurisdiction: 440402, seq: 4 }])
    const links = `update audit_links set seq = 1000 where jurisdiction = 440404 and seq = 2;
      update audit_links set seq = 2 where jurisdiction = 440404 and seq = 3;
      update audit_links set seq = 3 where jurisdiction = 440404 and seq = 1000`
    expect((await after(links)).map(({ seq }) => seq)).toEqual(expect.arrayContaining([2, 3]))
    for (const table of ['audit_entries', 'audit_links', 'audit_heads', 'audit_day_heads']) {
      const moved = `update ${table} set jurisdiction = 440403 where jurisdiction = 440402`
      expect((await after(moved)).length, table).toBeGreaterThan(0)
    }
    // A copy of a whole chain under another name does not follow: the place is in every hash.
    const copied = tables
      .map(
        (table) =>
          `insert into ${table} select (jsonb_populate_record(t, '{"jurisdiction": 440403}')).* from ${table} t where jurisdiction = 440402`,
      )
      .join(';')
    expect((await after(copied)).every(({ jurisdiction }) => jurisdiction === 440403)).toBe(true)
    expect((await after(copied)).length).toBeGreaterThan(0)
  })

  /** What somebody does who may write every row and knows how the chain is made, but has no key. */
  const rechain = async (change: (entries: AuditEntry[], seq: number) => AuditEntry[]): Promise<void> => {
    const { rows } = await db.pool.query<{ seq: number; at: Date; entries: AuditEntry[] }>(
      `select l.seq, l.at, json_agg(json_build_object('accountId', e.account_id, 'deviceId', e.device_id, 'action', e.action,
          'subject', e.subject, 'outcome', e.outcome, 'detail', e.detail) order by e.position) as entries
        from audit_links l join audit_entries e using (jurisdiction, seq)
        where jurisdiction = 440402 group by l.seq, l.at order by l.seq`,
    )
    for (const table of ['audit_entries', 'audit_links', 'audit_heads'])
      await db.pool.query(`delete from ${table} where jurisdiction = 440402`)
    await db.query.transaction().execute(async (tx) => {
      for (const { seq, at, entries } of rows) {
        const kept = change(entries, seq)
        if (kept.length > 0) await recordAudit(executeIn(tx), 440402, kept, at.getTime())
      }
    })
  }
  const forged = async (
    change: Parameters<typeof rechain>[0],
    asked: Partial<AuditVerification> = {},
    more = 'select 1',
  ): Promise<AuditFinding[]> => {
    try {
      await rechain(change)
      await db.pool.query(more)
      return (await verify(asked)).found
    } finally {
      await restore()
    }
  }

  it('finds by the signed heads alone a chain that was written anew from end to end', async () => {
    const changed = (entries: AuditEntry[], seq: number) =>
      seq === 6 ? entries.map((each) => ({ ...each, outcome: 'forged' })) : entries
    const found = await forged(changed)
    expect(found).toEqual([
      { kind: 'chain-rewritten', jurisdiction: 440402, seq: 5, untilSeq: 9, day: '2020-02-02' },
    ])
    // Without heads nothing in the database can tell, and the heads that were published still do.
    const withoutHeads = (entries: AuditEntry[], seq: number) =>
      changed(entries, seq).filter(({ action }) => action !== 'audit.close-day')
    const noHeads = 'delete from audit_day_heads where jurisdiction = 440402'
    expect(await forged(withoutHeads, {}, noHeads)).toEqual([])
    const outside = await forged(withoutHeads, { published }, noHeads)
    expect(outside.map(({ kind }) => kind)).toEqual(['head-removed', 'head-removed', 'chain-rewritten'])
    expect(outside.every((finding) => finding.published === true)).toBe(true)
  })

  it('finds heads that somebody else signed, though each follows from the chain', async () => {
    const [head] = published.filter(
      ({ jurisdiction, day }) => jurisdiction === 440402 && day === '2020-02-02',
    )
    if (head === undefined) throw new Error('no head')
    const { publicKey, signature } = stranger.sign(head)
    const found = await after(
      `update audit_day_heads set public_key = '\\x${publicKey}', signature = '\\x${signature}'
        where jurisdiction = 440402 and day = '2020-02-02'`,
    )
    expect(found).toEqual([{ kind: 'head-key', jurisdiction: 440402, day: '2020-02-02', seq: 9 }])
  })

  it('believes heads of an earlier key as long as a head of ours binds them', async () => {
    const later = createDayHeadSigner(seedOf('later'))
    const trustedKeys = new Set([later.publicKey])
    const unknown = (await verify({ trustedKeys })).found
    expect(unknown).toHaveLength(4)
    expect(unknown.every(({ kind }) => kind === 'head-key')).toBe(true)
    try {
      for (const jurisdiction of chains) {
        const [day, until] = ['2020-02-03', new Date(startOf('2020-02-04'))]
        const nowMs = until.getTime() + 600_000
        await db.query
          .transaction()
          .execute((tx) => closeAuditDay(tx, later, { jurisdiction, day, until, nowMs }))
      }
      expect(await verify({ trustedKeys, published })).toMatchObject({ heads: 10, found: [] })
    } finally {
      await restore()
    }
  })

  it('finds that the end was cut off: by the heads kept, and by those published', async () => {
    const cutTo = (seq: number) =>
      `delete from audit_entries where jurisdiction = 440402 and seq > ${seq};
       delete from audit_links where jurisdiction = 440402 and seq > ${seq};
       update audit_heads h set seq = l.seq, hash = l.hash from audit_links l
        where h.jurisdiction = 440402 and l.jurisdiction = 440402 and l.seq = ${seq}`
    const kinds = async (seq: number, more = '', asked = {}) =>
      new Set((await after(`${cutTo(seq)};${more}`, asked)).map(({ kind }) => kind))
    expect(await kinds(7)).toEqual(new Set(['chain-cut']))
    expect(await kinds(9)).toEqual(new Set(['chain-cut']))
    const withHeads = "delete from audit_day_heads where jurisdiction = 440402 and day = '2020-02-02'"
    expect(await kinds(9, withHeads)).toEqual(new Set())
    expect(await kinds(9, withHeads, { published })).toEqual(new Set(['head-removed']))
    expect(await kinds(8, withHeads, { published })).toEqual(new Set(['head-removed', 'chain-cut']))
  })

  it('looks only at the days and chains asked for', async () => {
    const day = { from: '2020-02-02', to: '2020-02-02' }
    expect(await verify({ days: day })).toMatchObject({ links: 10, found: [] })
    expect(await verify({ days: { from: '2020-02-03' } })).toMatchObject({ links: 10, found: [] })
    expect(await verify({ days: { to: '2020-02-01' }, published })).toMatchObject({ links: 8, found: [] })
    expect(await verify({ isAsked: (code) => code === 440404 })).toMatchObject({ chains: 1, links: 14 })
    const change =
      "update audit_entries set subject = 'x' where jurisdiction = 440402 and seq = 2 and position = 0"
    expect(await after(change, { days: day })).toEqual([])
    expect(await after(change, { days: { to: '2020-02-01' } })).toHaveLength(1)
    expect(await after(change, { isAsked: (code) => code === 440404 })).toEqual([])
  })

  it('continues what the chain is made of', () => {
    const link = nextLink(440402, emptyHead, [entry(1)], startOf('2020-02-01'))
    expect(link.previous.equals(emptyHead.hash)).toBe(true)
  })
})
