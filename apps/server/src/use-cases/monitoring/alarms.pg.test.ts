import {
  actOnAlarm,
  changeMonitoringPolicy,
  monitoringAlarm,
  monitoringAlarms,
  monitoringCalendar,
  monitoringPosts,
  monitoringSlots,
} from '@guankou/contract/monitoring/endpoints.ts'
import type { AlarmAct } from '@guankou/contract/monitoring/vocabulary.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { addToHour, seedHours } from '../../../tests-support/monitored-city.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
  testNowMs,
} from '../../../tests-support/test-server.ts'
import { escalateAlarms } from './escalate-alarms.ts'
import { falseAlarmRecord } from './read-alarms.ts'

const city = 440400
const district = 440402
const otherDistrict = 440403

describe.each(inject('databaseServers').slice(0, 1))('alarms on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let lead: TestSession
  beforeEach(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    await server.context.modelRuns.runOnce()
    const post = server.context.reference
      .current()
      .posts.find(({ jurisdiction }) => jurisdiction === district)
    const postId = post?.id ?? 0
    const hours = { from: '2020-02-09', hours: 30, postIds: [postId], vehiclesPerDay: 600 }
    await seedHours(server.db, server.context.reference, hours)
    const at = { jurisdiction: district, postId, day: '2020-02-10', hour: 5 }
    await addToHour(server.db, at, { vehicles: 3, travellers: 8, febrile: 6 })
    await server.context.modelRuns.runOnce()
    lead = await server.signIn('post-lead', district)
  })
  afterEach(async () => {
    await server.close()
    await database.drop()
  })

  const list = async (session: TestSession, area: number) => {
    const answer = await session.client.call(monitoringAlarms, { query: { area } })
    return answer.is === 'ok' ? answer.value : answer
  }
  const theAlarm = async (session = lead, area = district) => {
    const found = await list(session, area)
    const alarm = 'alarms' in found ? found.alarms.find(({ signal }) => signal === 'fever') : undefined
    if (alarm === undefined) throw new Error('there is no alarm')
    return alarm
  }
  const act = async (session: TestSession, what: AlarmAct, more: object = {}) => {
    const { id, lastNumber } = await theAlarm(await server.signIn('commander', city), city)
    return session.client.call(actOnAlarm, { body: { id, act: what, afterNumber: lastNumber, ...more } })
  }

  it('are raised with the numbers behind them', async () => {
    const alarm = await theAlarm()
    expect(alarm).toMatchObject({ state: 'raised', owner: null, mayDo: ['acknowledge'] })
    expect(alarm.first).toMatchObject({ day: '2020-02-10', hour: 5, isOver: true })
    expect(alarm.first.observed).toBeGreaterThanOrEqual(6)
    expect(alarm.first.expected).toBeLessThan(1)
    expect(alarm.first.score).toBeGreaterThan(alarm.first.threshold)
    expect(alarm.first.bound).toBeLessThanOrEqual(alarm.first.observed)
    expect(alarm.stamp).toMatchObject({ model: 'monitoring', version: '1', dataFrom: '2020-02-09' })
  })

  it('go from hand to hand, with every step kept and notes sealed', async () => {
    expect(await act(lead, 'acknowledge')).toMatchObject({ is: 'ok', value: { state: 'acknowledged' } })
    expect(await act(lead, 'investigate')).toMatchObject({ is: 'ok' })
    const planner = await server.signIn('duty-planner', city)
    expect(await act(planner, 'note', { note: '换了体温计' })).toMatchObject({
      error: { code: 'ALARM_NOT_YOURS' },
    })
    expect(await act(planner, 'take-over')).toMatchObject({ is: 'ok' })
    expect(await act(planner, 'note', { note: '联系人张三 13800000000' })).toMatchObject({ is: 'ok' })
    expect(await act(planner, 'close')).toMatchObject({ error: { code: 'ALARM_CAUSE_NEEDED' } })
    expect(await act(planner, 'close', { cause: 'true-event' })).toMatchObject({
      value: { cause: 'true-event' },
    })
    expect(await act(lead, 'reopen')).toMatchObject({ error: { code: 'ALARM_NOTE_NEEDED' } })
    expect(await act(lead, 'reopen', { note: '又有发热' })).toMatchObject({
      value: { state: 'investigating' },
    })
    const { id } = await theAlarm()
    const file = await lead.client.call(monitoringAlarm, { query: { id } })
    if (file.is !== 'ok') throw new Error('the alarm does not open')
    expect(file.value.steps.map(({ kind }) => kind)).toEqual([
      'raised',
      'acknowledge',
      'investigate',
      'take-over',
      'note',
      'close',
      'reopen',
    ])
    expect(file.value.steps[4]?.note).toBe('联系人张三 13800000000')
    const { rows } = await server.db.pool.query(
      'select note_sealed from monitoring_alarm_steps where note_sealed is not null',
    )
    for (const row of rows) expect(String(row.note_sealed)).not.toContain('张三')
    const { rows: audited } = await server.db.pool.query(
      "select string_agg(coalesce(detail, ''), ' ') as text from audit_entries where action like 'monitoring%'",
    )
    expect(audited[0].text).toContain('close, true-event')
    expect(audited[0].text).not.toContain('张三')
    expect(server.logged.join()).not.toContain('张三')
  })

  it('are acted on once where two act at once', async () => {
    const [one, two] = [await server.signIn('duty-planner', city), await server.signIn('commander', city)]
    const answers = await Promise.all([
      act(one, 'acknowledge'),
      act(two, 'acknowledge'),
      act(lead, 'acknowledge'),
    ])
    expect(answers.filter(({ is }) => is === 'ok')).toHaveLength(1)
    for (const answer of answers)
      if (answer.is === 'refused')
        expect(['ALARM_STATE_CHANGED', 'ALARM_ACT_NOT_POSSIBLE']).toContain(answer.error.code)
  })

  it('are seen and acted on in their own area alone', async () => {
    const { id } = await theAlarm()
    const elsewhere = await server.signIn('post-lead', otherDistrict)
    expect(await list(elsewhere, otherDistrict)).toMatchObject({ alarms: [], open: 0 })
    expect(await list(elsewhere, district)).toMatchObject({ error: { code: 'OUTSIDE_AREA' } })
    expect(await elsewhere.client.call(monitoringAlarm, { query: { id } })).toMatchObject({
      error: { code: 'UNKNOWN_ALARM' },
    })
    expect(await act(elsewhere, 'acknowledge')).toMatchObject({ error: { code: 'UNKNOWN_ALARM' } })
  })

  it.each(['inspector', 'screening-clerk', 'administrator', 'data-protection-officer'] as const)(
    'are not for the %s',
    async (role) => {
      const session = await server.signIn(role, city)
      const refused = { is: 'refused', error: { code: 'ROLE_NOT_ALLOWED' } }
      expect(await session.client.call(monitoringAlarms, { query: { area: city } })).toMatchObject(refused)
      expect(await act(session, 'acknowledge')).toMatchObject(refused)
      const posts = { query: { area: city, measure: 'vehicles' } } as const
      expect(await session.client.call(monitoringPosts, posts)).toMatchObject(refused)
    },
  )

  it('let the auditor look on, and the commander of the city alone set the budget', async () => {
    const auditor = await server.signIn('auditor', city)
    expect((await theAlarm(auditor, city)).mayDo).toEqual([])
    expect(await act(auditor, 'acknowledge')).toMatchObject({ error: { code: 'ROLE_NOT_ALLOWED' } })
    const body = { daysPerFalseAlarm: 5, escalateAfterMinutes: 30 }
    const local = await server.signIn('commander', district)
    expect(await local.client.call(changeMonitoringPolicy, { body })).toMatchObject({
      error: { code: 'OUTSIDE_AREA' },
    })
    const commander = await server.signIn('commander', city)
    expect(await commander.client.call(changeMonitoringPolicy, { body })).toMatchObject({
      is: 'ok',
      value: body,
    })
    const shown = await list(commander, city)
    expect(shown).toMatchObject({ budget: { ...body, simulated: null } })
    if ('budget' in shown) expect(shown.budget.thresholds.fever).toBeGreaterThan(6.63)
  })

  it('are handed up by the clock while nobody acknowledges', async () => {
    expect(await escalateAlarms(server.context)).toBe(0)
    const open = (await theAlarm()).escalatesAt
    expect(Date.parse(open ?? '')).toBe(testNowMs + 15 * 60_000)
    server.clock.now += 15 * 60_000
    expect(await escalateAlarms(server.context)).toBeGreaterThan(0)
    expect(await escalateAlarms(server.context)).toBe(0)
    expect((await theAlarm()).escalatedTo).toBe('duty-planner')
    server.clock.now += 15 * 60_000
    await escalateAlarms(server.context)
    expect(await theAlarm()).toMatchObject({ escalatedTo: 'commander', escalatesAt: null })
    server.clock.now += 60 * 60_000
    expect(await escalateAlarms(server.context)).toBe(0)
  })

  it('come with hours, calendar and forecast, each of the area asked for', async () => {
    const posts = await lead.client.call(monitoringPosts, { query: { area: district, measure: 'vehicles' } })
    if (posts.is !== 'ok') throw new Error('no posts')
    expect(posts.value.stamp).toMatchObject({ unit: 'vehicle' })
    const [first] = posts.value.posts
    expect(first?.hours.filter(({ observed }) => observed !== null).length).toBeGreaterThan(20)
    expect(first?.hours.filter(({ observed }) => observed === null).length).toBeGreaterThanOrEqual(11)
    const slots = await lead.client.call(monitoringSlots, {
      query: { area: district, post: first?.postId ?? 0, measure: 'travellers' },
    })
    expect(slots.is === 'ok' && slots.value.slots.length).toBeGreaterThanOrEqual(144)
    const calendar = await lead.client.call(monitoringCalendar, {
      query: { area: district, measure: 'febrile' },
    })
    const febrile =
      calendar.is === 'ok' ? calendar.value.hours.reduce((sum, { observed }) => sum + observed, 0) : 0
    expect(febrile).toBeGreaterThanOrEqual(6)
  })
})

describe('the record of false alarms', () => {
  it('counts by post and month, and says what the budget leaves until today', () => {
    const first = { day: '2020-02-03' } as never
    const lines = [
      { postId: 1, first, state: 'closed', cause: 'false-alarm' },
      { postId: 1, first, state: 'closed', cause: 'true-event' },
      { postId: 1, first, state: 'raised', cause: null },
    ] as const
    expect(falseAlarmRecord(lines, { today: '2020-02-10', daysPerFalseAlarm: 2, posts: 5 })).toEqual([
      { postId: 1, month: '2020-02', raised: 3, closed: 2, falseAlarms: 1, trueEvents: 1, budgeted: 1 },
    ])
  })
})
