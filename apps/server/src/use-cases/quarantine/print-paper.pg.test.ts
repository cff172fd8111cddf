import { printQuarantine } from '@guankou/contract/quarantine/endpoints.ts'
import { readOwnQuarantine } from '@guankou/contract/quarantine/own.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { textOfPdf } from '../../../tests-support/pdf-text.ts'
import { anOrder, aStep, quarantineDesk, quarantineDistrict } from '../../../tests-support/quarantine.ts'
import { demoCityTemplate, startTestServer, type TestServer } from '../../../tests-support/test-server.ts'

const [first] = inject('databaseServers')
const dayMs = 86_400_000

describe('papers of a quarantine', () => {
  let database: TestDatabase
  let server: TestServer
  let desk: ReturnType<typeof quarantineDesk>
  beforeAll(async () => {
    database = await createTestDatabase(first?.url ?? '', demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    desk = quarantineDesk(server)
  }, 120_000)
  afterAll(async () => {
    await server?.close()
    await database?.drop()
  })

  const print = async (id: string, paper: 'notice' | 'certificate') => {
    const { token } = await server.signIn('community-street', quarantineDistrict)
    return fetch(`${server.address}${printQuarantine.path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'x-guankou-client': 'console',
      },
      body: JSON.stringify({ jurisdiction: quarantineDistrict, id, paper }),
    })
  }
  const textOf = async (answer: Response): Promise<string> => {
    expect(answer.headers.get('content-type')).toContain('application/pdf')
    return textOfPdf(Buffer.from(await answer.arrayBuffer()))
  }

  it('are a notice while it lasts, in both languages, with every character of the name', async () => {
    const person = {
      name: '欧阳𬭎龑',
      document: { kind: 'passport' as const, number: 'QX889977' },
      address: '香洲区吉大街道某小区 3 栋 1204',
    }
    const order = anOrder(server.clock.now, { person })
    await desk.order(order)
    const answer = await print(order.id, 'notice')
    expect(answer.status).toBe(200)
    const text = await textOf(answer)
    for (const words of [
      '隔离医学观察告知书',
      'Notice of quarantine',
      '欧阳𬭎龑',
      'QX889977',
      '香洲区吉大街道某小区 3 栋 1204',
      '2020-02-22',
      '2020-02-23 00:00',
      '07:00–10:00  16:00–20:00',
      '传染病防治法',
    ])
      expect(text.replaceAll('\n', '')).toContain(words)
    expect((await print(order.id, 'certificate')).status).toBe(409)
    const secret = await desk.secretOf(quarantineDistrict, order.id)
    const street = await desk.as('community-street', quarantineDistrict)
    expect(await street.call(readOwnQuarantine, { body: { secret } })).toMatchObject({
      value: { seenBy: [{ role: 'community-street', fields: ['name', 'document', 'address'] }] },
    })
  })

  it('are a certificate once the days are done, and none where it became a case', async () => {
    const order = anOrder(server.clock.now)
    const other = anOrder(server.clock.now)
    await desk.order(order)
    await desk.order(other)
    await desk.act(aStep(other, 'quarantine.release', server.clock.now, { reason: 'case' }))
    server.clock.now += 13 * dayMs
    const done = aStep(order, 'quarantine.release', server.clock.now, { reason: 'completed' })
    expect(await desk.act(done)).toMatchObject({ is: 'ok' })
    const text = await textOf(await print(order.id, 'certificate'))
    for (const words of [
      '解除隔离医学观察证明',
      'Certificate of release',
      '欧阳隔离',
      '2020-02-23 12:00',
      '期满解除',
    ])
      expect(text.replaceAll('\n', '')).toContain(words)
    expect(text).not.toContain('1204')
    expect((await print(order.id, 'notice')).status).toBe(409)
    expect((await print(other.id, 'certificate')).status).toBe(409)
  })
})
