import { recordScreening } from '@guankou/contract/screening/endpoints.ts'
import { pushCommands } from '@guankou/contract/sync/push.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../apps/server/tests-support/test-server.ts'
import { commandVectors, type Verdict } from './command-vectors.ts'

describe.each(inject('databaseServers'))('on the server with $name, a command with', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let session: TestSession
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    await server.db.pool.query("update responses set collection_until = '2020-06-30'")
    await server.context.reference.refresh()
    server.clock.now = commandVectors.nowMs
    session = await server.signIn('service-account', 440400)
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })
  // The vectors share one id: what one of them stored must not be a duplicate of the next.
  beforeEach(() => server.db.pool.query('truncate screenings, screening_travellers'))

  const posted = async (command: unknown): Promise<Verdict> => {
    const { status, json } = await session.send({ path: recordScreening.path, body: command })
    if (status === 201) return 'accepted'
    const { code, path } = json as { code: string; path: string }
    return { code, path }
  }
  const pushed = async (command: unknown): Promise<Verdict> => {
    const answer = await session.send({
      path: pushCommands.path,
      body: {
        deviceId: '6f1c1b1e-5d0a-4f0e-9b1a-000000000006',
        sentAt: new Date(commandVectors.nowMs).toISOString(),
        outbox: { queued: 1, rejected: 0, unreadable: 0 },
        commands: [command],
      },
    })
    const [outcome] = (answer.json as { outcomes: { outcome: string; code: string; path: string }[] })
      .outcomes
    if (outcome === undefined) throw new Error(answer.text)
    return outcome.outcome === 'accepted' ? 'accepted' : { code: outcome.code, path: outcome.path }
  }

  it.each(commandVectors.cases)('$name', async ({ command, expected }) => {
    expect(await pushed(command)).toEqual(expected)
    await server.db.pool.query('truncate screenings, screening_travellers')
    // A post has one kind of body, so that another kind is a field that is not as required.
    const isOtherKind = expected !== 'accepted' && expected.code === 'UNKNOWN_COMMAND_KIND'
    expect(await posted(command)).toEqual(isOtherKind ? { ...expected, code: 'INVALID_INPUT' } : expected)
  })
})
