import { readFile } from 'node:fs/promises'
import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { openDatabase } from '@guankou/db/database.ts'
import { readLiveDataKeys } from '@guankou/db/queries/identity/data-keys.ts'
import { insertRetentionPolicy } from '@guankou/db/queries/retention/policies.ts'
import { findRollupDifferences, readCountedDays } from '@guankou/db/queries/situation/verify-rollups.ts'
import { aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { countByPhone, openName, readSealedNames } from '../../../tests-support/sealed-rows.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  testNowMs,
} from '../../../tests-support/test-server.ts'
import { DayKeyDestroyedError } from '../../identity/day-key-store.ts'
import { createIdentitySealer } from '../../identity/identity-sealer.ts'
import { certificateFile, certificateKey, verifyCertificate } from './certificate.ts'
import { certificateText } from './certificate-text.ts'
import { planRetention } from './plan-retention.ts'
import { type RetentionParts, runRetention } from './run-retention.ts'

const name = '欧阳销毁'
const phone = '+86 26 5566 7788'
const msPerDay = 86_400_000

const on = (day: string, serial: number): RecordScreening =>
  aScreening(
    {
      occurredAt: `${day}T04:00:00.000Z`,
      conveyance: { kind: 'coach', plate: '粤TX5566', service: { number: 'Y5566', departsOn: day } },
      travellers: [aTraveller({ name, phone, readings: [] })],
    },
    serial,
  )

describe.each(inject('databaseServers'))('retention on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  beforeEach(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    await jobIsDone()
  })
  afterEach(async () => {
    await server.close()
    await database.drop()
  })
  const query = async <Row>(sql: string, values: unknown[] = []): Promise<Row[]> =>
    (await server.db.pool.query(sql, values)).rows as Row[]
  const record = async (...commands: RecordScreening[]): Promise<unknown[]> => {
    const { actor } = await server.signIn('service-account', 440400)
    const results = []
    for (const command of commands) results.push(await server.context.recorder.record(actor, command))
    return results
  }
  const parts = (other: Partial<RetentionParts> = {}): RetentionParts => ({
    db: server.db,
    keys: server.keys,
    reference: server.context.reference.current(),
    now: () => server.clock.now,
    by: 'a test',
    forget: server.context.identity.sealer.forget,
    ...other,
  })
  const run = async (other: Partial<RetentionParts> = {}) => {
    const outcome = await runRetention(parts(other))
    if (outcome === undefined) throw new Error('another run is under way')
    return outcome
  }
  /** The server looks for what is due when it starts; a run of ours has to come after that. */
  const jobIsDone = async (): Promise<void> => {
    while ((await runRetention(parts())) === undefined)
      await new Promise((resolve) => setTimeout(resolve, 10))
  }
  const later = (days: number): void => {
    server.clock.now = testNowMs + days * msPerDay
  }
  const differences = async (): Promise<unknown[]> => {
    const found: unknown[] = []
    for (const day of await readCountedDays(server.db.query))
      found.push(...(await findRollupDifferences(server.db.query, day)))
    return found
  }
  const sealedLeft = async (day: string): Promise<number> => {
    const [row] = await query<{ left: number }>(
      `select (select count(*) from screenings where day = $1 and
          (plate_sealed is not null or plate_digest is not null or service_sealed is not null
            or service_digest is not null or content_digest <> ''))
        + (select count(*) from screening_travellers where occurred_at::date = $1::date and (name_sealed is not null
          or document_sealed is not null or document_digest is not null or phone_sealed is not null
          or phone_digest is not null)) as left`,
      [day],
    )
    return Number(row?.left)
  }
  /** A copy of the database as a backup of now would hold it, with everything else that is still there later. */
  const backup = async (): Promise<TestDatabase & { readonly close: () => Promise<void> }> => {
    await server.close()
    const template = openDatabase({ url, maxConnections: 1 })
    const copy = `${database.name}_backup`
    await template.pool.query(`create database ${copy} template ${database.name}`)
    await template.close()
    const address = new URL(url)
    address.pathname = `/${copy}`
    const { clock } = server
    server = await startTestServer({ databaseUrl: database.url })
    await jobIsDone()
    server.clock.now = clock.now
    const drop = async (): Promise<void> => {
      const admin = openDatabase({ url, maxConnections: 1 })
      await admin.pool.query(`drop database ${copy} with (force)`)
      await admin.close()
    }
    return { url: address.href, name: copy, drop, close: drop }
  }

  it('keeps a day for as many days as are decided, and not one more', async () => {
    await record(on('2020-02-09', 1))
    later(28)
    expect((await run()).destroyed).toBe(0)
    later(29)
    const [planned] = await planRetention(server.db, server.context.reference.current(), server.clock.now)
    expect(planned).toMatchObject({
      day: '2020-02-09',
      dataClass: 'identity',
      destroyFrom: '2020-03-10',
      isDue: true,
    })
    expect((await run()).destroyed).toBe(1)
    expect((await run()).destroyed).toBe(0)
  })

  it('follows what a response has decided, the newest version of it', async () => {
    await record(on('2020-02-09', 1))
    const [response] = server.context.reference.current().responses
    const policy = {
      responseId: response?.id ?? '',
      decidedAt: new Date(testNowMs),
      decidedBy: 'a test',
      healthDays: 90,
    }
    await insertRetentionPolicy(server.db.query, { ...policy, version: 1, identityDays: 60 })
    await insertRetentionPolicy(server.db.query, { ...policy, version: 2, identityDays: 3 })
    later(3)
    expect((await run()).destroyed).toBe(0)
    later(4)
    expect((await run()).destroyed).toBe(1)
  })

  it('leaves no identity, no digest and no key of the day, and every count as it was', async () => {
    await record(on('2020-02-09', 1), on('2020-02-09', 2))
    later(10)
    await record(on('2020-02-19', 3))
    const { sealer } = server.context.identity
    const rows = await readSealedNames(server.db)
    expect(await Promise.all(rows.map((row) => openName(sealer, row)))).toEqual([name, name, name])
    expect(await countByPhone(server.db, sealer, phone)).toBe(3)
    later(30)
    const before = await query('select * from rollup_post_slots order by day, post_id, slot')
    await run()
    expect(await openName(sealer, rows[0] as never)).toBeInstanceOf(DayKeyDestroyedError)
    expect(await openName(sealer, rows[2] as never)).toBe(name)
    expect(await countByPhone(server.db, sealer, phone)).toBe(1)
    expect(await sealedLeft('2020-02-09')).toBe(0)
    expect((await readLiveDataKeys(server.db.query)).map((key) => key.day)).toEqual(['2020-02-19'])
    expect(await query('select * from rollup_post_slots order by day, post_id, slot')).toEqual(before)
    expect(await differences()).toEqual([])
  })

  it('takes no more records of a day whose key is gone, and answers a retry of an old one as a duplicate', async () => {
    await record(on('2020-02-09', 1))
    later(30)
    await run()
    const [again, late] = await record(on('2020-02-09', 1), on('2020-02-09', 2))
    expect(late).toMatchObject({ ok: false, refusal: { code: 'OUTSIDE_COLLECTION' } })
    expect(again).toMatchObject({ ok: true, value: { duplicate: true } })
  })

  it('is not undone by a copy of the database from before, with every key there still is', async () => {
    await record(on('2020-02-08', 1), on('2020-02-09', 2))
    later(10)
    await record(on('2020-02-19', 3))
    const copy = await backup()
    later(30)
    expect((await run()).destroyed).toBe(2)
    const restored = openDatabase({ url: copy.url })
    try {
      expect((await readLiveDataKeys(restored.query)).map((key) => key.day)).toHaveLength(3)
      const sealer = createIdentitySealer(restored, server.keys, () => server.clock.now)
      const rows = await readSealedNames(restored)
      const opened = await Promise.all(rows.map((row) => openName(sealer, row)))
      expect(opened.slice(0, 2).every((each) => each instanceof DayKeyDestroyedError)).toBe(true)
      expect(opened[2]).toBe(name)
      // Only the day that still lives is found again.
      expect(await countByPhone(restored, sealer, phone)).toBe(1)
    } finally {
      await restored.close()
      await copy.close()
    }
  })

  it('deletes the facts when their time is over; what is left of them is counts that nobody can recount', async () => {
    later(-1)
    await record(on('2020-02-09', 1))
    later(0)
    await record(on('2020-02-10', 2))
    const slots = await query('select * from rollup_post_slots order by day, post_id, slot')
    later(180)
    const outcome = await run()
    expect(outcome.destroyed).toBe(3)
    expect(await query('select day from screenings')).toEqual([{ day: '2020-02-10' }])
    expect(await query('select * from rollup_post_slots order by day, post_id, slot')).toEqual(slots)
    expect(await differences()).toEqual([])
    // A difference on a day that has its facts is still found.
    await query("update rollup_post_slots set vehicles = vehicles + 1 where day = '2020-02-10'")
    expect(await differences()).toHaveLength(1)
    later(181)
    const { destroyed, dropped } = await run()
    expect(destroyed).toBe(1)
    expect(dropped).toEqual(expect.arrayContaining(['screenings_20200209', 'screening_travellers_20200209']))
    expect(dropped.some((partition) => partition.endsWith('20200210'))).toBe(false)
  })

  it('certifies what it destroyed, once, so that anyone can check it', async () => {
    await record(on('2020-02-08', 1), on('2020-02-09', 2), on('2020-02-09', 3))
    const fingerprints = await query<{ fingerprint: Buffer }>(
      'select fingerprint from identity_keys order by day',
    )
    later(30)
    const { certificate } = await run()
    if (certificate === undefined) throw new Error('nothing was certified')
    const file = JSON.stringify(certificateFile(certificate))
    const verified = verifyCertificate(file)
    expect(verified).toMatchObject({
      is: 'genuine',
      publicKey: certificateKey(server.keys.rootKey).publicKey,
      content: {
        by: 'a test',
        days: [
          { day: '2020-02-08', dataClass: 'identity', vehicles: 1, travellers: 1, fields: 4 },
          { day: '2020-02-09', dataClass: 'identity', vehicles: 2, travellers: 2, fields: 8 },
        ],
      },
    })
    if (verified.is !== 'genuine') return
    expect(verified.content.days.map((day) => day.keyFingerprint)).toEqual(
      fingerprints.map((row) => row.fingerprint.toString('hex')),
    )
    const text = certificateText(verified.content, verified.publicKey)
    expect(text).toContain('2020-02-09')
    expect(text).toContain('合计 Total: 2 日 days, 3 车 vehicles, 3 人 travellers, 12 项 fields')
    expect(verifyCertificate(file.replace('2020-02-08', '2020-02-07'))).toEqual({ is: 'changed' })
    expect(verifyCertificate('{}')).toEqual({ is: 'unreadable' })
    expect(verifyCertificate(await readFile(new URL(import.meta.url), 'utf8'))).toEqual({ is: 'unreadable' })
    expect((await run()).certificate).toBeUndefined()
    const audited = await query<{ subject: string; detail: string }>(
      "select subject, detail from audit_entries where action = 'retention.destroy' order by subject",
    )
    expect(audited).toEqual([
      { subject: '2020-02-08 identity', detail: '1 vehicles, 1 travellers, 4 fields; by a test' },
      { subject: '2020-02-09 identity', detail: '2 vehicles, 2 travellers, 8 fields; by a test' },
    ])
  })

  it('is taken up where it was stopped, with the counts of before anything was destroyed', async () => {
    await record(on('2020-02-08', 1), on('2020-02-09', 2))
    later(30)
    const stop = new Error('stopped')
    const { dayKeys } = server.keys
    const stopped = { ...dayKeys, destroy: async () => Promise.reject(stop) }
    await expect(run({ keys: { ...server.keys, dayKeys: stopped } })).rejects.toBe(stop)
    // As if it had ended between the key and the certificate of the first day.
    await dayKeys.destroy({ jurisdiction: 440402, day: '2020-02-08' })
    await query("update identity_keys set wrapped = null where day = '2020-02-08'")
    await query("update screening_travellers set name_sealed = null where occurred_at < '2020-02-09'")
    const { certificate } = await run()
    expect(JSON.parse(certificate?.content ?? '{}').days).toMatchObject([
      { day: '2020-02-08', fields: 4 },
      { day: '2020-02-09', fields: 4 },
    ])
    expect(await sealedLeft('2020-02-08')).toBe(0)
  })

  it('runs once at a time', async () => {
    await record(on('2020-02-08', 1))
    later(30)
    const outcomes = await Promise.all([runRetention(parts()), runRetention(parts()), runRetention(parts())])
    const done = outcomes.filter((each) => each !== undefined)
    expect(done.reduce((sum, each) => sum + each.destroyed, 0)).toBe(1)
    expect(await query('select id from retention_certificates')).toHaveLength(1)
  })

  it('is known in every server soon after', async () => {
    await record(on('2020-02-08', 1))
    const [row] = await readSealedNames(server.db)
    if (row === undefined) throw new Error('nothing was recorded')
    const elsewhere = createIdentitySealer(server.db, server.keys, () => server.clock.now)
    later(30)
    expect(await openName(elsewhere, row)).toBe(name)
    await run()
    server.clock.now += 31_000
    expect(await openName(elsewhere, row)).toBeInstanceOf(DayKeyDestroyedError)
  })
})
