import { type ErrorCode, errors, isErrorCode } from '@guankou/contract/errors.ts'
import { recordScreening } from '@guankou/contract/screening/endpoints.ts'
import { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { decideScreening } from '@guankou/domain/screening/decide.ts'
import { aReading, aScreening, aTraveller, usualOccurredAt } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import type { TestAnswer } from '@guankou/testkit/server/send-json.ts'
import fc from 'fast-check'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { hostileText, mutationOf } from '../../../tests-support/hostile.ts'
import { seed } from '../../../tests-support/seed.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'

const runs = 250
const bodyBytes = recordScreening.limits.bodyBytes
const poisoning = /"(__proto__|constructor)":/

/** Everything a command can carry is there, so that everything can be spoilt. */
const fullCommand = (serial: number): RecordScreening =>
  aScreening(
    {
      travellers: [
        aTraveller({
          exposures: [{ areaCode: 420100, leftOn: '2020-01-20', evidence: 'ticket' }],
          readings: [aReading(), { at: aReading().at, method: 'ear', underThreshold: true }],
          symptoms: ['cough', 'fatigue'],
        }),
        aTraveller({ seat: 2 }),
      ],
    },
    serial,
  )

type Verdict = 'accepted' | { readonly code: ErrorCode; readonly path?: string }

/** What the phone would say of the same text, with the same schema and the same rules. */
const verdictOf = (server: TestServer, text: string): Verdict => {
  const command: unknown = JSON.parse(text)
  if (!Value.Check(RecordScreening, command)) return { code: 'INVALID_INPUT' }
  if (Math.floor(command.jurisdiction / 100) !== 4404) return { code: 'OUTSIDE_AREA', path: '/jurisdiction' }
  const decided = decideScreening(server.context.reference.current(), command, server.clock.now)
  return decided.ok ? 'accepted' : decided.refusal
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const errorOf = ({ json }: TestAnswer) => json as { code: string; path?: string; retry: string }

/** A refusal of the registry, told as the contract says. */
const expectRegistered = (answer: TestAnswer): void => {
  const { code, path, retry } = errorOf(answer)
  expect(isErrorCode(code), `unknown code in ${answer.text}`).toBe(true)
  expect(answer.status).toBe(errors[code as ErrorCode].status)
  expect(retry).toBe(errors[code as ErrorCode].retry)
  if (path !== undefined && path !== '') expect(path).toMatch(/^\//)
}

/** The answer to one text, whatever it holds. */
const expectRightAnswer = (server: TestServer, text: string, answer: TestAnswer, what: string): void => {
  const said = `${what}: ${answer.text.slice(0, 300)}`
  expect(answer.status, said).toBeLessThan(500)
  if (answer.status >= 400) expectRegistered(answer)
  const { code, path } = errorOf(answer)
  if (Buffer.byteLength(text) > bodyBytes) expect(answer.status).toBe(413)
  else if (!isJson(text)) expect(code, said).toBe('INVALID_JSON')
  // A key that could poison a prototype is turned away before anybody looks at the rest.
  else if (!poisoning.test(text) || code !== 'INVALID_JSON') {
    const verdict = verdictOf(server, text)
    if (verdict === 'accepted') expect(answer.status, said).toBe(201)
    else {
      expect(code, said).toBe(verdict.code)
      if (verdict.path !== undefined) expect(path, said).toBe(verdict.path)
      expect(typeof path, said).toBe('string')
    }
  }
}

const device = { id: '6f1c1b1e-5d0a-4f0e-9b1a-000000000001', label: 'Test phone' }

describe.each(inject('databaseServers'))(`spoilt screenings on $name, seed ${seed}`, ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let session: TestSession
  let phone: TestSession
  let serial = 0
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    session = await server.signIn('service-account', 440400)
    phone = await server.signIn('service-account', 440400, device)
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })

  it('are refused with a code and a place, exactly where the phone would refuse them', async () => {
    await fc.assert(
      fc.asyncProperty(mutationOf(fullCommand(1)), async (mutation) => {
        const text = hostileText(mutation.apply(fullCommand(++serial)))
        const answer = await session.send({ method: 'POST', path: '/api/screenings', raw: text })
        expectRightAnswer(server, text, answer, mutation.what)
      }),
      { numRuns: runs, seed },
    )
  })

  it('never fail their neighbours in a push, nor lose their place', async () => {
    const group = fc.array(fc.oneof(mutationOf(fullCommand(1)), fc.constant(undefined)), {
      minLength: 1,
      maxLength: 12,
    })
    await fc.assert(
      fc.asyncProperty(group, async (mutations) => {
        const commands = mutations.map((mutation) => {
          const command = fullCommand(++serial)
          return { mutation, command, text: hostileText(mutation?.apply(command) ?? command) }
        })
        const sendable = commands.filter(
          ({ text }) => isJson(text) && !/"(__proto__|constructor)":/.test(text),
        )
        if (sendable.length === 0) return
        const raw = `{"deviceId":"${device.id}","sentAt":"${usualOccurredAt}","outbox":{"queued":0,"rejected":0,"unreadable":0},"commands":[${sendable.map(({ text }) => text).join(',')}]}`
        const answer = await phone.send({ path: '/api/sync/push', raw })
        expect(answer.status, answer.text).toBe(200)
        const { outcomes } = answer.json as {
          outcomes: { outcome: string; id: string; code?: string; path?: string }[]
        }
        expect(outcomes).toHaveLength(sendable.length)
        for (const [index, { mutation, command, text }] of sendable.entries()) {
          const outcome = outcomes[index]
          const sent = JSON.parse(text) as { id?: unknown; kind?: unknown } | null
          const where = `${mutation?.what}: ${JSON.stringify(outcome)}`
          if (mutation === undefined)
            expect(outcome, where).toMatchObject({ outcome: 'accepted', id: command.id })
          else if (sent?.kind !== 'screening.record')
            expect(outcome?.code, where).toBe('UNKNOWN_COMMAND_KIND')
          else {
            const verdict = verdictOf(server, text)
            expect(outcome?.code ?? outcome?.outcome, where).toBe(
              verdict === 'accepted' ? 'accepted' : verdict.code,
            )
          }
          if (typeof sent?.id === 'string') expect(outcome?.id, where).toBe(sent.id.slice(0, 64))
          if (outcome?.outcome === 'rejected') expect(typeof outcome.path, where).toBe('string')
        }
      }),
      { numRuns: runs / 5, seed },
    )
  })
})
