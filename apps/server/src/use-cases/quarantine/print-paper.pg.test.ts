import { createClient } from '@guankou/contract/client.ts'
import { printQuarantine } from '@guankou/contract/quarantine/endpoints.ts'
import { readOwnQuarantine } from '@guankou/contract/quarantine/own.ts'
import { checkRelease } from '@guankou/contract/quarantine/released.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readEpisode } from '@guankou/db/queries/quarantine/episodes.ts'
import { withReleaseSignature } from '@guankou/domain/quarantine/release-slip.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { textOfPdf } from '../../../tests-support/pdf-text.ts'
import { anOrder, aStep, quarantineDesk, quarantineDistrict } from '../../../tests-support/quarantine.ts'
import { demoCityTemplate, startTestServer, type TestServer } from '../../../tests-support/test-server.ts'
import { episodeKey, followEpisode } from './episode-scope.ts'
import { releaseCodeOf } from './release-code.ts'

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
      '联系电话（手写）',
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
    expect(text.replaceAll('\n', '')).toContain(`请先看清打开的网址属于 ${new URL(server.address).host}`)
    expect((await print(order.id, 'notice')).status).toBe(409)
    expect((await print(other.id, 'certificate')).status).toBe(409)
  })

  it('carry a code by which anyone finds out whether a certificate is genuine, and no full identity', async () => {
    const person = {
      name: '欧阳查验',
      document: { kind: 'passport' as const, number: 'QX889977' },
      address: '香洲区吉大街道某小区 3 栋 1204',
    }
    const order = anOrder(server.clock.now, { person })
    await desk.order(order)
    server.clock.now += 60_000
    const early = { reason: 'early', note: '专家组同意' }
    await desk.act(aStep(order, 'quarantine.release', server.clock.now, early))
    const releasedMs = server.clock.now
    server.clock.now += 60_000
    const code = async () => {
      const read = await inArea(server.context.db, quarantineDistrict, (tx) =>
        readEpisode(tx, episodeKey(quarantineDistrict, order.id)),
      )
      if (read === undefined) throw new Error('no such order')
      const followed = followEpisode(server.context.reference.current(), read, server.clock.now)
      return releaseCodeOf(server.context, followed, { name: person.name, document: 'QX889977' })
    }
    const text = await code()
    for (const word of ['欧阳', '889977', order.id]) expect(text).not.toContain(word)
    const check = async (typed: string) => {
      const anyone = createClient(fetch, { base: server.address, front: 'portal' })
      const answer = await anyone.call(checkRelease, { body: { text: typed } })
      if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
      return answer.value
    }
    const genuine = await check(`${server.address}/portal/released#${text}`)
    expect(genuine).toEqual({
      verdict: 'genuine',
      certificate: {
        serial: order.id.slice(-12).toUpperCase(),
        person: [
          { field: 'name', masked: '欧**' },
          { field: 'document', masked: '****9977' },
        ],
        district: { zh: '香洲区', en: 'Xiangzhou' },
        releasedAt: new Date(Math.floor(releasedMs / 60_000) * 60_000).toISOString(),
        issuedAt: new Date(Math.floor(server.clock.now / 60_000) * 60_000).toISOString(),
        expiresAt: expect.any(String),
        timeZone: 'Asia/Shanghai',
      },
    })
    const [mark, body = '', signature = ''] = text.split(':')
    // A letter in the middle of the document number.
    const changed = `${mark}:${body.slice(0, 40)}${body[40] === 'A' ? 'B' : 'A'}${body.slice(41)}:${signature}`
    expect(await check(changed)).toEqual({ verdict: 'forged', certificate: null })
    expect(await check(text.slice(0, -3))).toEqual({ verdict: 'unreadable', certificate: null })
    const declared = server.context.identity.declarations.sign(`${mark}:${body}`)
    expect(await check(withReleaseSignature(`${mark}:${body}`, declared))).toMatchObject({
      verdict: 'forged',
    })
    server.clock.now += 181 * dayMs
    expect(await check(text)).toMatchObject({
      verdict: 'expired',
      certificate: { person: [{ masked: '欧**' }, {}] },
    })
    const { rows } = await server.db.pool.query(
      "select subject, account_id, detail from audit_entries where action = 'quarantine.released' order by seq",
    )
    expect(new Set(rows.map(({ subject, account_id }) => subject ?? account_id))).toEqual(new Set([null]))
    expect(rows.at(-1)).toMatchObject({ detail: 'expired' })
  })
})
