import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  anExport,
  aStop,
  downloadFile,
  exportCity,
  makeExport,
  recordAll,
} from '../../tests-support/exports.ts'
import { runCli } from '../../tests-support/run-cli.ts'
import { demoCityTemplate, startTestServer } from '../../tests-support/test-server.ts'

const [server] = inject('databaseServers')
const env = { GUANKOU_MASTER_KEY: Buffer.alloc(32, 9).toString('base64') }

describe('guankou export trace', () => {
  let folder: string
  let database: TestDatabase
  let id: string
  let rows: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guankou-export-'))
    database = await createTestDatabase(server?.url ?? '', demoCityTemplate)
    const keySettings = { keyFolder: join(folder, 'keys'), env }
    const own = await startTestServer({ databaseUrl: database.url, keySettings })
    await recordAll(own, [aStop(1, '2020-02-08T02:00:00.000Z', [{ name: '张三' }, { name: '李四' }])])
    const clerk = await own.signIn('screening-clerk', exportCity)
    id = await makeExport(own, clerk, anExport())
    rows = (await downloadFile(own, clerk, id, 'csv')).content.toString()
    await own.close()
  })
  afterAll(async () => {
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  })
  const trace = (file: string, ...more: string[]) =>
    runCli(['export', 'trace', file, ...more, '--database-url', database.url, '--data-folder', folder], env)

  it('says list, recipient, purpose and download of one row in a file', async () => {
    const leak = join(folder, 'leak.txt')
    await writeFile(leak, rows.split('\r\n')[3] ?? '')
    const told = await trace(leak)
    expect(told.code, told.stderr).toBe(0)
    for (const word of [id, '香洲区疾控中心', '测试', 'contact-tracing', '2020-02-10T04:00:00.000Z (csv)'])
      expect(told.stdout).toContain(word)
    expect(told.stdout + told.stderr).not.toContain('张三')
    const json = await trace(leak, '--json')
    expect(JSON.parse(json.stdout)).toMatchObject({
      lines: 1,
      matches: [{ way: 'ref', exportId: id, rows: 1 }],
    })
  })

  it('ends with 1 where nothing came from us, and with 2 where there is nothing to read', async () => {
    const other = join(folder, 'other.txt')
    await writeFile(other, '赵六,13800000000\n')
    expect(await trace(other)).toMatchObject({ code: 1 })
    expect(await trace(join(folder, 'missing.txt'))).toMatchObject({ code: 2 })
  })
})
