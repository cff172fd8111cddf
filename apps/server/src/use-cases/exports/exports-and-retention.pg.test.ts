import { withoutInvisible } from '@guankou/domain/exports/invisible-mark.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { openReason } from '#src/use-cases/identity/seal-access.ts'
import { runRetention } from '#src/use-cases/retention/run-retention.ts'
import {
  anExport,
  aStop,
  downloadFile,
  exportCity,
  makeExport,
  recordAll,
} from '../../../tests-support/exports.ts'
import { demoCityTemplate, startTestServer, type TestServer } from '../../../tests-support/test-server.ts'

const [postgres] = inject('databaseServers')
let database: TestDatabase
let server: TestServer

beforeAll(async () => {
  database = await createTestDatabase(postgres?.url ?? '', demoCityTemplate)
  server = await startTestServer({ databaseUrl: database.url })
  for (const [serial, day, name, phone] of [
    [1, '2020-02-09', '张三', '138 0000 0001'],
    [2, '2020-02-11', '李四', '138 0000 0002'],
  ] as const) {
    // A day is kept from when it was first recorded.
    server.clock.now = Date.parse(`${day}T04:00:00.000Z`)
    await recordAll(server, [aStop(serial, `${day}T02:00:00.000Z`, [{ name, phone }])])
  }
})
afterAll(async () => {
  await server.close()
  await database.drop()
})

const rowsOf = async (id: string): Promise<readonly (readonly string[])[]> => {
  const commander = await server.signIn('commander', exportCity)
  const { content } = await downloadFile(server, commander, id, 'csv')
  return (parse(content, { bom: true, relax_column_count: true }) as string[][]).slice(3, -2)
}
const trace = async (text: string): Promise<readonly string[]> => {
  const auditor = await server.signIn('auditor', exportCity)
  const { json } = await auditor.send({ path: '/api/exports/trace', body: { text } })
  return (json as { matches: { way: string }[] }).matches.map(({ way }) => way)
}
const destroyWhatIsDue = async (): Promise<void> => {
  const { db, keys, clock, context } = server
  const parts = { db, keys, reference: context.reference.current(), now: () => clock.now, by: 'a test' }
  while ((await runRetention({ ...parts, forget: context.identity.sealer.forget })) === undefined)
    await new Promise((resolve) => setTimeout(resolve, 10))
}

it('a list loses the rows of a day whose key is destroyed, and a leak of them is traced by reference alone', async () => {
  server.clock.now = Date.parse('2020-03-05T04:00:00.000Z')
  const commander = await server.signIn('commander', exportCity)
  const columns = ['occurred-at', 'name', 'phone'] as const
  const request = anExport({
    purpose: 'legal-request',
    fromDay: '2020-02-09',
    toDay: '2020-02-11',
    columns: [...columns],
  })
  const id = await makeExport(server, commander, request)
  const [first, second] = (await rowsOf(id)).map((cells) => cells.map(withoutInvisible))
  expect([first?.[2], second?.[2]]).toEqual(['张三', '李四'])
  expect(await trace(first?.slice(1).join('\t') ?? '')).toEqual(['same-row'])

  server.clock.now = Date.parse('2020-03-09T04:00:00.000Z')
  await destroyWhatIsDue()
  expect((await rowsOf(id)).map((cells) => withoutInvisible(cells[2] ?? ''))).toEqual(['李四'])
  expect(await trace(first?.slice(1).join('\t') ?? '')).toEqual([])
  expect(await trace(first?.[0] ?? '')).toEqual(['ref'])
  expect(await trace(second?.slice(1).join('\t') ?? '')).toEqual(['same-row'])

  const { rows } = await server.db.pool.query(
    'select *, reason_sealed as "reasonSealed" from identity_accesses where export_id = $1 order by occurred_at',
    [id],
  )
  const reasons = []
  for (const row of rows) reasons.push(await openReason(server.context.identity.sealer, row))
  expect(reasons).toEqual([null, request.reason])
})
