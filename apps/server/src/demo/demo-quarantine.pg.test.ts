import { type QuarantineState, quarantineStates } from '@guankou/contract/quarantine/vocabulary.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { quarantineDesk } from '../../tests-support/quarantine.ts'
import { demoCityTemplate, startTestServer, type TestServer } from '../../tests-support/test-server.ts'
import { orderDemoQuarantine } from './demo-quarantine.ts'
import { quarantineStories } from './quarantine-stories.ts'

const [first] = inject('databaseServers')

/** Hours of the local day at which a demo is started: parts of a day begin before an order as well as after it. */
describe.each([0, 5, 11, 17, 23])('quarantine in the demo city that was begun %i hours later', (hours) => {
  let database: TestDatabase
  let server: TestServer
  beforeAll(async () => {
    database = await createTestDatabase(first?.url ?? '', demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    // Far enough into the epidemic that people have been released.
    server.clock.now += 30 * 86_400_000 + hours * 3_600_000
    await orderDemoQuarantine(server.context)
  }, 120_000)
  afterAll(async () => {
    await server?.close()
    await database?.drop()
  })

  it('has people in every state, and begins once', async () => {
    await orderDemoQuarantine(server.context)
    const { lines, overdue, endings } = await quarantineDesk(server).board(440400)
    const states = new Set<QuarantineState>(lines.map(({ state }) => state))
    expect(quarantineStates.filter((state) => !states.has(state))).toEqual([])
    // The one that is handed on within the city has an episode in either district.
    expect(lines).toHaveLength(quarantineStories.length + 1)
    expect(overdue).toBeGreaterThan(0)
    expect(endings).toMatchObject({ completed: 2, early: 1, case: 1, mistake: 1, moved: 1 })
  })
})
