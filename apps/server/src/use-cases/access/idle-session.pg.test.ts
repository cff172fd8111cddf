import { readSession } from '@guankou/contract/access/session.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
  testNowMs,
} from '../../../tests-support/test-server.ts'

const minute = 60_000

describe.each(inject('databaseServers'))('a session that nobody calls from, on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url, signInSettings: { idleMinutes: 30 } })
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })
  beforeEach(() => {
    server.clock.now = testNowMs
  })
  const statusAfter = async (session: TestSession, minutes: number): Promise<number> => {
    server.clock.now += minutes * minute
    return (await session.send({ path: readSession.path })).status
  }

  it('ends at a desk, and stays ended', async () => {
    const session = await server.signIn('commander', 440400)
    expect(await statusAfter(session, 0)).toBe(200)
    expect(await statusAfter(session, 32)).toBe(401)
    expect(await statusAfter(session, 1)).toBe(401)
  })

  it('goes on as long as somebody calls', async () => {
    const session = await server.signIn('commander', 440400)
    for (let times = 0; times < 4; times += 1) expect(await statusAfter(session, 29)).toBe(200)
  })

  it('goes on at a phone, which locks itself', async () => {
    const device = { id: '6f1c1b1e-5d0a-4f0e-9b1a-00000000001d', label: 'Test phone' }
    const session = await server.signIn('inspector', 440402, device)
    expect(await statusAfter(session, 0)).toBe(200)
    expect(await statusAfter(session, 600)).toBe(200)
  })
})

describe.each(inject('databaseServers').slice(0, 1))('a session in the demo city, on $name', ({ url }) => {
  it('does not end before its hours', async () => {
    const database = await createTestDatabase(url, demoCityTemplate)
    const server = await startTestServer({ databaseUrl: database.url })
    try {
      const session = await server.signIn('commander', 440400)
      expect((await session.send({ path: readSession.path })).status).toBe(200)
      server.clock.now += 600 * minute
      expect((await session.send({ path: readSession.path })).status).toBe(200)
    } finally {
      await server.close()
      await database.drop()
    }
  })
})
