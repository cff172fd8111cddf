import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beginDigestGeneration } from '@guankou/db/queries/identity/data-keys.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aHouseholdFact } from '../../tests-support/household-facts.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
  testNowMs,
} from '../../tests-support/test-server.ts'
import { openKeyCustody } from './key-custody.ts'
import { redigest } from './redigest.ts'

const district = 440402

describe.each(inject('databaseServers'))('households after a rotation on $name', ({ url }) => {
  let database: TestDatabase
  let folder: string
  let server: TestServer
  const start = () =>
    startTestServer({ databaseUrl: database.url, keySettings: { keyFolder: folder, env: {} } })
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    folder = await mkdtemp(join(tmpdir(), 'guankou-redigest-'))
    server = await start()
  }, 120_000)
  afterAll(async () => {
    await server?.close()
    await database?.drop()
    await rm(folder, { recursive: true, force: true })
  })

  it('are found by document, phone and address as before, and a second run finds nothing to do', async () => {
    const worker: TestSession = await server.signIn('community-street', district)
    const planner = await server.signIn('duty-planner', 440400)
    const { rows: cells } = await server.db.pool.query<{ id: number }>(
      'select id from grid_cells where jurisdiction = $1 order by id limit 1',
      [district],
    )
    const cell = cells[0]?.id ?? 0
    await planner.send({
      path: '/api/households/teams',
      body: {
        jurisdiction: district,
        teamId: 1,
        version: 1,
        name: { zh: '组', en: 'Team' },
        accountIds: [worker.actor.accountId],
        gridCellIds: [cell],
      },
    })
    const address = { estate: '翠湖苑', building: '3栋', door: '501' }
    const document = { kind: 'resident-id' as const, number: '440402187001010014' }
    const home = aHouseholdFact({ is: 'household-opened', gridCellId: cell, address })
    const member = { name: '甲', relation: 'head' as const, document, phone: '02611112222' }
    for (const body of [home, aHouseholdFact({ is: 'member-added', member }, { householdId: home.id })])
      await worker.send({ path: '/api/households/facts', body })
    expect(await beginDigestGeneration(server.db.query)).toBeGreaterThan(0)
    const parts = {
      db: server.db,
      keys: await openKeyCustody({ keyFolder: folder, env: {} }),
      reference: server.context.reference.current(),
      now: () => testNowMs,
      maySettle: true,
    }
    expect((await redigest(parts)).rows).toBe(4)
    expect((await redigest(parts)).rows).toBe(0)
    await server.close()
    server = await start()
    const again = await server.signIn('community-street', district)
    const search = async (body: object) =>
      (
        (
          await again.send({
            path: '/api/households/duplicates',
            body: { jurisdiction: district, ...body },
          })
        ).json as { found: { householdId: string }[] }
      ).found.map(({ householdId }) => householdId)
    expect(await search({ address })).toEqual([home.id])
    expect(await search({ phone: '02611112222' })).toEqual([home.id])
    expect(await search({ document })).toEqual([home.id])
  })
})
