import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listWorklists } from '@guankou/contract/worklists/endpoints.ts'
import { beginDigestGeneration } from '@guankou/db/queries/identity/data-keys.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  testNowMs,
} from '../../tests-support/test-server.ts'
import { takeList } from '../../tests-support/worklists.ts'
import { openKeyCustody } from './key-custody.ts'
import { redigest } from './redigest.ts'

describe.each(inject('databaseServers'))('lists after a rotation on $name', ({ url }) => {
  let database: TestDatabase
  let folder: string
  let server: TestServer
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

  const start = () =>
    startTestServer({ databaseUrl: database.url, keySettings: { keyFolder: folder, env: {} } })

  const take = async (title: string, ...lines: readonly string[]) => {
    const clerk = await server.signIn('screening-clerk', 440400)
    const file = Buffer.from(lines.join('\r\n'))
    const { listId } = await takeList({ client: clerk.client, context: server.context }, file, { title })
    const answer = await clerk.client.call(listWorklists, {})
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value.lists.find(({ id }) => id === listId)
  }

  it('know who stands on them by phone, document and plate as before', async () => {
    const rows = ['甲,02611112222,11010519491231002X', '乙,02611113333,', '丙,02611114444,440402187001010014']
    await take('旋转前', '姓名,手机,证件号码', ...rows)
    expect(await beginDigestGeneration(server.db.query)).toBeGreaterThan(0)
    const parts = {
      db: server.db,
      keys: await openKeyCustody({ keyFolder: folder, env: {} }),
      reference: server.context.reference.current(),
      now: () => testNowMs,
      maySettle: true,
    }
    const { rows: changed } = await redigest(parts)
    expect(changed).toBeGreaterThanOrEqual(2)
    expect((await redigest(parts)).rows).toBe(0)
    await server.close()
    server = await start()
    const again = await take(
      '旋转后',
      '姓名,手机,证件号码',
      '甲,02699990000,11010519491231002X',
      '乙,02611113333,',
      '丁,02611115555,',
    )
    expect(again).toMatchObject({ linked: 2, open: 1 })
  })
})
