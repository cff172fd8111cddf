import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beginDigestGeneration } from '@guankou/db/queries/identity/data-keys.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { anOrder, codeOf, quarantineDesk } from '../../tests-support/quarantine.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  testNowMs,
} from '../../tests-support/test-server.ts'
import { openKeyCustody } from './key-custody.ts'
import { redigest } from './redigest.ts'

describe.each(inject('databaseServers'))('quarantine after a rotation on $name', ({ url }) => {
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

  it('still knows who was in quarantine before', async () => {
    const first = anOrder(testNowMs - 60_000)
    expect(codeOf(await quarantineDesk(server).order(first))).toBe('ok')
    expect(await beginDigestGeneration(server.db.query)).toBeGreaterThan(0)
    const parts = {
      db: server.db,
      keys: await openKeyCustody({ keyFolder: folder, env: {} }),
      reference: server.context.reference.current(),
      now: () => testNowMs,
      maySettle: true,
    }
    expect((await redigest(parts)).rows).toBe(2)
    expect((await redigest(parts)).rows).toBe(0)
    await server.close()
    server = await start()
    const desk = quarantineDesk(server)
    const second = anOrder(testNowMs)
    expect(codeOf(await desk.order(second))).toBe('ok')
    const file = await desk.file(second.jurisdiction, second.id)
    expect(JSON.stringify(file)).toContain(first.id)
  })
})
