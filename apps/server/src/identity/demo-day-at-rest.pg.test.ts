import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { pushCommands } from '@guankou/contract/sync/push.ts'
import { startEmbeddedPostgres } from '@guankou/db/embedded/start-embedded-postgres.ts'
import { drawScreenings } from '@guankou/simulator/arrivals/draw-screenings.ts'
import { zhuhaiScenario } from '@guankou/simulator/cities/zhuhai-2020/scenario.ts'
import { buildZhuhaiCity } from '@guankou/simulator/cities/zhuhai-2020/zhuhai.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEveryTable } from '../../tests-support/every-table.ts'
import { demoCityTemplate, startTestServer, type TestServer } from '../../tests-support/test-server.ts'
import { findTrafficActor } from '../demo/traffic.ts'

const from = Date.parse('2020-02-09T22:00:00.000Z')
const minutes = 12
const freeText = '欧阳备注：隔壁住着令狐冲，电话十三八'

/** What travellers gave, and plates, in the forms in which they are kept or could be. */
const secretsOf = (commands: readonly RecordScreening[]): ReadonlySet<string> => {
  const secrets = new Set<string>([freeText, '令狐冲'])
  for (const { conveyance, travellers } of commands) {
    if (conveyance.plate !== undefined) secrets.add(conveyance.plate)
    // Shorter ones turn up in any large text by chance.
    for (const { name, phone, document } of travellers)
      for (const text of [name, phone, phone?.replaceAll(/[ +-]/g, ''), document.number])
        if (text !== undefined && Buffer.byteLength(text) >= 6) secrets.add(text)
  }
  return secrets
}

const filesIn = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

describe('a day of the demo city', () => {
  let folder: string
  let postgres: Awaited<ReturnType<typeof startEmbeddedPostgres>>
  let server: TestServer
  let commands: readonly RecordScreening[]
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guankou-at-rest-'))
    postgres = await startEmbeddedPostgres({ dataFolder: folder })
    await demoCityTemplate.fill(postgres.url)
    server = await startTestServer({ databaseUrl: postgres.url })
    const { city } = buildZhuhaiCity()
    const [response] = server.context.reference.current().responses
    if (response === undefined) throw new Error('the demo city has no response')
    const rulesVersion = response.ruleSets.at(-1)?.version ?? 1
    const scenario = zhuhaiScenario(city.posts)
    const untilMs = from + minutes * 60_000
    commands = [
      ...drawScreenings({ city, response, rulesVersion, scenario, seed: 11, fromMs: from, untilMs }),
    ]
    const actor = await findTrafficActor(server.db)
    await Promise.all(commands.map((command) => server.context.recorder.record(actor, command)))
    const phone = await server.signIn('commander', 440400)
    await phone.send({
      path: '/api/responses/renew-collection',
      body: {
        responseId: response.id,
        afterVersion: 0,
        collectionUntil: '2020-05-01',
        ground: 'cases-in-the-city',
        note: freeText,
      },
    })
    // Refused ones travel the same ways and must leave no more behind.
    const device = { id: '6f1c1b1e-5d0a-4f0e-9b1a-000000000009', label: 'Test phone' }
    const inspector = await server.signIn('inspector', 440402, device)
    await inspector.send({
      path: pushCommands.path,
      body: {
        deviceId: device.id,
        sentAt: new Date(server.clock.now).toISOString(),
        outbox: { queued: 0, rejected: 0, unreadable: 0 },
        commands: commands.slice(0, 20).map((command) => ({ ...command, postId: 99_999 })),
      },
    })
    await server.context.access.denials.flush()
    await server.db.pool.query('checkpoint')
  })
  afterAll(async () => {
    await server?.close()
    await postgres?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('leaves no identity in any table or line of the log', async () => {
    const secrets = secretsOf(commands)
    expect(commands.length).toBeGreaterThan(50)
    expect(secrets.size).toBeGreaterThan(100)
    const texts = [...(await readEveryTable(server.db)), { name: 'log', text: server.logged.join('\n') }]
    const found = texts.flatMap(({ name, text }) =>
      [...secrets].filter((secret) => text.includes(secret)).map((secret) => `${name}: ${secret}`),
    )
    expect(found).toEqual([])
  })

  it('leaves none in the files of the database, log of what was written included', async () => {
    const secrets = [...secretsOf(commands)].map((secret) => Buffer.from(secret))
    const files = await filesIn(join(folder, 'postgres'))
    expect(files.some((file) => file.includes('pg_wal'))).toBe(true)
    const found: string[] = []
    for (const file of files) {
      const bytes = await readFile(file).catch(() => Buffer.alloc(0))
      for (const secret of secrets) if (bytes.includes(secret)) found.push(`${file}: ${secret.toString()}`)
    }
    expect(found).toEqual([])
  })

  it('is searched well: what is not secret is found in both', async () => {
    const tables = await readEveryTable(server.db)
    const id = commands[0]?.id ?? ''
    expect(tables.some(({ text }) => text.includes(id))).toBe(true)
    const bytes = Buffer.from(id.replaceAll('-', ''), 'hex')
    const holding = await Promise.all(
      (await filesIn(join(folder, 'postgres'))).map(async (file) =>
        (await readFile(file).catch(() => Buffer.alloc(0))).includes(bytes),
      ),
    )
    expect(holding.filter(Boolean).length).toBeGreaterThan(1)
  })
})
