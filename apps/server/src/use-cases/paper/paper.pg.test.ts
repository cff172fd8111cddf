import {
  keepPaperForm,
  listPaperForms,
  readPaperBacklog,
  recordPaperForms,
  takeBackPaperForm,
} from '@guankou/contract/paper/endpoints.ts'
import type { PaperForm, PaperPerson } from '@guankou/contract/paper/form.ts'
import { readDecision } from '@guankou/contract/screening/decisions.ts'
import { recordScreening } from '@guankou/contract/screening/endpoints.ts'
import { aReading, aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'

const area = 440402
const day = '2020-02-09'

const aPerson = (overrides: Partial<PaperPerson> = {}): PaperPerson => ({
  seat: 1,
  name: '王小明',
  document: { kind: 'passport', number: 'E87654321' },
  phone: '13812340009',
  originCode: 442000,
  stays: [],
  contactWithCase: false,
  symptoms: [],
  readings: [{ method: 'forehead', temperatureCelsius: 36.6 }],
  ...overrides,
})
const aForm = (overrides: Partial<PaperForm> = {}): PaperForm => ({
  serial: 'A-001',
  time: '14:05',
  lane: 1,
  conveyance: { kind: 'car', plate: '粤CP0001' },
  people: [aPerson()],
  ...overrides,
})

describe.each(inject('databaseServers'))('paper forms on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let clerk: TestSession
  let lead: TestSession
  let elsewhere: TestSession

  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    clerk = await server.signIn('screening-clerk', area)
    lead = await server.signIn('post-lead', area)
    elsewhere = await server.signIn('screening-clerk', 440403)
  }, 120_000)
  afterAll(async () => {
    await server?.close()
    await database?.drop()
  })

  const keep = (form: PaperForm, { id = v7(), revision = 0, by = clerk, on = day } = {}) =>
    by.client.call(keepPaperForm, { body: { id, jurisdiction: area, postId: 1, day: on, revision, form } })
  const kept = async (...args: Parameters<typeof keep>) => {
    const answer = await keep(...args)
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value
  }
  const forms = async (on = day) => {
    const answer = await clerk.client.call(listPaperForms, {
      query: { jurisdiction: area, post: 1, day: on },
    })
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value
  }
  const formOf = async (id: string) => (await forms()).forms.find((each) => each.id === id)
  const record = async (...asked: { id: string; revision: number; isAnother?: true }[]) => {
    const answer = await clerk.client.call(recordPaperForms, { body: { jurisdiction: area, forms: asked } })
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value.outcomes.map(({ outcome }) => outcome)
  }
  const rowsOf = async (formId: string) =>
    (
      await server.db.query
        .selectFrom('screenings')
        .select(['occurred_at', 'rules_version', 'account_id', 'traveller_count'])
        .where('paper_form_id', '=', formId)
        .execute()
    ).map((row) => ({ ...row, occurred_at: row.occurred_at.toISOString() }))

  it('are kept unfinished, mended without keying names again, and recorded once at their original time', async () => {
    const { time: _, ...unfinished } = aForm()
    const first = await kept(unfinished)
    expect(first).toMatchObject({ revision: 1, state: 'kept', problems: [{ code: 'time-missing', seat: 0 }] })
    // Sent again after an answer that was lost.
    expect(await kept(unfinished, { id: first.id })).toMatchObject({ revision: 1 })
    expect(JSON.stringify(await forms())).not.toMatch(/王小明|E87654321|13812340009|粤CP0001/)
    expect((await formOf(first.id))?.form).toMatchObject({
      conveyance: { plateMasked: '粤C****1' },
      people: [
        {
          documentKind: 'passport',
          covered: [{ field: 'name', masked: '王**' }, { field: 'document' }, { field: 'phone' }],
        },
      ],
    })
    expect(await record({ id: first.id, revision: 1 })).toEqual(['waits'])

    const { name: _name, phone: _phone, ...person } = aPerson()
    const mended = await kept(
      {
        ...aForm(),
        conveyance: { kind: 'car' },
        plateAsKept: true,
        people: [{ ...person, document: { kind: 'passport' }, asKept: ['name', 'phone', 'document'] }],
      },
      { id: first.id, revision: 1 },
    )
    expect(mended).toMatchObject({ revision: 2, problems: [], alike: [] })
    expect(await keep(aForm({ lane: 2 }), { id: first.id, revision: 1, by: lead })).toMatchObject({
      is: 'refused',
      error: { code: 'PAPER_FORM_CHANGED' },
    })
    expect(await record({ id: first.id, revision: 1 })).toEqual(['changed'])
    expect(await record({ id: first.id, revision: 2 })).toEqual(['recorded'])
    expect(await record({ id: first.id, revision: 2 })).toEqual(['recorded'])
    const slots = await server.db.query
      .selectFrom('rollup_post_slots')
      .select(['vehicles', 'timed_vehicles', 'entry_milliseconds'])
      .execute()
    // Paper says nothing of how long a vehicle took.
    expect(slots.map(({ vehicles, timed_vehicles }) => [vehicles, timed_vehicles])).toEqual([[1, 0]])
    expect(await rowsOf(first.id)).toMatchObject([
      { occurred_at: '2020-02-09T06:05:00.000Z', account_id: clerk.actor.accountId, traveller_count: 1 },
    ])
    const after = await formOf(first.id)
    expect(after).toMatchObject({ state: 'recorded', form: null, recorded: { disposition: 'passed' } })
    expect(await keep(aForm(), { id: first.id, revision: 2 })).toMatchObject({
      error: { code: 'PAPER_FORM_ENDED' },
    })
    const screening = after?.recorded?.screeningId ?? ''
    const why = await lead.client.call(readDecision, { query: { screening } })
    expect(why).toMatchObject({ is: 'ok', value: { fromPaper: true, differences: [] } })
  })

  it('that look like what a phone sent wait until somebody says that they are another', async () => {
    const inspector = await server.signIn('inspector', area)
    const occurredAt = '2020-02-09T02:00:00.000Z'
    const sent = await inspector.client.call(recordScreening, {
      body: aScreening(
        {
          occurredAt,
          conveyance: { kind: 'car', plate: '粤CP0002' },
          travellers: [aTraveller({ readings: [aReading({ at: '2020-02-09T01:59:50.000Z' })] })],
        },
        77,
      ),
    })
    if (sent.is !== 'ok') throw new Error(JSON.stringify(sent))
    const form = aForm({
      serial: 'A-002',
      time: '10:20',
      conveyance: { kind: 'car', plate: '粤C P0002' },
      people: [aPerson({ document: { kind: 'none' } })],
    })
    const same = await kept(form)
    const told = { by: 'plate', screeningId: sent.value.id, at: occurredAt, fromPaper: false, near: true }
    expect(same.alike).toMatchObject([told])
    expect(await record({ id: same.id, revision: 1 })).toEqual(['waits'])
    expect(await rowsOf(same.id)).toEqual([])
    expect(await record({ id: same.id, revision: 1, isAnother: true })).toEqual(['recorded'])
    expect(await rowsOf(same.id)).toHaveLength(1)
    expect((await formOf(same.id))?.alike).toMatchObject([told])

    const later = await kept({ ...form, serial: 'A-003', time: '22:00' })
    expect(later.alike).toMatchObject([{ near: false }, { near: false }])
    expect(await record({ id: later.id, revision: 1 })).toEqual(['recorded'])
  })

  it('that were keyed twice meet each other by their number, and taking one back leaves its ground', async () => {
    const plated = (plate: string) =>
      aForm({
        serial: 'B-9',
        conveyance: { kind: 'car', plate },
        people: [aPerson({ document: { kind: 'none' } })],
      })
    const one = await kept(plated('粤CP0010'))
    const two = await kept(plated('粤CP0011'))
    expect(two.alike).toMatchObject([{ by: 'serial', formId: one.id, near: true }])
    const take = (ground: 'keyed-twice' | 'cannot-be-read') =>
      clerk.client.call(takeBackPaperForm, { body: { jurisdiction: area, id: two.id, ground } })
    expect(await take('keyed-twice')).toMatchObject({ is: 'ok' })
    expect(await take('keyed-twice')).toMatchObject({ is: 'ok' })
    expect(await take('cannot-be-read')).toMatchObject({ error: { code: 'PAPER_FORM_ENDED' } })
    expect(await formOf(two.id)).toMatchObject({
      state: 'taken-back',
      form: null,
      ground: 'keyed-twice',
      serial: 'B-9',
    })
    expect(await record({ id: one.id, revision: 1 }, { id: two.id, revision: 1 })).toEqual([
      'recorded',
      'changed',
    ])
  })

  it('that the server refuses stay in sight with the reason, and can be mended', async () => {
    const wrong = await kept(
      aForm({
        serial: 'C-1',
        conveyance: { kind: 'on-foot' },
        people: [aPerson({ document: { kind: 'none' }, symptoms: ['no-such-symptom'] })],
      }),
    )
    expect(await record({ id: wrong.id, revision: 1 })).toEqual(['rejected'])
    expect(await formOf(wrong.id)).toMatchObject({
      state: 'rejected',
      refusal: { code: 'UNKNOWN_SYMPTOM', path: '/travellers/0/symptoms/0' },
      form: { people: [{ covered: [{ field: 'name', masked: '王**' }, { field: 'phone' }] }] },
    })
    const line = async () => {
      const answer = await clerk.client.call(readPaperBacklog, {})
      if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
      return answer.value.lines.find((each) => each.day === day)
    }
    expect(await line()).toMatchObject({ postId: 1, rejected: 1 })
    const mended = await kept(
      aForm({
        serial: 'C-1',
        conveyance: { kind: 'on-foot' },
        people: [aPerson({ document: { kind: 'none' } })],
      }),
      { id: wrong.id, revision: 1 },
    )
    expect(mended).toMatchObject({ state: 'kept', refusal: null })
    expect(await record({ id: wrong.id, revision: 2 })).toEqual(['recorded'])
    expect(await line()).toMatchObject({ rejected: 0 })
  })

  it('are of one post, day and area, and of days that were collected for', async () => {
    expect(await keep(aForm(), { by: elsewhere })).toMatchObject({ error: { code: 'OUTSIDE_AREA' } })
    expect(await keep(aForm(), { on: '2020-02-11' })).toMatchObject({ error: { code: 'IMPOSSIBLE_TIME' } })
    expect(await keep(aForm(), { on: '2020-02-31' })).toMatchObject({ error: { code: 'INVALID_INPUT' } })
    expect(await keep(aForm(), { on: '2012-02-01' })).toMatchObject({ error: { code: 'OUTSIDE_COLLECTION' } })
    expect(await keep(aForm({ lane: 60 }))).toMatchObject({ error: { code: 'UNKNOWN_LANE' } })
    expect(await keep(aForm({ conveyance: { kind: 'car', plate: '\ud800' } }))).toMatchObject({
      error: { code: 'TEXT_NOT_WELL_FORMED' },
    })
    const { id } = await kept(aForm({ serial: 'D-1', conveyance: { kind: 'car', plate: '粤CP0099' } }))
    const record = { jurisdiction: 440403, forms: [{ id, revision: 1 }] }
    expect(await elsewhere.client.call(recordPaperForms, { body: record })).toMatchObject({
      value: { outcomes: [{ outcome: 'unknown' }] },
    })
  })

  it('lie sealed, and leave who keyed and recorded them in the audit', async () => {
    const rows = await server.db.query.selectFrom('paper_forms').selectAll().execute()
    expect(rows.length).toBeGreaterThan(4)
    for (const row of rows)
      expect(row.form_sealed === null).toBe(row.state === 'recorded' || row.state === 'taken-back')
    expect(rows.map(({ form_sealed }) => form_sealed?.toString('utf8') ?? '').join()).not.toContain('王小明')
    const entries = await server.db.query
      .selectFrom('audit_entries')
      .select(['action', 'outcome'])
      .where('action', 'like', 'paper.%')
      .execute()
    expect(entries.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(
      expect.arrayContaining([
        'paper.keep kept',
        'paper.forms done',
        'paper.record recorded',
        'paper.record rejected',
        'paper.take-back done',
      ]),
    )
  })
})
