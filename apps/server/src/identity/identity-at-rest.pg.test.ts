import { recordScreening } from '@guankou/contract/screening/endpoints.ts'
import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { pushCommands } from '@guankou/contract/sync/push.ts'
import { aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { readEveryTable } from '../../tests-support/every-table.ts'
import { openTestKeys } from '../../tests-support/test-keys.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
  testNowMs,
} from '../../tests-support/test-server.ts'
import { createScreeningRecorder } from '../use-cases/screening/screening-recorder.ts'
import { DayKeyDestroyedError } from './day-key-store.ts'
import { createIdentitySealer, fieldPlace } from './identity-sealer.ts'

/** Texts that occur nowhere else, so that finding one means that it got out. */
const secrets = {
  name: '欧阳隐秘测试',
  number: 'Q7731904426',
  phone: '+862677319044',
  plate: '粤TQ7731',
} as const

const secretScreening = (serial: number, overrides: Partial<RecordScreening> = {}): RecordScreening =>
  aScreening(
    {
      conveyance: { kind: 'car', plate: secrets.plate },
      travellers: [
        aTraveller({
          name: secrets.name,
          document: { kind: 'passport', number: secrets.number },
          phone: secrets.phone,
        }),
      ],
      ...overrides,
    },
    serial,
  )

/** A secret as it is, in hexadecimal, in base64 and as JSON escapes: the guises in which it could hide in text. */
const guises = (secret: string): string[] => {
  const bytes = Buffer.from(secret)
  const escaped = [...secret].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
  return [secret, bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, ''), escaped]
}

const leaks = (text: string): string[] =>
  Object.entries(secrets).flatMap(([field, secret]) =>
    guises(secret).some((guise) => text.toLowerCase().includes(guise.toLowerCase())) ? [field] : [],
  )

describe.each(inject('databaseServers'))('identities on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let session: TestSession
  let phone: TestSession
  const device = { id: '6f1c1b1e-5d0a-4f0e-9b1a-000000000005', label: 'Test phone' }
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    session = await server.signIn('service-account', 440400)
    phone = await server.signIn('inspector', 440402, device)
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })
  const query = async <Row>(sql: string, values: unknown[] = []): Promise<Row[]> =>
    (await server.db.pool.query(sql, values)).rows as Row[]
  const send = (body: unknown) => session.send({ path: recordScreening.path, body })
  const stored = async (id: string) => {
    const [row] = await query<Record<string, Buffer | null> & { day: string }>(
      `select s.*, t.* from screenings s join screening_travellers t on t.screening_id = s.id where s.id = $1`,
      [id],
    )
    if (row === undefined) throw new Error(`screening ${id} is not stored`)
    return row
  }
  const bytes = (value: Buffer | string | null | undefined): Buffer => {
    if (!Buffer.isBuffer(value)) throw new Error('nothing is sealed here')
    return value
  }
  const push = (commands: readonly unknown[]) =>
    phone.send({
      path: pushCommands.path,
      body: {
        deviceId: device.id,
        sentAt: new Date(testNowMs).toISOString(),
        outbox: { queued: 0, rejected: 0, unreadable: 0 },
        commands,
      },
    })

  it('are found in no table and in no line of the log, accepted or refused', async () => {
    expect((await send(secretScreening(1))).status).toBe(201)
    expect((await send(secretScreening(2, { lane: 60 }))).status).toBe(422)
    expect((await send({ ...secretScreening(3), [secrets.name]: 1 })).status).toBe(400)
    expect(
      (await send({ ...secretScreening(4), travellers: [{ name: [secrets.name], phone: secrets.phone }] }))
        .status,
    ).toBe(400)
    const pushed = await push([
      secretScreening(5),
      { ...secretScreening(6), postId: 99_999 },
      { ...secretScreening(7), travellers: secrets.name },
      { kind: 'screening.record', name: secrets.name, plate: secrets.plate },
    ])
    expect((pushed.json as { outcomes: unknown[] }).outcomes).toHaveLength(4)
    await server.context.access.denials.flush()
    const found: string[] = []
    const tables = await readEveryTable(server.db)
    expect(tables.length).toBeGreaterThan(20)
    for (const { name, text } of tables) for (const field of leaks(text)) found.push(`${name}: ${field}`)
    expect(found).toEqual([])
    expect(server.logged.length).toBeGreaterThan(0)
    expect(leaks(server.logged.join('\n'))).toEqual([])
  })

  it('are found in no line of the log where the database refuses a record', async () => {
    const { sealer } = server.context.identity
    const recorder = createScreeningRecorder({
      ...server.context,
      announce: () => undefined,
      sealer: {
        ...sealer,
        sealScreening: async (fact, content) => ({
          ...(await sealer.sealScreening(fact, content)),
          contentDigest: null as unknown as Buffer,
        }),
      },
    })
    const failure: unknown = await recorder
      .record(session.actor, secretScreening(20))
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: '23502' })
    server.context.log.error({ err: failure }, 'request failed')
    expect(leaks(server.logged.join('\n'))).toEqual([])
    expect(leaks(JSON.stringify(failure, Object.getOwnPropertyNames(failure)))).toEqual([])
  })

  it('are found only by the test where they are: it finds them when they get out', () => {
    for (const [field, secret] of Object.entries(secrets))
      for (const guise of guises(secret)) expect(leaks(`x${guise}y`)).toContain(field)
  })

  it('open again at their own place alone, with the key of their installation alone', async () => {
    const command = secretScreening(30)
    await send(command)
    const row = await stored(command.id)
    const { sealer } = server.context.identity
    const owner = { jurisdiction: 440402, day: row.day }
    const open = (field: string, value: unknown, seat = 1, own = owner) =>
      sealer.open(own, fieldPlace(command.id, seat, field), bytes(value as Buffer))
    expect(await open('name', row.name_sealed)).toBe(secrets.name)
    expect(await open('document', row.document_sealed)).toBe(secrets.number)
    expect(await open('phone', row.phone_sealed)).toBe(secrets.phone)
    expect(await open('plate', row.plate_sealed, 0)).toBe(secrets.plate)
    await expect(open('phone', row.name_sealed)).rejects.toThrow()
    await expect(open('name', row.name_sealed, 2)).rejects.toThrow()
    await expect(open('name', row.name_sealed, 1, { jurisdiction: 440403, day: row.day })).rejects.toThrow()
    await expect(
      open('name', row.name_sealed, 1, { jurisdiction: 440402, day: '2020-01-24' }),
    ).rejects.toThrow()
    const stranger = createIdentitySealer(
      server.db,
      await openTestKeys('of somebody else', { keyFolder: server.keys.keyFolder }),
      () => testNowMs,
    )
    await expect(
      stranger.open(owner, fieldPlace(command.id, 1, 'name'), bytes(row.name_sealed)),
    ).rejects.toThrow()
  })

  it('are sealed differently each time, while equal plates, documents and phones have equal digests', async () => {
    const one = secretScreening(40)
    const two = secretScreening(41, { conveyance: { kind: 'car', plate: '粤t·q7731' } })
    const other = secretScreening(42, { conveyance: { kind: 'car', plate: '粤TQ7732' } })
    for (const command of [one, two, other]) await send(command)
    const [a, b, c] = [await stored(one.id), await stored(two.id), await stored(other.id)]
    for (const column of ['plate_sealed', 'name_sealed', 'document_sealed', 'phone_sealed'])
      expect(bytes(a[column]).equals(bytes(b[column]))).toBe(false)
    for (const column of ['plate_digest', 'document_digest', 'phone_digest'])
      expect(bytes(a[column]).equals(bytes(b[column]))).toBe(true)
    expect(bytes(a.plate_digest).equals(bytes(c.plate_digest))).toBe(false)
    expect(bytes(a.plate_digest)).toHaveLength(16)
  })

  it('of one number in two kinds of document are told apart', async () => {
    const kinds = ['passport', 'other'] as const
    const digests: string[] = []
    for (const [index, kind] of kinds.entries()) {
      const command = secretScreening(50 + index, {
        travellers: [aTraveller({ document: { kind, number: secrets.number } })],
      })
      await send(command)
      digests.push(bytes((await stored(command.id)).document_digest).toString('hex'))
    }
    expect(new Set(digests).size).toBe(2)
  })

  it('of one day are gone for good when its key is destroyed, and no new ones are taken', async () => {
    const occurredAt = '2020-01-28T04:00:00.000Z'
    const command = secretScreening(60, {
      occurredAt,
      travellers: [aTraveller({ name: secrets.name, readings: [] })],
    })
    expect((await send(command)).status).toBe(201)
    const row = await stored(command.id)
    await query("update identity_keys set wrapped = null, destroyed_at = now() where day = '2020-01-28'")
    const restarted = createIdentitySealer(server.db, server.keys, () => testNowMs)
    await expect(
      restarted.open(
        { jurisdiction: 440402, day: row.day },
        fieldPlace(command.id, 1, 'name'),
        bytes(row.name_sealed),
      ),
    ).rejects.toBeInstanceOf(DayKeyDestroyedError)
    const recorder = createScreeningRecorder({
      ...server.context,
      announce: () => undefined,
      sealer: restarted,
    })
    const late = await recorder.record(
      session.actor,
      secretScreening(61, { occurredAt, travellers: command.travellers }),
    )
    expect(late).toMatchObject({ ok: false, refusal: { code: 'OUTSIDE_COLLECTION', path: '/occurredAt' } })
  })

  it('are sealed with one key by servers that meet a day at the same moment', async () => {
    const sealers = Array.from({ length: 6 }, () =>
      createIdentitySealer(server.db, server.keys, () => testNowMs),
    )
    const { fact } = { fact: { jurisdiction: 440404, day: '2020-02-02' } }
    const command = secretScreening(70)
    const decided = { id: command.id, ...fact, plate: secrets.plate, travellers: [] }
    const sealed = await Promise.all(
      sealers.map((sealer) =>
        sealer.sealScreening(decided as unknown as Parameters<typeof sealer.sealScreening>[0], ''),
      ),
    )
    for (const sealer of sealers)
      for (const { plate } of sealed)
        expect(await sealer.open(fact, fieldPlace(command.id, 0, 'plate'), bytes(plate))).toBe(secrets.plate)
  })
})
