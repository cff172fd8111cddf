import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { matchPhone } from '../../../tests-support/match-phone.ts'
import { anOrder, codeOf, quarantineDesk, quarantineDistrict } from '../../../tests-support/quarantine.ts'
import { demoCityTemplate, startTestServer, type TestServer } from '../../../tests-support/test-server.ts'
import { followTheClock } from './follow-the-clock.ts'

const hourMs = 3_600_000
const columns = `recorded_at, kept_day, response_id, rules_version, site, counted_from, last_exposure_on, screening_id,
  seat, from_area, before_jurisdiction, before_id, account_id, device_id, content_digest`

/** Somebody with a document, so that the order is on the list of posts. */
const withDocument = (number: string) => ({
  person: {
    name: '令在身',
    document: { kind: 'passport' as const, number },
    address: '香洲区吉大街道某小区 3 栋',
  },
})

describe.each(inject('databaseServers'))('the clock of quarantine, on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let desk: ReturnType<typeof quarantineDesk>
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    desk = quarantineDesk(server)
  }, 120_000)
  afterAll(async () => {
    await server?.close()
    await database?.drop()
  })

  const ordered = async (number: string) => {
    server.clock.now += hourMs
    const order = anOrder(server.clock.now, withDocument(number))
    expect(codeOf(await desk.order(order))).toBe('ok')
    return order
  }
  const phone = matchPhone(() => server)
  const askedFor = async (number: string) => {
    const inspector = await server.signIn('inspector', quarantineDistrict)
    return (await phone.compare(inspector, { kind: 'document', number })).map(({ reason }) => reason)
  }

  it('waits for nobody and writes nothing where nothing has changed', async () => {
    await ordered('CK100001')
    const known: Parameters<typeof followTheClock>[1] = new Map()
    await followTheClock(server.context, known)
    const other = await server.db.pool.connect()
    try {
      await other.query('begin')
      await other.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `match-lists ${quarantineDistrict}`,
      ])
      const round = followTheClock(server.context, known).then(() => 'done')
      const late = new Promise((resolve) => setTimeout(() => resolve('waits'), 60_000))
      expect(await Promise.race([round, late])).toBe('done')
    } finally {
      await other.query('rollback')
      other.release()
    }
  })

  it('puts right at the next round what somebody else did to the list', async () => {
    await ordered('CK100002')
    const known: Parameters<typeof followTheClock>[1] = new Map()
    await followTheClock(server.context, known)
    expect(await askedFor('CK100002')).toEqual(['quarantine-order'])
    await server.db.pool.query("delete from match_entries where reason = 'quarantine-order'")
    await followTheClock(server.context, known)
    expect(await askedFor('CK100002')).toEqual(['quarantine-order'])
  })

  it('goes on past an episode that cannot be followed, and says so', async () => {
    const bad = await ordered('CK100003')
    const good = await ordered('CK100004')
    const planOf = (version: number) =>
      server.db.pool.query('update quarantines set rules_version = $1 where id = $2', [version, bad.id])
    const { rows } = await server.db.pool.query<{ version: number }>(
      'select rules_version as version from quarantines where id = $1',
      [bad.id],
    )
    await planOf(9_999)
    server.clock.now += 48 * hourMs
    await expect(followTheClock(server.context)).rejects.toThrow('a plan that is not there')
    expect((await desk.file(quarantineDistrict, good.id)).facts.map(({ kind }) => kind)).toContain('missed')
    expect(await askedFor('CK100004')).toEqual(['quarantine-order'])
    await planOf(rows[0]?.version ?? 0)
    server.clock.now -= 48 * hourMs
  })

  it('follows every open episode of a district, however many there are', async () => {
    const oldest = await ordered('CK100005')
    await server.db.pool.query(
      `insert into quarantines (jurisdiction, occurred_at, id, ${columns})
       select jurisdiction, occurred_at + at * interval '1 millisecond', gen_random_uuid(), ${columns}
       from quarantines, generate_series(1, 20001) as at where id = $1`,
      [oldest.id],
    )
    await followTheClock(server.context)
    expect(await askedFor('CK100005')).toEqual(['quarantine-order'])
    const board = await desk.board(quarantineDistrict)
    expect(board.more).toBe(true)
  }, 180_000)
})
