import type { Round } from '@guankou/contract/households/endpoints.ts'
import type { HouseholdHappening } from '@guankou/contract/households/record-household-fact.ts'
import type { PublishBody } from '@guankou/contract/rescreen/rule-versions.ts'
import { listRuleVersions, publishRules } from '@guankou/contract/rescreen/rule-versions.ts'
import { listRescreens, startRescreen } from '@guankou/contract/rescreen/runs.ts'
import type { Traveller } from '@guankou/contract/screening/record-screening.ts'
import { listWorklists, undoWorklist } from '@guankou/contract/worklists/endpoints.ts'
import { openNextCall, recordCall } from '@guankou/contract/worklists/follow-up.ts'
import { aReading, aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { aHouseholdFact } from '../../../tests-support/household-facts.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'
import { takeList } from '../../../tests-support/worklists.ts'

const city = 440400
const [xiangzhou, doumen] = [440402, 440403]
const [wenzhou, guangzhou] = [330300, 440100]
const responseId = 'covid-19-like'
const nowMs = Date.parse('2020-02-10T04:10:00.000Z')
const wenzhouHigh = { areaCode: wenzhou, level: 'high' as const, from: '2020-02-02' }

type Someone = {
  readonly name: string
  readonly phone?: string | null
  readonly document?: string
  readonly stay?: number
}

describe.each(inject('databaseServers'))('a rescreening on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let commander: TestSession
  let clerk: TestSession
  let serial = 0

  beforeEach(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url, logLevel: 'warn' })
    server.clock.now = nowMs
    commander = await server.signIn('commander', city)
    clerk = await server.signIn('screening-clerk', city)
  }, 120_000)
  afterEach(async () => {
    await server.close()
    await database.drop()
  })

  const travellerOf = (
    { name, phone, document, stay = wenzhou }: Someone,
    seat: number,
    day: string,
  ): Traveller => {
    const { phone: _, ...usual } = aTraveller({
      seat,
      name,
      origin: { code: guangzhou, evidence: 'ticket' },
      document: document === undefined ? { kind: 'none' } : { kind: 'passport', number: document },
      exposures: [{ areaCode: stay, leftOn: '2020-02-05', evidence: 'declared' }],
      readings: [aReading({ at: `${day}T02:59:50.000Z` })],
    })
    return phone === undefined || phone === null ? usual : { ...usual, phone }
  }
  const record = async (
    jurisdiction: number,
    people: readonly Someone[],
    day = '2020-02-10',
  ): Promise<string> => {
    const post = server.context.reference.current().posts.find((each) => each.jurisdiction === jurisdiction)
    const { queueVehicles: _, ...usual } = aScreening({ occurredAt: `${day}T03:00:00.000Z` }, ++serial)
    const travellers = people.map((one, at) => travellerOf(one, at + 1, day))
    const command = { ...usual, jurisdiction, postId: post?.id ?? 0, rulesVersion: 2, travellers }
    const traffic = await server.signIn('service-account', city)
    expect(await server.context.recorder.record(traffic.actor, command)).toMatchObject({ ok: true })
    return usual.id
  }
  const publishBody = (other: Partial<PublishBody> = {}): PublishBody => ({
    responseId,
    afterVersion: 4,
    added: [wenzhouHigh],
    ended: [],
    dueHours: 12,
    ...other,
  })
  /** Versions 3 and 4 of the demo are for days to come. */
  const dropLaterVersions = async (): Promise<void> => {
    await server.db.pool.query('delete from rule_sets where version > 2')
    await server.context.reference.refresh()
  }
  const publish = (other: Partial<PublishBody> = {}, who = commander) =>
    who.client.call(publishRules, {
      body: { ...publishBody({ afterVersion: 2, ...other }), aloneBecause: '夜间紧急，无第二人在岗' },
    })
  const runs = async (who = commander) => {
    const answer = await who.client.call(listRescreens, {})
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value.runs
  }
  const publishAndWait = async (other: Partial<PublishBody> = {}) => {
    const answer = await publish(other)
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    await server.context.rescreens.idle()
    return answer.value
  }

  it('lists each person whom the new version reaches once, by district, and calls them with a deadline', async () => {
    await dropLaterVersions()
    const twice = { name: '甲旅客', phone: '13800000001', document: 'E10000001' }
    await record(xiangzhou, [
      twice,
      { name: '乙旅客', phone: null, document: 'E10000002' },
      { name: '丙旅客', phone: '13800000003', document: 'E10000003', stay: guangzhou },
    ])
    await record(xiangzhou, [{ ...twice, phone: '13800009999' }])
    await record(doumen, [twice, { name: '丁旅客', phone: '13800000004', document: 'E10000004' }])
    expect(await publishAndWait()).toMatchObject({ version: 3 })
    const [run] = await runs()
    expect(run).toMatchObject({
      version: 3,
      beforeVersion: 2,
      state: 'done',
      dueAt: '2020-02-10T16:10:00.000Z',
      onFile: 6,
      handled: 5,
    })
    expect(run?.districts).toMatchObject([
      { jurisdiction: xiangzhou, selected: 3, listed: 2, linked: 1, unreadable: 0, open: 1, toVisit: 1 },
      { jurisdiction: doumen, selected: 2, listed: 1, linked: 1, open: 1, toVisit: 0, overdue: 0 },
    ])
    const names: (string | null)[] = []
    for (let calls = 0; calls < 2; calls += 1) {
      const next = await clerk.client.call(openNextCall, { body: {} })
      if (next.is !== 'ok' || next.value.call === null) throw new Error(JSON.stringify(next))
      const { listId, row, kind, name, dueAt } = next.value.call
      expect([kind, dueAt]).toEqual(['rescreen', '2020-02-10T16:10:00.000Z'])
      names.push(name)
      const body = { id: v7(), listId, row, outcome: 'reached-healthy' as const, answers: [] }
      expect(await clerk.client.call(recordCall, { body })).toMatchObject({ is: 'ok' })
    }
    expect(names.toSorted()).toEqual(['丁旅客', '甲旅客'])
    expect(await clerk.client.call(openNextCall, { body: {} })).toMatchObject({ value: { call: null } })
    expect((await runs())[0]?.districts).toMatchObject([
      { called: 1, closed: 1, open: 0, toVisit: 1 },
      { called: 1, closed: 1, open: 0 },
    ])
  })

  it('has whoever gave no phone visited where they live now, and counts those of whom no address is known', async () => {
    await dropLaterVersions()
    const street = await server.signIn('community-street', xiangzhou)
    const { rows: cells } = await server.db.pool.query<{ id: number }>(
      'select id from grid_cells where jurisdiction = $1 order by id limit 1',
      [xiangzhou],
    )
    const gridCellId = cells[0]?.id ?? 0
    const planner = await server.signIn('duty-planner', city)
    await planner.send({
      path: '/api/households/teams',
      body: {
        ...{ jurisdiction: xiangzhou, teamId: 951, version: 1, name: { zh: '小组', en: 'Team' } },
        ...{ accountIds: [street.actor.accountId], gridCellIds: [gridCellId] },
      },
    })
    let atMs = nowMs - 60_000
    const tell = async (happening: HouseholdHappening, householdId?: string): Promise<string> => {
      atMs += 1_000
      const about = { occurredAt: new Date(atMs).toISOString() }
      const body = aHouseholdFact(happening, householdId === undefined ? about : { ...about, householdId })
      expect((await street.send({ path: '/api/households/facts', body })).status).toBe(201)
      return body.id
    }
    const open = (door: string) =>
      tell({ is: 'household-opened', gridCellId, address: { estate: '翠湖苑', building: '4栋', door } })
    const [before, now, left] = [await open('101'), await open('202'), await open('303')]
    const add = (number: string, home: string) => {
      const document = { kind: 'passport' as const, number }
      return tell({ is: 'member-added', member: { name: '戊旅客', relation: 'head', document } }, home)
    }
    const mover = await add('E1000 0009', before)
    await tell({ is: 'member-moved', personId: mover, toHouseholdId: now }, before)
    await tell({ is: 'member-left', personId: await add('E10000008', left), leftFor: 'abroad' }, left)
    await record(xiangzhou, [
      { name: '戊旅客', phone: null, document: 'E10000009' },
      { name: '己旅客', phone: null, document: 'E10000008' },
      { name: '庚旅客', phone: null, document: 'E10000007' },
      { name: '辛旅客', phone: null },
    ])
    await publishAndWait()
    expect((await runs())[0]?.districts).toMatchObject([{ listed: 4, toVisit: 4, noAddress: 3 }])
    const board = await clerk.client.call(listWorklists, {})
    expect(board).toMatchObject({ value: { lists: [{ toVisit: 4, noAddress: 3 }] } })
    const answer = await street.send({ path: `/api/households/round?jurisdiction=${xiangzhou}` })
    const { doors } = answer.json as Round
    expect(doors).toMatchObject([
      { householdId: now, address: { door: '202' }, asked: [{ task: 'escalated', dueBy: '2020-02-11' }] },
    ])
  })

  it('leaves who stands on an open list to that list, and calls anew who was closed before', async () => {
    await dropLaterVersions()
    const people = [1, 2].map((n) => ({
      name: `住客${n}`,
      phone: `1380000010${n}`,
      document: `E2000000${n}`,
    }))
    const csv = ['姓名,联系电话', ...people.map(({ name, phone }) => `${name},${phone}`)].join('\r\n')
    const { listId } = await takeList({ client: clerk.client, context: server.context }, Buffer.from(csv), {
      title: '酒店',
    })
    const first = await clerk.client.call(openNextCall, { body: { listId } })
    if (first.is !== 'ok' || first.value.call === null) throw new Error(JSON.stringify(first))
    const closed = {
      id: v7(),
      listId,
      row: first.value.call.row,
      outcome: 'reached-healthy' as const,
      answers: [],
    }
    await clerk.client.call(recordCall, { body: closed })
    await record(xiangzhou, people)
    await publishAndWait()
    expect((await runs())[0]?.districts).toMatchObject([{ selected: 2, listed: 1, linked: 1, open: 2 }])
    const next = await clerk.client.call(openNextCall, { body: {} })
    expect(next).toMatchObject({ value: { call: { kind: 'rescreen', name: first.value.call.name } } })
  })

  it('counts whom nobody can name any more, and links every row with the screening it came from', async () => {
    await dropLaterVersions()
    const id = await record(xiangzhou, [{ name: '甲', phone: '13800000001' }])
    const earlier = '2020-02-08'
    await record(doumen, [{ name: '乙', phone: '13800000002' }], earlier)
    await server.db.pool.query(
      'update identity_keys set wrapped = null, destroyed_at = now() where jurisdiction = $1 and day = $2',
      [doumen, earlier],
    )
    await publishAndWait()
    expect((await runs())[0]?.districts).toMatchObject([
      { jurisdiction: xiangzhou, selected: 1, listed: 1 },
      { jurisdiction: doumen, selected: 1, listed: 0, unreadable: 1, open: 0 },
    ])
    const { rows } = await server.db.pool.query(
      `select p.screening_id, p.disposition_before, p.disposition_after, r.sealed from rescreen_people p
        join rescreen_lists l on l.jurisdiction = p.jurisdiction and l.run_id = p.run_id
        join worklist_rows r on r.list_id = l.list_id and r.row_number = p.position`,
    )
    expect(rows).toMatchObject([
      { screening_id: id, disposition_before: 'advised', disposition_after: 'home-quarantine' },
    ])
    expect(rows[0].sealed.toString()).not.toContain('13800000001')
  })

  it('shows what is late, and to a district its own part', async () => {
    await dropLaterVersions()
    await record(xiangzhou, [{ name: '甲', phone: '13800000001' }])
    await record(doumen, [{ name: '乙', phone: '13800000002' }])
    await publishAndWait({ dueHours: 1 })
    server.clock.now += 3_700_000
    expect((await runs())[0]?.districts).toMatchObject([{ overdue: 1 }, { overdue: 1 }])
    const district = await server.signIn('commander', doumen)
    expect((await runs(district))[0]?.districts).toMatchObject([{ jurisdiction: doumen, overdue: 1 }])
    const lists = await clerk.client.call(listWorklists, {})
    expect(lists).toMatchObject({
      value: { lists: [{ kind: 'rescreen', dueAt: '2020-02-10T05:10:00.000Z' }, { kind: 'rescreen' }] },
    })
    const listId = (await runs())[0]?.districts[0]?.listId ?? ''
    expect(await clerk.client.call(undoWorklist, { body: { listId } })).toMatchObject({
      error: { code: 'WORKLIST_NOT_BROUGHT' },
    })
  })

  it('looks once more for those whose record came late, and lists nobody twice', async () => {
    await dropLaterVersions()
    await record(xiangzhou, [{ name: '甲', phone: '13800000001' }])
    await publishAndWait()
    await record(xiangzhou, [{ name: '乙', phone: '13800000002' }])
    const again = { responseId, version: 3, dueHours: 6 }
    server.clock.now += 1_000
    expect(await commander.client.call(startRescreen, { body: again })).toMatchObject({ is: 'ok' })
    expect(await commander.client.call(startRescreen, { body: again })).toMatchObject({
      error: { code: 'RESCREEN_AT_WORK' },
    })
    await server.context.rescreens.idle()
    const [second, first] = await runs()
    expect(second?.districts).toMatchObject([{ selected: 1, listed: 1, open: 1 }])
    expect(first?.districts).toMatchObject([{ selected: 1, listed: 1, open: 1 }])
    server.clock.now += 1_000
    await commander.client.call(startRescreen, { body: again })
    await server.context.rescreens.idle()
    expect((await runs())[0]).toMatchObject({ state: 'done', districts: [] })
  })

  it('goes into the history and to phones at once, and to other servers', async () => {
    await dropLaterVersions()
    const other = await startTestServer({ databaseUrl: database.url, logLevel: 'warn' })
    other.clock.now = nowMs
    try {
      const before = (await server.context.packs.current(xiangzhou)).version
      await publishAndWait({
        ended: [{ areaCode: wenzhou, level: 'medium', from: '2020-02-02', until: '2020-02-09' }],
      })
      expect((await server.context.packs.current(xiangzhou)).version).not.toBe(before)
      await expect
        .poll(() => other.context.reference.current().response(responseId)?.ruleSets.length, {
          timeout: 20_000,
        })
        .toBe(3)
      const answer = await commander.client.call(listRuleVersions, { query: { responseId } })
      if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
      expect(answer.value.versions[0]).toMatchObject({
        version: 3,
        effectiveFrom: '2020-02-10',
        inForce: true,
        publishedBy: commander.actor.name,
        added: [wenzhouHigh],
        ended: [{ areaCode: wenzhou, until: '2020-02-09' }],
        changesMore: false,
      })
      expect(answer.value.versions[1]).toMatchObject({ version: 2, publishedAt: null, changesMore: true })
      const audit = await server.db.pool.query(
        "select detail from audit_entries where action = 'rescreen.publish'",
      )
      expect(audit.rows).toEqual([
        {
          detail:
            'version 3: added 330300 high 2020-02-02; ended 330300 medium 2020-02-02/2020-02-09; due in 12 h; alone',
        },
      ])
    } finally {
      await other.close()
    }
  })

  it.each([
    [{ afterVersion: 1 }, 409, 'RULES_OVERTAKEN'],
    [{ responseId: 'none' }, 422, 'UNKNOWN_RESPONSE'],
    [{ added: [] }, 422, 'RULES_UNCHANGED'],
    [{ added: [{ ...wenzhouHigh, areaCode: 999_999 }] }, 422, 'UNKNOWN_ORIGIN'],
    [{ added: [{ ...wenzhouHigh, from: '2020-02-30' }] }, 422, 'RISK_AREA_DATES'],
    [{ added: [wenzhouHigh, wenzhouHigh] }, 422, 'RISK_AREA_TWICE'],
    [{ ended: [{ ...wenzhouHigh, until: '2020-02-09' }] }, 422, 'RISK_AREA_UNKNOWN'],
  ] as const)('is refused with %j', async (other, status, code) => {
    await dropLaterVersions()
    expect(await publish(other as Partial<PublishBody>)).toMatchObject({ status, error: { code } })
    expect((await server.db.pool.query('select from rule_sets')).rowCount).toBe(2)
    expect(await runs()).toEqual([])
  })

  it('waits for a version that is not in force yet, and takes one of two that decide at the same time', async () => {
    expect(await publish({ afterVersion: 4 })).toMatchObject({ error: { code: 'RULES_WAITING' } })
    await dropLaterVersions()
    const answers = await Promise.all([publish(), publish({ dueHours: 2 }), publish({ dueHours: 3 })])
    expect(answers.filter(({ is }) => is === 'ok')).toHaveLength(1)
    await server.context.rescreens.idle()
    const start = (version: number) =>
      commander.client.call(startRescreen, { body: { responseId, version, dueHours: 1 } })
    expect(await start(1)).toMatchObject({ error: { code: 'RULES_VERSION_UNKNOWN' } })
    expect(await start(9)).toMatchObject({ error: { code: 'RULES_VERSION_UNKNOWN' } })
  })

  it('is decided by the commander of the city alone', async () => {
    await dropLaterVersions()
    const district = await server.signIn('commander', xiangzhou)
    expect(await publish({}, district)).toMatchObject({ error: { code: 'OUTSIDE_AREA' } })
    for (const role of ['duty-planner', 'auditor', 'administrator', 'screening-clerk'] as const)
      expect(await publish({}, await server.signIn(role, city))).toMatchObject({
        error: { code: 'ROLE_NOT_ALLOWED' },
      })
  })
})
