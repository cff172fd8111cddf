import type { RecordScreening, Traveller } from '@guankou/contract/screening/record-screening.ts'
import { aReading, aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { v7 } from 'uuid'
import { expect } from 'vitest'
import { type TestServer, type TestSession, testNowMs } from './test-server.ts'

const minutes = 60_000

const measured = () => [aReading({ at: new Date(testNowMs - 61 * minutes).toISOString() })]

/** Somebody whom the rules let pass. */
export const healthyTraveller = (overrides: Partial<Traveller> = {}): Traveller =>
  aTraveller({ readings: measured(), ...overrides })

/** Whom the second version of the rules sends into home quarantine. */
export const exposedTraveller = (overrides: Partial<Traveller> = {}): Traveller =>
  aTraveller({
    exposures: [{ areaCode: 420100, leftOn: '2020-02-05', evidence: 'declared' }],
    readings: measured(),
    ...overrides,
  })

/** A screening an hour ago in the first district, recorded. */
export const recordAnHourAgo = async (
  server: TestServer,
  travellers: readonly Traveller[],
  serial: number,
  overrides: Partial<RecordScreening> = {},
): Promise<RecordScreening> => {
  const { actor } = await server.signIn('service-account', 440400)
  const occurredAt = new Date(testNowMs - 60 * minutes).toISOString()
  const command = aScreening(
    { occurredAt, rulesVersion: 2, travellers: [...travellers], ...overrides },
    serial,
  )
  expect(await server.context.recorder.record(actor, command)).toMatchObject({ ok: true })
  return command
}

/** What a lead’s phone sends. @param atMs  when it was decided */
export const anOverride = (
  about: { screeningId: string; seat: number } | { slipCode: string },
  changes: object = {},
  atMs = testNowMs - 30 * minutes,
) => ({
  kind: 'screening.override',
  schemaVersion: 1,
  id: v7({ msecs: atMs }),
  jurisdiction: 440402,
  occurredAt: new Date(atMs).toISOString(),
  about,
  disposition: 'central-quarantine',
  ground: 'stated-since',
  ...changes,
})

/** Pushes commands from a phone. @returns the outcome of each */
export const pushFrom = async (
  session: TestSession,
  deviceId: string,
  commands: readonly object[],
): Promise<readonly object[]> => {
  const answer = await session.send({
    path: '/api/sync/push',
    body: {
      deviceId,
      sentAt: new Date(testNowMs).toISOString(),
      outbox: { queued: commands.length, rejected: 0, unreadable: 0 },
      commands,
    },
  })
  expect(answer.status).toBe(200)
  return (answer.json as { outcomes: object[] }).outcomes
}
