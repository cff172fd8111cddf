import type {
  HouseholdHappening,
  RecordHouseholdFact,
} from '@guankou/contract/households/record-household-fact.ts'
import {
  joinPairing,
  listPairings,
  lookUpInPairing,
  openPairing,
  readPairing,
  type Said,
  sayInPairing,
} from '@guankou/contract/pairing/endpoints.ts'
import type { AskedKind, SubjectKind } from '@guankou/contract/pairing/vocabulary.ts'
import { readOwnQuarantine } from '@guankou/contract/quarantine/own.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { aHouseholdFact } from '../../../tests-support/household-facts.ts'
import { minutesAgo } from '../../../tests-support/post-facts.ts'
import { anOrder, aStep, codeOf, quarantineDesk } from '../../../tests-support/quarantine.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'

const [city, district, neighbour] = [440400, 440402, 440403]
const passport = 'QX889977'
const phone = '13800138123'
const mother = '440402196001010129'

describe.each(inject('databaseServers'))('look-ups that are prepared at the desk on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let field: TestSession
  let desk: TestSession
  let street: TestSession
  let cell: number
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    street = await server.signIn('community-street', district)
    const { rows } = await server.db.pool.query<{ id: number }>(
      'select id from grid_cells where jurisdiction = $1 order by id limit 1',
      [district],
    )
    cell = rows[0]?.id ?? 0
  }, 120_000)
  /** Each test has a desk of its own, whose look-ups are counted alone. */
  beforeEach(async (context) => {
    field = await server.signIn('inspector', district)
    desk = await server.signIn('desk-partner', city, undefined, context.task.id)
  })
  afterAll(async () => {
    await server?.close()
    await database?.drop()
  })

  const newId = (): string => v7({ msecs: server.clock.now })
  const paired = async (partner = desk): Promise<string> => {
    const opened = await field.client.call(openPairing, { body: { id: newId() } })
    if (opened.is !== 'ok') throw new Error(JSON.stringify(opened))
    const joined = await partner.client.call(joinPairing, { body: { code: opened.value.code ?? '' } })
    expect(codeOf(joined)).toBe('ok')
    return opened.value.pairingId
  }
  const say = (who: TestSession, pairingId: string, said: Said, id = newId()) =>
    who.client.call(sayInPairing, { body: { pairingId, id, said } })
  const ask = async (pairingId: string, asked: AskedKind, subject: [SubjectKind, string]) => {
    const [kind, text] = subject
    expect(codeOf(await say(field, pairingId, { kind: 'subject', subject: { kind, text } }))).toBe('ok')
    const questionId = newId()
    expect(codeOf(await say(field, pairingId, { kind: 'question', asked }, questionId))).toBe('ok')
    return questionId
  }
  const lookUp = (pairingId: string, questionId: string, partner = desk) =>
    partner.client.call(lookUpInPairing, {
      body: { pairingId, id: newId(), questionId, purpose: 'follow-up' },
    })
  const found = async (asked: AskedKind, subject: [SubjectKind, string], partner = desk) => {
    const pairingId = await paired(partner)
    const questionId = await ask(pairingId, asked, subject)
    const answer = await lookUp(pairingId, questionId, partner)
    return { pairingId, questionId, answer }
  }
  const facts = async (pairing: string) => {
    const answer = await field.client.call(readPairing, { query: { pairing } })
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value.facts
  }
  let happened = 0
  /** Each a minute after the one before. */
  const happens = async (happening: HouseholdHappening, about: Partial<RecordHouseholdFact> = {}) => {
    const { json } = await street.send({
      path: '/api/households/facts',
      body: aHouseholdFact(happening, { occurredAt: minutesAgo(500 - happened++), ...about }),
    })
    return (json as { id: string }).id
  }
  const openDoor = (door: string, estate = '翠湖苑') =>
    happens({
      is: 'household-opened',
      gridCellId: cell,
      address: { estate, building: '3栋', stair: '2单元', floor: door.slice(0, -2), door },
    })

  it('find an order by document or phone, covered, and answer with one press until when it runs', async () => {
    const command = anOrder(server.clock.now - 3_600_000)
    expect(codeOf(await quarantineDesk(server).order(command))).toBe('ok')
    const { pairingId, questionId, answer } = await found('orders', ['passport', 'qx 889977'])
    expect(answer).toMatchObject({
      value: {
        is: 'orders',
        more: false,
        orders: [
          {
            quarantineId: command.id,
            jurisdiction: district,
            inForce: true,
            state: 'ordered',
            site: 'home',
            dayNumber: 2,
            person: expect.arrayContaining([{ field: 'name', masked: '欧**' }]),
          },
        ],
      },
    })
    for (const secret of [passport, phone, '欧阳隔离', '1204'])
      expect(JSON.stringify(answer)).not.toContain(secret)
    if (answer.is !== 'ok' || answer.value.is !== 'orders') throw new Error('orders')
    const until = answer.value.orders[0]?.lastDay ?? ''
    const prepared = { kind: 'answer', to: questionId, answer: 'order-until', told: { until } } as const
    expect(codeOf(await say(desk, pairingId, prepared))).toBe('ok')
    expect((await facts(pairingId)).slice(-2)).toMatchObject([
      { kind: 'looked-up', matches: 1, to: questionId },
      { kind: 'answer', answer: 'order-until', told: { until } },
    ])
    const byPhone = await lookUp(pairingId, await ask(pairingId, 'orders', ['phone', '138 0013 8123']))
    expect(byPhone).toMatchObject({ value: { orders: [{ quarantineId: command.id }] } })
  })

  it('show the person that they were seen, and count as look-ups', async () => {
    const command = anOrder(server.clock.now - 1_800_000, {
      person: { name: '独孤一人', phone: '13900139001', address: '香洲区某路 9 号' },
    })
    const quarantine = quarantineDesk(server)
    expect(codeOf(await quarantine.order(command))).toBe('ok')
    const { answer } = await found('orders', ['phone', '13900139001'])
    expect(answer).toMatchObject({ value: { limits: { lookUpsLeftThisMinute: 9 } } })
    const { rows: accesses } = await server.db.pool.query(
      `select about, via, purpose, fields, account_id from identity_accesses where screening_id = $1`,
      [command.id],
    )
    expect(accesses).toEqual([
      {
        about: 'quarantine',
        via: 'pairing',
        purpose: 'follow-up',
        fields: ['name', 'phone', 'address'],
        account_id: desk.actor.accountId,
      },
    ])
    const { rows: made } = await server.db.pool.query(
      'select kind, matches, searched_digest from identity_look_ups where account_id = $1',
      [desk.actor.accountId],
    )
    expect(made).toMatchObject([{ kind: 'phone', matches: 1 }])
    const { rows: audited } = await server.db.pool.query<{ action: string; detail: string }>(
      `select action, detail from audit_entries where account_id = $1 and action = 'identity.look-up'`,
      [desk.actor.accountId],
    )
    expect(audited).toEqual([{ action: 'identity.look-up', detail: 'follow-up, by phone, 1 matches' }])
    const secret = await quarantine.secretOf(district, command.id)
    const own = await server.send({ method: 'POST', path: readOwnQuarantine.path, body: { secret } })
    expect(own.json).toMatchObject({
      seenBy: [{ role: 'desk-partner', fields: ['name', 'phone', 'address'], covered: true }],
    })
  })

  it('say that nothing is in force of an order that is over, or of nobody', async () => {
    const command = anOrder(server.clock.now - 7_200_000, {
      person: { name: '已解除', phone: '13900139002', address: '某地' },
    })
    const quarantine = quarantineDesk(server)
    expect(codeOf(await quarantine.order(command))).toBe('ok')
    const step = aStep(command, 'quarantine.release', server.clock.now - 60_000, {
      reason: 'mistake',
      note: '登记错误 by mistake',
    })
    expect(codeOf(await quarantine.act(step))).toBe('ok')
    const over = await found('orders', ['phone', '13900139002'])
    expect(over.answer).toMatchObject({ value: { orders: [{ inForce: false }] } })
    const nobody = await found('orders', ['passport', 'NOBODY123'])
    expect(nobody.answer).toMatchObject({ value: { is: 'orders', orders: [] } })
    const answer = { kind: 'answer', to: nobody.questionId, answer: 'no-order' } as const
    expect(codeOf(await say(desk, nobody.pairingId, answer))).toBe('ok')
  })

  it('find nothing of another district for a desk of this one', async () => {
    const person = { name: '邻区人', phone: '13900139003', address: '斗门区某地' }
    const away = anOrder(server.clock.now - 60_000, { jurisdiction: neighbour, person })
    expect(codeOf(await quarantineDesk(server).order(away))).toBe('ok')
    const local = await server.signIn('desk-partner', district, undefined, 'local')
    const here = await found('orders', ['phone', person.phone], local)
    expect(here.answer).toMatchObject({ value: { orders: [] } })
    const cityWide = await found('orders', ['phone', person.phone])
    expect(cityWide.answer).toMatchObject({ value: { orders: [{ jurisdiction: neighbour }] } })
  })

  it('find a household by its address however it is told, with its people covered', async () => {
    const home = await openDoor('501')
    await openDoor('502')
    await happens(
      {
        is: 'member-added',
        member: {
          name: '慕容奶奶',
          relation: 'head',
          phone: '13700137001',
          document: { kind: 'resident-id', number: mother },
          needs: ['dialysis'],
        },
      },
      { householdId: home },
    )
    await happens({ is: 'task-asked', task: 'register', dueBy: '2020-02-20' }, { householdId: home })
    await happens({ is: 'door-outcome', outcome: 'nobody-home', tasks: [] }, { householdId: home })
    for (const told of ['翠湖苑3栋2单元501', '香洲区吉大街道翠湖苑 3幢 2单元 5楼 501室', '翠湖苑3-2-501']) {
      const { answer } = await found('household', ['address', told])
      expect(answer, told).toMatchObject({
        value: {
          is: 'households',
          households: [
            {
              householdId: home,
              people: 1,
              members: [{ relation: 'head', fields: [{ field: 'name', masked: '慕**' }, {}, {}] }],
              due: [{ task: 'register', dueBy: '2020-02-20' }],
              lastOutcome: 'nobody-home',
              visitedOn: null,
            },
          ],
        },
      })
      for (const secret of ['慕容奶奶', '13700137001', mother, 'dialysis', '501'])
        expect(JSON.stringify(answer)).not.toContain(secret)
    }
    const { rows } = await server.db.pool.query(
      `select about, seat, fields from identity_accesses where screening_id = $1 limit 1`,
      [home],
    )
    expect(rows).toEqual([{ about: 'household', seat: 0, fields: ['address', 'name', 'document', 'phone'] }])
  })

  it('find somebody where they moved to, and nobody where they lived before', async () => {
    const before = await openDoor('601')
    const after = await openDoor('701')
    const number = '440402199203030039'
    const personId = await happens(
      {
        is: 'member-added',
        member: { name: '搬家人', relation: 'head', document: { kind: 'resident-id', number } },
      },
      { householdId: before },
    )
    const where = async () => {
      const { answer } = await found('household', ['resident-id', number])
      return answer.is === 'ok' && answer.value.is === 'households'
        ? answer.value.households.map(({ householdId, people }) => [householdId, people])
        : codeOf(answer)
    }
    expect(await where()).toEqual([[before, 1]])
    await happens({ is: 'member-moved', personId, toHouseholdId: after }, { householdId: before })
    expect(await where()).toEqual([[after, 1]])
    await happens({ is: 'member-left', personId, leftFor: 'other-city' }, { householdId: after })
    expect(await where()).toEqual([])
  })

  it('find the door that an address was corrected to, and no other', async () => {
    const home = await openDoor('801', '旧名花园')
    const address = { estate: '新名花园', building: '3栋', stair: '2单元', floor: '8', door: '801' }
    await happens({ is: 'address-corrected', address }, { householdId: home })
    const old = await found('household', ['address', '旧名花园3栋2单元801'])
    expect(old.answer).toMatchObject({ value: { households: [] } })
    const now = await found('household', ['address', '新名花园3栋2单元801'])
    expect(now.answer).toMatchObject({ value: { households: [{ householdId: home }] } })
  })

  it('refuse what a question cannot be looked up by, and what does not belong to an answer', async () => {
    const pairingId = await paired()
    const code = async (asked: AskedKind, subject: [SubjectKind, string]) =>
      codeOf(await lookUp(pairingId, await ask(pairingId, asked, subject)))
    expect(await code('orders', ['plate', '粤C12345'])).toBe('PAIRING_SUBJECT_OF_OTHER_KIND')
    expect(await code('orders', ['address', '翠湖苑3栋501'])).toBe('PAIRING_SUBJECT_OF_OTHER_KIND')
    expect(await code('household', ['plate', '粤C12345'])).toBe('PAIRING_SUBJECT_OF_OTHER_KIND')
    expect(await code('household', ['address', '翠湖苑'])).toBe('PAIRING_ADDRESS_UNCLEAR')
    expect(await code('household', ['phone', '——'])).toBe('PAIRING_SUBJECT_MISSING')
    const to = await ask(pairingId, 'orders', ['passport', passport])
    for (const said of [
      { kind: 'answer', to, answer: 'order-until' },
      { kind: 'answer', to, answer: 'order-until', told: { until: '2020-02-30' } },
      { kind: 'answer', to, answer: 'no-order', told: { people: 3 } },
    ] as const)
      expect(codeOf(await say(desk, pairingId, said))).toBe('INVALID_INPUT')
    const body = { pairingId, id: newId(), questionId: to, purpose: 'legal-request' as const }
    expect(codeOf(await desk.client.call(lookUpInPairing, { body }))).toBe('PURPOSE_NOT_ALLOWED')
  })

  it('end with the limit that every look-up has', async () => {
    const pairingId = await paired()
    const questionId = await ask(pairingId, 'orders', ['passport', 'LIMIT001'])
    const codes: string[] = []
    for (let times = 0; times < 11; times += 1) codes.push(codeOf(await lookUp(pairingId, questionId)))
    expect(codes).toEqual([...Array.from({ length: 10 }, () => 'ok'), 'LOOK_UP_LIMIT_REACHED'])
    const household = await ask(pairingId, 'household', ['address', '翠湖苑3栋2单元501'])
    expect(codeOf(await lookUp(pairingId, household))).toBe('LOOK_UP_LIMIT_REACHED')
  })

  it('leave nothing of what was asked or found in the log', async () => {
    await found('household', ['address', '翠湖苑3栋2单元501'])
    const commander = await server.signIn('commander', city)
    const day = new Date(server.clock.now + 8 * 3_600_000).toISOString().slice(0, 10)
    const log = JSON.stringify(await commander.client.call(listPairings, { query: { day } }))
    expect(log).toContain('"asked":"household"')
    for (const secret of ['翠湖苑', '慕', passport, phone, '欧']) expect(log).not.toContain(secret)
  })
})
