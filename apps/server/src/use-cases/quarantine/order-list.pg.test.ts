import {
  confirmMatch,
  importMatches,
  listMatchLists,
  withdrawMatches,
} from '@guankou/contract/matching/endpoints.ts'
import { actOnQuarantine } from '@guankou/contract/quarantine/endpoints.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { readEveryTable } from '../../../tests-support/every-table.ts'
import { matchPhone } from '../../../tests-support/match-phone.ts'
import {
  anOrder,
  aStep,
  codeOf,
  quarantineDesk,
  quarantineDistrict,
} from '../../../tests-support/quarantine.ts'
import { demoCityTemplate, startTestServer, type TestServer } from '../../../tests-support/test-server.ts'
import { followTheClock } from './follow-the-clock.ts'

const neighbour = 440403
const hourMs = 3_600_000
const dayMs = 24 * hourMs

let serial = 0
/** Somebody with a document of their own. */
const somebody = () => {
  serial += 1
  const number = `QL${String(700_000 + serial)}`
  const document = { kind: 'passport' as const, number }
  return { number, person: { name: '令在身', document, address: '香洲区吉大街道某小区 3 栋 1204' } }
}

describe.each(inject('databaseServers'))('orders on the match lists, on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let desk: ReturnType<typeof quarantineDesk>
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    desk = quarantineDesk(server)
  }, 120_000)
  afterAll(async () => {
    await server?.close()
    await database?.drop()
  })

  const phone = matchPhone(() => server)
  const ordered = async (overrides: Parameters<typeof anOrder>[1] = {}) => {
    const order = anOrder(server.clock.now, overrides)
    expect(codeOf(await desk.order(order))).toBe('ok')
    return order
  }
  /** Why the phone of an inspector of a district asks somebody, after the clock went round. */
  const askedFor = async (number: string, district = quarantineDistrict) => {
    await followTheClock(server.context)
    const inspector = await server.signIn('inspector', district)
    const found = await phone.compare(inspector, { kind: 'document', number })
    return found.map(({ reason }) => reason)
  }
  const release = (order: { id: string; jurisdiction: number }, reason: string) => {
    const words = reason === 'completed' ? {} : { note: '专家组同意，提前解除' }
    return desk.act(aStep(order, 'quarantine.release', server.clock.now, { reason, ...words }))
  }
  const lists = async () => {
    const clerk = await server.signIn('screening-clerk', quarantineDistrict)
    const answer = await clerk.client.call(listMatchLists, {})
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return { clerk, kept: answer.value.lists.filter(({ kept }) => kept !== null) }
  }
  const runningList = async () => {
    const { clerk, kept } = await lists()
    const list = kept.find(({ ended }) => ended === null)
    if (list === undefined) throw new Error('no list is kept')
    return { clerk, list }
  }
  beforeEach(() => {
    server.clock.now += hourMs
  })

  it('are met at a post as soon as they are given, and not after a release', async () => {
    const { number, person } = somebody()
    expect(await askedFor(number)).toEqual([])
    const order = await ordered({ person })
    expect(await askedFor(number.toLowerCase())).toEqual(['quarantine-order'])
    expect(await askedFor('QL999999')).toEqual([])
    const { list } = await runningList()
    const inspector = await server.signIn('inspector', quarantineDistrict)
    const body = { listId: list.id, kind: 'document' as const, number }
    expect(await inspector.client.call(confirmMatch, { body })).toMatchObject({
      value: { listed: true, reason: 'quarantine-order' },
    })
    expect(codeOf(await release(order, 'early'))).toBe('ok')
    expect(await askedFor(number)).toEqual([])
  })

  it('are gone at once where one was given by mistake', async () => {
    const { number, person } = somebody()
    const order = await ordered({ person })
    expect(await askedFor(number)).toEqual(['quarantine-order'])
    expect(codeOf(await release(order, 'mistake'))).toBe('ok')
    expect(await askedFor(number)).toEqual([])
  })

  it('run to the end of the last day, also in a pack that is older, and further where they are extended', async () => {
    const { number, person } = somebody()
    const order = await ordered({ person })
    await followTheClock(server.context)
    const { lastDay } = (await desk.file(quarantineDistrict, order.id)).line
    const endMs = Date.parse(`${lastDay}T16:00:00.000Z`)
    const untils = async () => {
      const { rows } = await server.db.pool.query<{ until: Date }>(
        'select until from match_entries where list_id = $1',
        [(await runningList()).list.id],
      )
      return rows.map(({ until }) => until.getTime())
    }
    expect(await untils()).toContain(endMs)
    const later = new Date(Date.parse(lastDay) + 3 * dayMs).toISOString().slice(0, 10)
    const extend = { lastDay: later, reason: 'signs' }
    await desk.act(aStep(order, 'quarantine.extend', server.clock.now, extend))
    await followTheClock(server.context)
    expect(await untils()).toContain(endMs + 3 * dayMs)
    const from = server.clock.now
    server.clock.now = endMs + 2 * dayMs
    expect(await askedFor(number)).toEqual(['quarantine-order'])
    server.clock.now = endMs + 3 * dayMs
    expect(await askedFor(number)).toEqual([])
    server.clock.now = from
  })

  it('of one person follow the later one, and end with the last that is left', async () => {
    const { number, person } = somebody()
    const first = await ordered({ person })
    server.clock.now += hourMs
    const second = await ordered({ person, site: 'central' })
    expect(await askedFor(number)).toEqual(['quarantine-order'])
    await release(first, 'early')
    expect(await askedFor(number)).toEqual(['quarantine-order'])
    await release(second, 'early')
    expect(await askedFor(number)).toEqual([])
    server.clock.now += dayMs
    const again = await ordered({ person })
    expect(await askedFor(number)).toEqual(['quarantine-order'])
    await release(again, 'early')
  })

  it('go over to the district that received somebody', async () => {
    const { number, person } = somebody()
    const order = await ordered({ person })
    await desk.act(aStep(order, 'quarantine.transfer', server.clock.now, { toArea: neighbour }))
    expect(await askedFor(number)).toEqual(['quarantine-order'])
    expect(await askedFor(number, neighbour)).toEqual([])
    const { after } = await desk.file(quarantineDistrict, order.id, 'commander', 440400)
    const receive = aStep(
      { id: after?.id ?? '', jurisdiction: neighbour },
      'quarantine.receive',
      server.clock.now,
    )
    const health = await desk.as('community-health', neighbour)
    expect(codeOf(await health.call(actOnQuarantine, { body: receive }))).toBe('ok')
    await followTheClock(server.context)
    expect(await askedFor(number)).toEqual([])
    expect(await askedFor(number, neighbour)).toEqual(['quarantine-order'])
  })

  it('stay as they are for two servers at once, for rounds without news, and for one that was cut off', async () => {
    const { number, person } = somebody()
    await ordered({ person })
    await Promise.all(Array.from({ length: 4 }, () => followTheClock(server.context)))
    const entries = async () => {
      const { rows } = await server.db.pool.query(
        `select jurisdiction, list_id, count(*)::integer as entries from match_entries where reason = 'quarantine-order'
         group by 1, 2 order by 1`,
      )
      return rows
    }
    const before = await entries()
    const audits = async () =>
      (await server.db.pool.query("select 1 from audit_entries where action = 'matching.keep'")).rowCount
    const told = await audits()
    await followTheClock(server.context)
    await Promise.all([followTheClock(server.context), followTheClock(server.context)])
    expect([await entries(), await audits()]).toEqual([before, told])
    const { kept } = await lists()
    expect(kept.filter(({ ended }) => ended === null)).toHaveLength(1)
    // A round that a killed server did not end has left nothing or all of it; the next one comes to the same list.
    await server.db.pool.query('delete from match_entries where list_id = $1', [
      (await runningList()).list.id,
    ])
    expect(await askedFor(number)).toEqual(['quarantine-order'])
    expect(await entries()).toEqual(before)
  })

  it('are on a list with another key after a week, and on a new one where the key is gone', async () => {
    const { number, person } = somebody()
    const from = server.clock.now
    await followTheClock(server.context)
    const { list } = await runningList()
    server.clock.now = Date.parse(list.importedAt) + 7 * dayMs - hourMs
    await ordered({ person })
    expect(await askedFor(number)).toEqual(['quarantine-order'])
    expect((await runningList()).list.id).toBe(list.id)
    server.clock.now += hourMs
    expect(await askedFor(number)).toEqual(['quarantine-order'])
    const { list: next } = await runningList()
    expect(next.id).not.toBe(list.id)
    const { rows } = await server.db.pool.query('select 1 from match_list_keys where list_id = $1', [list.id])
    expect(rows).toEqual([])
    expect((await lists()).kept.find(({ id }) => id === list.id)?.ended?.ground).toBe('replaced')
    await server.db.pool.query('delete from match_list_keys where list_id = $1', [next.id])
    expect(await askedFor(number)).toEqual(['quarantine-order'])
    expect((await lists()).kept.filter(({ ended }) => ended === null)).toHaveLength(1)
    server.clock.now = from
  })

  it('are changed by nobody by hand, and leave room for every list that is brought', async () => {
    const { number, person } = somebody()
    await ordered({ person })
    await followTheClock(server.context)
    const { clerk, list } = await runningList()
    const entries = [{ kind: 'document' as const, number }]
    for (const body of [{ listId: list.id }, { listId: list.id, entries }])
      expect(codeOf(await clerk.client.call(withdrawMatches, { body }))).toBe('MATCH_LIST_KEPT')
    const csv = (at: number) => `kind,number\nplate,粤CA00${String(10 + at)}\n`
    const brought = (at: number, more: object = {}) => {
      const about = {
        jurisdiction: quarantineDistrict,
        title: { zh: '名单', en: 'List' },
        basis: '指挥部第十二号通告',
      }
      const until = new Date(server.clock.now + dayMs).toISOString()
      const body = { ...about, reason: 'to-be-reached' as const, until, csv: csv(at), ...more }
      return clerk.client.call(importMatches, { body })
    }
    for (const more of [{ listId: list.id }, { replaces: list.id }])
      expect(codeOf(await brought(0, more))).toBe('MATCH_LIST_KEPT')
    for (let at = 0; at < 20; at += 1) expect(codeOf(await brought(at))).toBe('ok')
    expect(codeOf(await brought(20))).toBe('MATCH_LISTS_FULL')
    expect(await askedFor(number)).toEqual(['quarantine-order'])
  })

  it('leave no number anywhere', async () => {
    const { number, person } = somebody()
    await ordered({ person })
    await followTheClock(server.context)
    for (const { name, text } of await readEveryTable(server.db))
      expect(text.includes(number), `a document in ${name}`).toBe(false)
    expect(server.logged.join('\n')).not.toContain(number)
  })
})
