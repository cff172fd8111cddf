import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { brotliDecompressSync } from 'node:zlib'
import type { BodyOf } from '@guankou/contract/endpoint.ts'
import {
  confirmMatch,
  importMatches,
  listMatchLists,
  withdrawMatches,
} from '@guankou/contract/matching/endpoints.ts'
import { readDecision } from '@guankou/contract/screening/decisions.ts'
import type { PackContent, PackDelta } from '@guankou/contract/sync/pack.ts'
import { pruneMatchLists } from '@guankou/db/queries/matching/match-lists.ts'
import { applyDelta } from '@guankou/domain/sync/text-delta.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { readEveryTable } from '../../../tests-support/every-table.ts'
import { matchPhone } from '../../../tests-support/match-phone.ts'
import { healthyTraveller, recordAnHourAgo } from '../../../tests-support/overrides.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
  testNowMs,
} from '../../../tests-support/test-server.ts'

const city = 440400
const msPerHour = 3_600_000
const msPerDay = 24 * msPerHour
const onTheList = '44040219900101123X'
const plate = '粤C·8F123'

const list = (more: Partial<BodyOf<typeof importMatches>> = {}): BodyOf<typeof importMatches> => ({
  jurisdiction: city,
  title: { zh: '居家隔离名单', en: 'Home quarantine' },
  reason: 'quarantine-order',
  until: new Date(testNowMs + 10 * msPerDay).toISOString(),
  basis: '珠海防疫指挥部 2020 年第 12 号通告',
  csv: `kind,number,reason\ndocument,${onTheList},\nplate,${plate},arrived-from-area\nshoe,1234,\nplate,x,\n`,
  ...more,
})

describe.each(inject('databaseServers'))('match lists on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let clerk: TestSession
  let inspector: TestSession
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    clerk = await server.signIn('screening-clerk', city)
    inspector = await server.signIn('inspector', 440402)
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })

  const bring = async (more: Partial<BodyOf<typeof importMatches>> = {}) => {
    const answer = await clerk.client.call(importMatches, { body: list(more) })
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value
  }
  const { headOf, contentOf, get } = matchPhone(() => server)
  const compare = (session: TestSession, kind: 'plate' | 'document', number: string) =>
    matchPhone(() => server).compare(session, { kind, number })
  const until = (days: number) => new Date(server.clock.now + days * msPerDay).toISOString()
  const end = (listId: string) => clerk.client.call(withdrawMatches, { body: { listId } })

  it('takes readable rows, tells the others by number, and a phone of a district then finds them', async () => {
    const { listId, added, rowsRefused, refused } = await bring()
    expect({ added, rowsRefused, refused }).toEqual({
      added: 2,
      rowsRefused: 2,
      refused: [
        { row: 4, why: 'kind' },
        { row: 5, why: 'number' },
      ],
    })
    expect(await compare(inspector, 'document', '440402 19900101 123x')).toEqual([
      { listId, title: { zh: '居家隔离名单', en: 'Home quarantine' }, reason: 'quarantine-order' },
    ])
    expect((await compare(inspector, 'plate', '粤C8F123')).map(({ reason }) => reason)).toEqual([
      'arrived-from-area',
    ])
    expect(await compare(inspector, 'plate', '粤C8F124')).toEqual([])
    await end(listId)
  })

  it('keeps no number anywhere, nor the basis in the clear', async () => {
    const { listId } = await bring()
    const tables = await readEveryTable(server.db)
    for (const { name, text } of tables)
      for (const secret of [onTheList, plate, '粤C8F123', '第 12 号'])
        expect(text.includes(secret), `${secret} in ${name}`).toBe(false)
    expect(server.logged.join('\n')).not.toContain(onTheList)
    await end(listId)
  })

  it('gives keys to those who screen and to nobody else', async () => {
    const { listId } = await bring()
    const planner = await server.signIn('duty-planner', city)
    expect((await headOf(inspector)).matchKeys.map((each) => each.listId)).toEqual([listId])
    expect((await headOf(planner)).matchKeys).toEqual([])
    const content = await contentOf(await headOf(inspector))
    expect(content).not.toContain((await headOf(inspector)).matchKeys[0]?.key)
    await end(listId)
  })

  it('has another key for each list, so that the same number has another digest', async () => {
    const [first, second] = [await bring(), await bring()]
    const content = JSON.parse(await contentOf(await headOf(inspector))) as PackContent
    const digests = content.matching?.flatMap(({ groups }) => groups.map((group) => group.digests)) ?? []
    expect(new Set(digests).size).toBe(digests.length)
    await Promise.all([end(first.listId), end(second.listId)])
  })

  it('confirms what is listed and denies what only looks like it, and audits both without the number', async () => {
    const { listId } = await bring()
    const ask = (number: string) =>
      inspector.client.call(confirmMatch, { body: { listId, kind: 'document', number } })
    expect(await ask(onTheList)).toMatchObject({ value: { listed: true, reason: 'quarantine-order' } })
    expect(await ask('440402199001011248')).toMatchObject({ value: { listed: false, reason: null } })
    const { rows } = await server.db.pool.query<{ detail: string; subject: string }>(
      "select detail, subject from audit_entries where action = 'matching.confirm' order by detail",
    )
    expect(rows).toEqual([
      { detail: 'document, listed: quarantine-order', subject: listId },
      { detail: 'document, not listed', subject: listId },
    ])
    await end(listId)
  })

  it('destroys digests and key when a list ends, and tells what it was', async () => {
    const { listId } = await bring()
    const runs = await clerk.client.call(listMatchLists, {})
    expect(runs.is === 'ok' ? runs.value.lists.find(({ id }) => id === listId) : runs).toMatchObject({
      until: new Date(testNowMs + 10 * msPerDay).toISOString(),
      plates: 1,
      documents: 1,
    })
    expect(await end(listId)).toMatchObject({ value: { takenOff: 2 } })
    const { rows } = await server.db.pool.query<{ left: unknown }>(
      'select (select count(*) from match_entries where list_id = $1) + (select count(*) from match_list_keys where list_id = $1) as left',
      [listId],
    )
    expect(rows.map((row) => Number(row.left))).toEqual([0])
    expect(await compare(inspector, 'document', onTheList)).toEqual([])
    expect(await end(listId)).toMatchObject({ is: 'refused', error: { code: 'UNKNOWN_MATCH_LIST' } })
    const told = await clerk.client.call(listMatchLists, {})
    expect(told.is === 'ok' ? told.value.lists.find(({ id }) => id === listId) : told).toMatchObject({
      plates: 0,
      documents: 0,
      ended: { ground: 'withdrawn' },
    })
  })

  it('keeps what a traveller was found on, and decides again by it however the list has gone on', async () => {
    const { listId } = await bring()
    const listed = [{ listId, reason: 'quarantine-order' as const, confirmed: true }]
    const people = [healthyTraveller({ listed }), healthyTraveller({ seat: 2 })]
    const { id } = await recordAnHourAgo(server, people, 77, { rulesVersion: 5 })
    await end(listId)
    const lead = await server.signIn('post-lead', 440402)
    const decision = async () => {
      const answer = await lead.client.call(readDecision, { query: { screening: id } })
      if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
      return answer.value
    }
    expect(await decision()).toMatchObject({
      disposition: 'home-quarantine',
      differences: [],
      travellers: [
        {
          listed: [{ reason: 'quarantine-order', confirmed: true }],
          ruleIds: ['R10', 'R11'],
          bound: 'second-check',
        },
        { listed: [], disposition: 'passed' },
      ],
    })
    await server.db.pool.query(
      `update screening_travellers set listed = null where screening_id = $1 and seat = 1`,
      [id],
    )
    const { differences } = await decision()
    expect(differences.map(({ seat, part, replayed }) => [seat, part, replayed])).toEqual([
      [0, 'disposition', 'passed'],
      [1, 'disposition', 'passed'],
      [1, 'rule-ids', ''],
    ])
  })

  it('takes one person off a list, and replaces a list in one step', async () => {
    const { listId } = await bring()
    const off = await clerk.client.call(withdrawMatches, {
      body: { listId, entries: [{ kind: 'document', number: '44040219900101123x' }] },
    })
    expect(off).toMatchObject({ value: { takenOff: 1 } })
    expect(await compare(inspector, 'document', onTheList)).toEqual([])
    const next = await bring({ replaces: listId })
    const heads = await headOf(inspector)
    expect(heads.matchKeys.map((each) => each.listId)).toEqual([next.listId])
    const joined = await bring({ listId: next.listId, csv: 'kind,number\nplate,粤CA0001\nplate,粤CA0001\n' })
    expect(joined).toMatchObject({ listId: next.listId, added: 1, known: 1 })
    await end(next.listId)
  })

  it('is over by itself: entries and keys are gone after their time', async () => {
    const { listId } = await bring({ until: until(1 / 24) })
    server.clock.now += 2 * msPerHour
    expect(await compare(inspector, 'document', onTheList)).toEqual([])
    expect(await pruneMatchLists(server.db.query, new Date(server.clock.now + 21 * msPerDay))).toBe(2)
    const { rows } = await server.db.pool.query('select list_id from match_list_keys where list_id = $1', [
      listId,
    ])
    expect(rows).toEqual([])
    server.clock.now -= 2 * msPerHour
  })

  it('refuses a list that would run too long, of another area, or that is no list', async () => {
    const attempt = async (session: TestSession, more: Partial<BodyOf<typeof importMatches>>) => {
      const answer = await session.client.call(importMatches, { body: list(more) })
      return answer.is === 'refused' ? answer.error.code : answer.is
    }
    const district = await server.signIn('screening-clerk', 440403)
    expect(await attempt(clerk, { until: until(22) })).toBe('INVALID_INPUT')
    expect(await attempt(clerk, { csv: 'number\n1234567' })).toBe('MATCH_FILE_UNREADABLE')
    expect(await attempt(district, {})).toBe('OUTSIDE_AREA')
    expect(await attempt(clerk, { listId: '016fd2d1-42d0-7881-8034-84e6d1c4acd0' })).toBe(
      'UNKNOWN_MATCH_LIST',
    )
  })

  it('sends content that anything may keep, and the change to it as a delta', async () => {
    const rows = Array.from(
      { length: 3_000 },
      (_, n) => `document,44040219800101${String(n).padStart(4, '0')}`,
    )
    const { listId } = await bring({ csv: `kind,number\n${rows.join('\n')}\n` })
    const before = await headOf(inspector)
    const old = await contentOf(before)
    await bring({ listId, csv: `kind,number\ndocument,${onTheList}\n` })
    const after = await headOf(inspector)
    expect(after.version).not.toBe(before.version)
    const query = `division=${after.area}&from=${before.version}&to=${after.version}`
    const answer = await get(`/api/sync/pack-delta?${query}`, { 'accept-encoding': 'identity' })
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const text = await answer.text()
    expect(text.length).toBeLessThan(500)
    const made = applyDelta(old, JSON.parse(text) as PackDelta) ?? ''
    expect(made).toBe(await contentOf(after))
    expect(createHash('sha256').update(made).digest('hex')).toBe(after.version)
    const gone = await get(`/api/sync/pack-content?division=440402&version=${'0'.repeat(64)}`)
    expect([gone.status, ((await gone.json()) as { code: string }).code]).toEqual([404, 'PACK_VERSION_GONE'])
    await end(listId)
  })

  it('compresses content once and says so', async () => {
    const head = await headOf(inspector)
    const { encoding, bytes } = await new Promise<{ encoding: string; bytes: Buffer }>((resolve, reject) => {
      request(
        `${server.address}/api/sync/pack-content?division=${head.area}&version=${head.version}`,
        { headers: { 'accept-encoding': 'gzip, br' } },
        (answer) => {
          const chunks: Buffer[] = []
          answer.on('data', (chunk: Buffer) => chunks.push(chunk))
          answer.on('end', () =>
            resolve({ encoding: String(answer.headers['content-encoding']), bytes: Buffer.concat(chunks) }),
          )
        },
      )
        .on('error', reject)
        .end()
    })
    expect(encoding).toBe('br')
    expect(brotliDecompressSync(bytes).toString()).toBe(await contentOf(head))
  })

  it('answers 304 to a phone that holds what is in force', async () => {
    const { version } = await headOf(inspector)
    const answer = await get('/api/sync/pack-head', {
      authorization: `Bearer ${inspector.token}`,
      'if-none-match': `"${version}"`,
    })
    expect(answer.status).toBe(304)
  })
})
