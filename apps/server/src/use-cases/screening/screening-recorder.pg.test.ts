import { recordScreening } from '@guankou/contract/screening/endpoints.ts'
import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { findRollupDifferences } from '@guankou/db/queries/situation/verify-rollups.ts'
import { aScreening } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'
import { createScreeningRecorder } from './screening-recorder.ts'

const spoilt = '粤TSPOIL'

describe.each(inject('databaseServers'))('the recorder on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let session: TestSession
  let serial = 1_000
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    session = await server.signIn('service-account', 440400)
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })
  const fresh = (overrides: Partial<RecordScreening> = {}) => aScreening(overrides, ++serial)
  const record = (command: RecordScreening) => server.context.recorder.record(session.actor, command)
  const query = async <Row>(sql: string, values: unknown[] = []): Promise<Row[]> =>
    (await server.db.pool.query(sql, values)).rows as Row[]
  const isStored = async (id: string) =>
    (await query('select 1 from screenings where id = $1', [id])).length === 1

  it('stores the neighbours of a record that the database will not take', async () => {
    const { sealer } = server.context.identity
    // Nothing that passes the checks breaks a constraint, so the sealer has to: it leaves the digest out.
    const recorder = createScreeningRecorder({
      ...server.context,
      announce: () => undefined,
      sealer: {
        ...sealer,
        sealScreening: async (fact, content) => ({
          ...(await sealer.sealScreening(fact, content)),
          ...(content.includes(spoilt) ? { contentDigest: null as unknown as Buffer } : {}),
        }),
      },
    })
    const commands = Array.from({ length: 40 }, (_, index) =>
      fresh(index % 13 === 5 ? { conveyance: { kind: 'car', plate: spoilt } } : {}),
    )
    const settled = await Promise.allSettled(
      commands.map((command) => recorder.record(session.actor, command)),
    )
    for (const [index, { status }] of settled.entries()) {
      const isSpoilt = index % 13 === 5
      expect(status).toBe(isSpoilt ? 'rejected' : 'fulfilled')
      expect(await isStored(commands[index]?.id ?? '')).toBe(!isSpoilt)
    }
    expect(await findRollupDifferences(server.db.query, '2020-01-23')).toEqual([])
  })

  it('meets the same id twice in one batch: once new, once a duplicate of the same time', async () => {
    const command = fresh()
    const [first, second] = await Promise.all([record(command), record(command)])
    expect(first).toMatchObject({ ok: true, value: { duplicate: false } })
    expect(second).toEqual(first.ok ? { ok: true, value: { ...first.value, duplicate: true } } : {})
  })

  it('answers another content under a known id with a refusal, later as well', async () => {
    const command = fresh()
    const other = { ...command, queueVehicles: 77 }
    const results = await Promise.all([record(command), record(other)])
    expect(results.map(({ ok }) => ok)).toEqual([true, false])
    const later = await session.send({ path: recordScreening.path, body: other })
    expect(later.status).toBe(409)
    expect(later.json).toMatchObject({ code: 'COMMAND_ID_REUSED', path: '/id' })
  })

  it('tells a retry as a duplicate even after rules or posts would refuse it', async () => {
    const command = fresh()
    await record(command)
    const collectionUntil = (
      await query<{ until: string }>('select collection_until as until from responses')
    )[0]?.until
    await query("update responses set collection_until = '2020-01-02'")
    await server.context.reference.refresh()
    const again = await record(command)
    const late = await record(fresh())
    await query('update responses set collection_until = $1', [collectionUntil])
    await server.context.reference.refresh()
    expect(again).toMatchObject({ ok: true, value: { duplicate: true, id: command.id } })
    expect(late).toMatchObject({ ok: false, refusal: { code: 'OUTSIDE_COLLECTION' } })
  })

  it('answers “later” when the connection is lost before the commit, and takes the retry as new', async () => {
    const holder = await server.db.pool.connect()
    await record(fresh())
    await holder.query('begin')
    await holder.query('select from audit_heads where jurisdiction = 440402 for update')
    const command = fresh()
    const answer = session.send({ path: recordScreening.path, body: command })
    let ended = 0
    while (ended === 0)
      ended = (
        await query(
          `select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`,
        )
      ).length
    await holder.query('rollback')
    holder.release()
    expect((await answer).status).toBe(503)
    expect((await answer).json).toMatchObject({ code: 'DATABASE_UNAVAILABLE', retry: 'later' })
    expect((await answer).headers.get('retry-after')).toBe('1')
    expect(await isStored(command.id)).toBe(false)
    expect((await session.send({ path: recordScreening.path, body: command })).json).toMatchObject({
      id: command.id,
      duplicate: false,
    })
  })

  it('makes the partitions of every day that arrives at once, at several posts at once', async () => {
    const days = Array.from(
      { length: 12 },
      (_, day) => new Date(Date.parse('2020-01-03T15:59:59.999Z') + day * 86_400_000),
    )
    const places = [
      { jurisdiction: 440402, postId: 1 },
      ...(await query<{ jurisdiction: number; postId: number }>(
        'select jurisdiction, min(id) as "postId" from posts where jurisdiction <> 440402 group by 1',
      )),
    ]
    const commands = places.flatMap((place) =>
      days.map((at) => fresh({ ...place, occurredAt: at.toISOString() })),
    )
    const results = await Promise.all(commands.map(record))
    expect(results.filter(({ ok }) => !ok)).toEqual([])
    for (const { id } of commands) expect(await isStored(id)).toBe(true)
  })

  it('goes on where a partition was dropped behind its back', async () => {
    const occurredAt = '2020-01-05T10:00:00.000Z'
    await record(fresh({ occurredAt }))
    await query('drop table screenings_20200105')
    await query('drop table screening_travellers_20200105')
    const first = await session.send({ path: recordScreening.path, body: fresh({ occurredAt }) })
    const second = await session.send({ path: recordScreening.path, body: fresh({ occurredAt }) })
    expect([500, 201]).toContain(first.status)
    expect(second.status).toBe(201)
  })
})
