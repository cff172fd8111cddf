import { type Database, openDatabase } from '@guankou/db/database.ts'
import { readFeedEnd } from '@guankou/db/queries/changes/outbox.ts'
import { migratedTemplate } from '@guankou/testkit/postgres/migrated-template.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { type Change, type ChangeHub, createChangeHub, parseCursor, type Subscription } from './change-hub.ts'

const log = pino({ level: 'silent' })

/** Collects what a subscription is sent and waits for it. */
const collector = () => {
  const changes: Change[] = []
  let wake = Promise.withResolvers<void>()
  return {
    changes,
    names: () => changes.map(({ payload }) => (payload as { name: string }).name),
    send: (change: Change): void => {
      changes.push(change)
      wake.resolve()
      wake = Promise.withResolvers()
    },
    until: async (name: string): Promise<void> => {
      while (!changes.some(({ payload }) => (payload as { name: string }).name === name)) await wake.promise
    },
  }
}

describe.each(inject('databaseServers'))('the change feed on $name', ({ url }) => {
  let database: TestDatabase
  let db: Database
  let hub: ChangeHub
  const open: Database[] = []
  beforeAll(async () => {
    database = await createTestDatabase(url, migratedTemplate)
    db = openDatabase({ url: database.url })
  })
  afterAll(async () => {
    for (const each of [...open, db]) await each.close()
    await database.drop()
  })
  beforeEach(async () => {
    hub = createChangeHub(db, log)
  })
  afterEach(() => hub.stop())

  const insert =
    'insert into outbox (at, jurisdiction, payload) values (now(), $1, $2) returning transaction_id::text as xid, id'
  const put = async (name: string, jurisdiction = 440402): Promise<string> => {
    const { rows } = await db.pool.query<{ xid: string; id: number }>(insert, [
      jurisdiction,
      JSON.stringify({ name }),
    ])
    await wake()
    return `${rows[0]?.xid}-${rows[0]?.id}`
  }
  const wake = () => db.pool.query("select pg_notify('changes', '')")
  /** Waits until the hub has read everything there is, so that whoever joins now joins at the end. */
  const settle = async (): Promise<void> => {
    const reader = await listen()
    const name = `settled ${Math.random()}`
    await put(name)
    await reader.until(name)
    reader.end()
  }
  const listen = async (options: Partial<Subscription> = {}) => {
    const got = collector()
    const end = await hub.subscribe({
      inArea: () => true,
      areaCode: 440000,
      after: undefined,
      send: got.send,
      ...options,
    })
    return { ...got, end }
  }
  /** Begins a transaction that has written and waits. */
  const slowWriter = async (name: string) => {
    const client = await db.pool.connect()
    await client.query('begin')
    const { rows } = await client.query<{ xid: string; id: number }>(insert, [
      440402,
      JSON.stringify({ name }),
    ])
    return {
      cursor: `${rows[0]?.xid}-${rows[0]?.id}`,
      end: async (how: 'commit' | 'rollback') => {
        await client.query(how)
        client.release()
        await wake()
      },
    }
  }

  it('sends each commit once, in order, to everybody who listens', async () => {
    const [a, b] = [await listen(), await listen()]
    for (const name of ['1', '2', '3']) await put(name)
    for (const reader of [a, b]) {
      await reader.until('3')
      expect(reader.names()).toEqual(['1', '2', '3'])
    }
  })

  it('waits for a commit that takes long instead of stepping over it', async () => {
    const reader = await listen()
    const slow = await slowWriter('slow, first')
    await put('quick, second')
    const slower = await slowWriter('slower, third')
    await put('quick, fourth')
    // Nothing behind the oldest open transaction may go out: its number comes first.
    const { rows } = await db.pool.query(
      'select count(*)::integer as hidden from outbox where transaction_id >= pg_snapshot_xmin(pg_current_snapshot())',
    )
    expect(rows).toEqual([{ hidden: 2 }])
    await slow.end('commit')
    await reader.until('slow, first')
    await slower.end('commit')
    await reader.until('quick, fourth')
    expect(reader.names()).toEqual(['slow, first', 'quick, second', 'slower, third', 'quick, fourth'])
  })

  it('is not held up by a transaction that failed', async () => {
    const reader = await listen()
    const failing = await slowWriter('never')
    await put('after the failure')
    await failing.end('rollback')
    await reader.until('after the failure')
    expect(reader.names()).toEqual(['after the failure'])
  })

  it('resumes behind a cursor: exactly what was missed, then what follows', async () => {
    const first = await listen()
    await put('seen')
    await first.until('seen')
    const cursor = first.changes.at(-1)?.cursor
    first.end()
    for (const name of ['missed 1', 'missed 2']) await put(name)
    const other = await listen()
    await put('missed 3')
    await other.until('missed 3')
    const resumed = await listen({ after: cursor })
    await put('next')
    await resumed.until('next')
    expect(resumed.names()).toEqual(['missed 1', 'missed 2', 'missed 3', 'next'])
    expect(first.names()).toEqual(['seen'])
  })

  it('resumes over more pages than one', async () => {
    const cursor = await put('start')
    await db.pool.query(
      `insert into outbox (at, jurisdiction, payload) select now(), 440402, json_build_object('name', 'bulk ' || i) from generate_series(1, 1100) i`,
    )
    const last = await put('last')
    const live = await listen()
    await put('live')
    await live.until('live')
    const resumed = await listen({ after: cursor })
    await resumed.until('live')
    expect(resumed.changes).toHaveLength(1_102)
    expect(resumed.changes.at(-2)?.cursor).toBe(last)
    expect(new Set(resumed.changes.map((change) => change.cursor)).size).toBe(1_102)
  })

  it('does not send again what the reader had from another server that was ahead of this one', async () => {
    // A commit that this hub has yet to read, because nobody has woken it.
    const { rows } = await db.pool.query<{ xid: string; id: number }>(insert, [440402, '{"name":"had it"}'])
    const reader = await listen({ after: `${rows[0]?.xid}-${rows[0]?.id}` })
    await put('new')
    await reader.until('new')
    expect(reader.names()).toEqual(['new'])
  })

  it('sends what another process commits', async () => {
    const elsewhere = openDatabase({ url: database.url })
    open.push(elsewhere)
    const reader = await listen()
    await elsewhere.pool.query(insert, [440402, JSON.stringify({ name: 'from elsewhere' })])
    await reader.until('from elsewhere')
    expect(reader.names()).toEqual(['from elsewhere'])
  })

  it('sends of an area only what lies in it', async () => {
    const reader = await listen({ inArea: (jurisdiction) => jurisdiction === 440403 })
    await put('not ours', 440402)
    await put('ours', 440403)
    await put('not ours either', 440404)
    await put('ours again', 440403)
    await reader.until('ours again')
    expect(reader.names()).toEqual(['ours', 'ours again'])
  })

  it('sends nothing to a reader that went, and nothing twice to one that comes back', async () => {
    const reader = await listen()
    await put('before')
    await reader.until('before')
    reader.end()
    const back = await listen({ after: reader.changes.at(-1)?.cursor })
    await put('after')
    await back.until('after')
    expect([reader.names(), back.names()]).toEqual([['before'], ['after']])
  })

  it('takes a cursor that is none, or beyond everything, for a start from now', async () => {
    const none = ['', 'x', '-', '1-', '-1', '1-1-1', ' 1-1', `${2n ** 64n}-1`, `${'9'.repeat(21)}-1`, '1e3-1']
    for (const after of none) expect(parseCursor(after)).toBeUndefined()
    for (const after of [...none, `${2n ** 64n - 1n}-1`, '4000000000-1']) {
      await put('past')
      await settle()
      const reader = await listen({ after })
      await put(`now ${after}`)
      await reader.until(`now ${after}`)
      expect(reader.names()).toEqual([`now ${after}`])
    }
  })

  it('tells a reader without a cursor where it joined, so that a line broken before the first change leaves no gap', async () => {
    let joinedAt: string | undefined
    const first = collector()
    const joined = (cursor: string): void => {
      joinedAt = cursor
    }
    const leave = await hub.subscribe({
      inArea: () => true,
      areaCode: 440000,
      after: undefined,
      joined,
      send: first.send,
    })
    leave()
    await put('missed')
    const second = collector()
    await hub.subscribe({ inArea: () => true, areaCode: 440000, after: joinedAt, joined, send: second.send })
    await second.until('missed')
    expect(first.changes).toEqual([])
  })

  it('keeps no reader whose backlog could not be read', async () => {
    const cursor = await put('lost')
    await put('newer')
    const all = await listen()
    await put('newest')
    await all.until('newest')
    let failing = true
    const broken: Database = {
      ...db,
      query: new Proxy(db.query, {
        get: (query, name) => {
          if (name === 'selectFrom' && failing) throw new Error('no connection')
          const member: unknown = Reflect.get(query, name, query)
          return typeof member === 'function' ? (member.bind(query) as unknown) : member
        },
      }),
    }
    failing = false
    const hubOfBroken = createChangeHub(broken, log)
    try {
      failing = true
      const got = collector()
      await expect(
        hubOfBroken.subscribe({ inArea: () => true, areaCode: 440000, after: cursor, send: got.send }),
      ).rejects.toThrow('no connection')
      failing = false
      await settle()
      const next = collector()
      await hubOfBroken.subscribe({ inArea: () => true, areaCode: 440000, after: undefined, send: next.send })
      await put('afterwards')
      await next.until('afterwards')
      expect(got.changes).toEqual([])
    } finally {
      await hubOfBroken.stop()
    }
  })

  it('ends at the last commit that is certain', async () => {
    const settled = await put('settled')
    const slow = await slowWriter('open')
    const end = await readFeedEnd(db.query)
    expect(`${end.transactionId}-${end.id}`).toBe(settled)
    await slow.end('rollback')
  })
})
