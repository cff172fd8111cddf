import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { beginDigestGeneration, readLiveDataKeys } from '@guankou/db/queries/identity/data-keys.ts'
import { aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { countByPhone, openName, readSealedNames } from '../../tests-support/sealed-rows.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  testNowMs,
} from '../../tests-support/test-server.ts'
import { startTransitServer, type TransitServer } from '../../tests-support/transit-server.ts'
import { seal } from './envelope.ts'
import { createIdentitySealer } from './identity-sealer.ts'
import { type KeyCustody, openKeyCustody } from './key-custody.ts'
import { KeyServiceUnavailableError } from './key-service.ts'
import { deriveKey } from './master-key.ts'
import { redigest } from './redigest.ts'
import { retireGeneration } from './retire-generation.ts'
import { rewrapKeys } from './rewrap.ts'

const name = '欧阳轮换'
const phone = '+86 26 1122 3344'

const named = (serial: number, occurredAt?: string): RecordScreening =>
  aScreening(
    {
      travellers: [aTraveller({ name, phone, ...(occurredAt === undefined ? {} : { readings: [] }) })],
      ...(occurredAt === undefined ? {} : { occurredAt }),
    },
    serial,
  )

describe.each(inject('databaseServers'))('rotating keys on $name', ({ url }) => {
  let database: TestDatabase
  let folder: string
  let server: TestServer
  let transit: TransitServer
  beforeEach(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    folder = await mkdtemp(join(tmpdir(), 'guankou-rotate-'))
    transit = await startTransitServer()
  })
  afterEach(async () => {
    await server.close()
    await transit.stop()
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  })
  const start = async (env: Record<string, string> = {}): Promise<void> => {
    server = await startTestServer({ databaseUrl: database.url, keySettings: { keyFolder: folder, env } })
  }
  const record = async (...commands: RecordScreening[]) => {
    const { actor } = await server.signIn('service-account', 440400)
    const results = []
    for (const command of commands) results.push(await server.context.recorder.record(actor, command))
    return results
  }
  const reopen = (env: Record<string, string> = {}): Promise<KeyCustody> =>
    openKeyCustody({ keyFolder: folder, env })
  const opened = async (keys: KeyCustody): Promise<(string | Error)[]> => {
    const sealer = createIdentitySealer(server.db, keys, () => testNowMs)
    return Promise.all((await readSealedNames(server.db)).map((row) => openName(sealer, row)))
  }

  it('keeps everything readable, and the old generation can go once nothing needs it', async () => {
    await start()
    await record(named(1), named(2, '2020-02-01T04:00:00.000Z'))
    const keys = await reopen()
    expect(await retireGeneration(server.db, keys, 'local:1')).toEqual({ is: 'newest' })
    expect(await keys.keyService.rotate()).toBe('local:2')
    expect(await retireGeneration(server.db, keys, 'local:1')).toEqual({ is: 'root-key-unsealed' })
    // A server that runs takes part without a restart.
    await record(named(3, '2020-02-02T04:00:00.000Z'))
    const generations = async () => (await readLiveDataKeys(server.db.query)).map((key) => key.generation)
    expect(await generations()).toEqual(['local:2', 'local:1', 'local:1'])
    const told: number[] = []
    expect(await rewrapKeys(server.db, keys, (done) => told.push(done))).toEqual({
      rewrapped: 2,
      generation: 'local:2',
    })
    expect(told).toEqual([1, 2])
    expect(await rewrapKeys(server.db, keys)).toEqual({ rewrapped: 0, generation: 'local:2' })
    expect(await opened(await reopen())).toEqual([name, name, name])
    expect(await retireGeneration(server.db, keys, 'local:9')).toEqual({ is: 'unknown' })
    expect(await retireGeneration(server.db, keys, 'local:1')).toEqual({ is: 'retired' })
    expect((await readdir(folder)).sort()).toEqual(['days', 'master-2.key', 'root.sealed'])
    const after = await reopen()
    expect(after.rootKey.equals(keys.rootKey)).toBe(true)
    expect(await opened(after)).toEqual([name, name, name])
  })

  it('refuses to end a generation that data keys need', async () => {
    await start()
    await record(named(1))
    const keys = await reopen()
    await keys.keyService.rotate()
    await rewrapKeys(server.db, keys)
    await server.db.pool.query("update identity_keys set generation = 'local:1'")
    expect(await retireGeneration(server.db, keys, 'local:1')).toEqual({ is: 'needed', keys: 1 })
    expect(await readdir(folder)).toContain('master.key')
  })

  it('goes on where it was stopped: keys of two generations are both readable', async () => {
    await start()
    await record(named(1), named(2, '2020-02-01T04:00:00.000Z'), named(3, '2020-02-02T04:00:00.000Z'))
    const keys = await reopen()
    await keys.keyService.rotate()
    const stop = new Error('stopped')
    await expect(
      rewrapKeys(server.db, keys, () => {
        throw stop
      }),
    ).rejects.toBe(stop)
    expect(new Set((await readLiveDataKeys(server.db.query)).map((key) => key.generation)).size).toBe(2)
    expect(await opened(await reopen())).toEqual([name, name, name])
    expect((await rewrapKeys(server.db, await reopen())).rewrapped).toBe(2)
    expect(await opened(await reopen())).toEqual([name, name, name])
  })

  it('takes keys from before day keys along, with their digests', async () => {
    const master = randomBytes(32)
    const env = { GUANKOU_MASTER_KEY: master.toString('base64') }
    await start(env)
    await record(named(1))
    // The row as an earlier release left it: the data key under the master key alone, digests under one key for all.
    const [key] = await readLiveDataKeys(server.db.query)
    if (key === undefined) throw new Error('no key was made')
    const dataKey = randomBytes(32)
    const wrapped = seal(
      deriveKey(master, 'wrap-data-keys'),
      `data-key|${key.jurisdiction}|${key.day}`,
      dataKey,
    )
    await server.db.pool.query(
      'update identity_keys set wrapped = $1, generation = null, fingerprint = null, digest_generation = 0, digests_from = 0',
      [wrapped],
    )
    server.context.identity.sealer.forget(key)
    await server.db.pool.query('delete from screening_travellers')
    await server.db.pool.query('delete from screenings')
    await record(named(2))
    const earlier = createIdentitySealer(server.db, await reopen(env), () => testNowMs)
    const [before] = await readSealedNames(server.db)
    expect(await countByPhone(server.db, earlier, phone)).toBe(1)
    const next = await reopen({
      GUANKOU_MASTER_KEY: `2:${randomBytes(32).toString('base64')},1:${env.GUANKOU_MASTER_KEY}`,
    })
    expect((await rewrapKeys(server.db, next)).rewrapped).toBe(1)
    expect(await beginDigestGeneration(server.db.query)).toBe(1)
    const parts = {
      db: server.db,
      keys: next,
      reference: server.context.reference.current(),
      now: () => testNowMs,
    }
    expect((await redigest({ ...parts, maySettle: true })).rows).toBeGreaterThan(0)
    const both = createIdentitySealer(server.db, next, () => testNowMs)
    expect(await countByPhone(server.db, both, phone)).toBe(1)
    expect((await redigest({ ...parts, maySettle: true })).rows).toBe(0)
    const settled = createIdentitySealer(server.db, next, () => testNowMs)
    expect(await settled.lookUpDigests('phone', phone)).toHaveLength(1)
    expect(await countByPhone(server.db, settled, phone)).toBe(1)
    const [after] = await readSealedNames(server.db)
    expect(after?.phone_digest.equals(before?.phone_digest ?? Buffer.alloc(0))).toBe(false)
    expect(await opened(next)).toEqual([name])
  })

  it('of one algorithm leaves what another one sealed readable', async () => {
    await start({ GUANKOU_SEAL_ALGORITHM: 'sm4-gcm' })
    await record(named(1), named(2, '2020-02-01T04:00:00.000Z'))
    await server.close()
    await start()
    await record(named(3))
    const rows = await readSealedNames(server.db)
    expect(rows.map((row) => row.name_sealed[0]).sort()).toEqual([1, 2, 2])
    expect(await opened(await reopen())).toEqual([name, name, name])
    expect(await opened(await reopen({ GUANKOU_SEAL_ALGORITHM: 'sm4-gcm' }))).toEqual([name, name, name])
  })

  describe('with an external key service', () => {
    const env = () => ({
      GUANKOU_KEY_SERVICE_URL: transit.url,
      GUANKOU_KEY_SERVICE_TOKEN: transit.token,
      GUANKOU_KEY_SERVICE_KEY: 'city',
    })

    it('no master key lies on this machine', async () => {
      await start(env())
      await record(named(1))
      expect((await readdir(folder)).sort()).toEqual(['days', 'root.sealed'])
      expect((await readLiveDataKeys(server.db.query))[0]?.generation).toBe('transit:city:1')
      expect(await opened(await reopen(env()))).toEqual([name])
    })

    it('keys move to it, and from one version of it to the next', async () => {
      await start()
      await record(named(1))
      await server.close()
      await start(env())
      expect(await opened(await reopen(env()))).toEqual([name])
      const keys = await reopen(env())
      expect((await rewrapKeys(server.db, keys)).generation).toBe('transit:city:1')
      await keys.keyService.rotate()
      expect((await rewrapKeys(server.db, keys)).generation).toBe('transit:city:2')
      expect(await retireGeneration(server.db, keys, 'transit:city:1')).toEqual({ is: 'retired' })
      expect(await opened(await reopen(env()))).toEqual([name])
    })

    it('nothing is read while it is away, screenings of days in memory go on, and others come later', async () => {
      await start(env())
      await record(named(1))
      const [row] = await readSealedNames(server.db)
      if (row === undefined) throw new Error('nothing was recorded')
      const { sealer } = server.context.identity
      expect(await openName(sealer, row)).toBe(name)
      transit.behaviour = 'sealed'
      server.clock.now += 60_000
      expect(await openName(sealer, row)).toBeInstanceOf(KeyServiceUnavailableError)
      await expect(sealer.lookUpDigests('phone', phone)).rejects.toBeInstanceOf(KeyServiceUnavailableError)
      const [known, other] = await record(named(2), named(3, '2020-02-02T04:00:00.000Z'))
      expect(known).toMatchObject({ ok: true })
      expect(other).toMatchObject({ ok: false, refusal: { code: 'KEY_SERVICE_UNAVAILABLE' } })
      expect(await openName(sealer, row)).toBeInstanceOf(KeyServiceUnavailableError)
      transit.behaviour = 'well'
      expect((await record(named(3, '2020-02-02T04:00:00.000Z')))[0]).toMatchObject({ ok: true })
      expect(await openName(sealer, row)).toBe(name)
    })

    it('the phone is told to keep a record and send it again', async () => {
      await start(env())
      const session = await server.signIn('service-account', 440400)
      transit.behaviour = 'sealed'
      const answer = await session.send({ path: '/api/screenings', body: named(1) })
      expect(answer).toMatchObject({ status: 503, json: { code: 'KEY_SERVICE_UNAVAILABLE', retry: 'later' } })
    })
  })
})
