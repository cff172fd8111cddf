import { aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { demoCityTemplate, startTestServer, type TestServer } from '../../../tests-support/test-server.ts'

const city = 440400
const occurredAt = '2020-02-09T03:00:00.000Z'

const flight = aScreening({
  occurredAt,
  rulesVersion: 2,
  conveyance: {
    kind: 'flight',
    service: { number: 'cz 3739', departsOn: '2020-02-08' },
    seatsPerRow: 6,
  },
  travellers: [
    aTraveller({ seatLabel: '32A', readings: [] }),
    aTraveller({ seat: 2, seatLabel: '32B', readings: [] }),
    aTraveller({ seat: 3, readings: [] }),
  ],
})

type Match = { seat: number; seatLabel: string | null; fields: { field: string; masked: string }[] }

describe.each(inject('databaseServers'))('a run and its places on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    const { actor } = await server.signIn('service-account', city)
    expect(await server.context.recorder.record(actor, flight)).toMatchObject({ ok: true })
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })

  const search = async (text: string): Promise<Match[]> => {
    const clerk = await server.signIn('screening-clerk', city)
    const sought = { kind: 'service', text }
    const body = { purpose: 'contact-tracing', reason: '核对同航班人员 who was on it', sought }
    const answer = await clerk.send({ path: '/api/identity/look-up', body })
    expect(answer.status, answer.text).toBe(200)
    expect(answer.text).not.toContain('CZ3739')
    return (answer.json as { matches: Match[] }).matches
  }

  it('are found by the number, with the place of each', async () => {
    const matches = await search('CZ-3739')
    expect(matches.map(({ seat, seatLabel }) => [seat, seatLabel])).toEqual([
      [1, '32A'],
      [2, '32B'],
      [3, null],
    ])
    expect(matches[0]?.fields).toContainEqual({ field: 'service', masked: 'C****9 2020-02-08' })
    expect(await search('CZ3738')).toEqual([])
  })

  it('are shown in full after a look-up, and that stands where the person sees it', async () => {
    const clerk = await server.signIn('screening-clerk', city)
    const sought = { kind: 'service', text: 'CZ3739' }
    const reason = '核对同航班人员 who was on it'
    await clerk.send({ path: '/api/identity/look-up', body: { purpose: 'contact-tracing', reason, sought } })
    const shown = await clerk.send({
      path: '/api/identity/unmask',
      body: { screeningId: flight.id, seat: 1, field: 'service' },
    })
    expect(shown.json).toMatchObject({ field: 'service', text: 'CZ3739 2020-02-08' })
    const { rows } = await server.db.pool.query(
      "select fields from identity_accesses where screening_id = $1 and seat = 1 and via = 'unmask'",
      [flight.id],
    )
    expect(rows).toEqual([{ fields: ['service'] }])
  })

  it('lie sealed, the number like a plate', async () => {
    const { rows } = await server.db.pool.query(
      'select service_sealed, service_digest, seats_per_row, plate_sealed from screenings where id = $1',
      [flight.id],
    )
    expect(rows[0]).toMatchObject({ seats_per_row: 6, plate_sealed: null })
    expect(String(rows[0]?.service_sealed)).not.toContain('3739')
    expect(rows[0]?.service_digest).toHaveLength(16)
  })
})
