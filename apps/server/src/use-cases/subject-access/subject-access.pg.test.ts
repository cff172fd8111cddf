import type { RequestFile, RequestInbox } from '@guankou/contract/subject-access/desk-endpoints.ts'
import type { PersonPage } from '@guankou/contract/subject-access/person-page.ts'
import { writeSubjectPolicy } from '@guankou/db/queries/subject-access/policy.ts'
import { formatSlipCode, slipCodeOf } from '@guankou/domain/subject-access/slip-code.ts'
import { aReading, aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { findBrokenLinks } from '@guankou/testkit/server/read-audit.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runRetention } from '#src/use-cases/retention/run-retention.ts'
import { mostWrongTries } from '#src/use-cases/subject-access/slip-guard.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'

const [city, xiangzhou, doumen] = [440400, 440402, 440403]
const passport = 'E12345678'
const phone = '13812345678'
const familyPhone = '13900001111'
const reason = '本人到窗口查询 the person came to the desk'

const screenings = {
  car: aScreening(
    {
      occurredAt: '2020-02-09T03:00:00.000Z',
      rulesVersion: 2,
      conveyance: { kind: 'car', plate: '粤CSLIP1' },
      travellers: [
        aTraveller({
          seat: 1,
          name: '欧阳修',
          phone,
          document: { kind: 'passport', number: passport },
          readings: [],
          exposures: [{ areaCode: 420100, leftOn: '2020-02-05', evidence: 'declared' }],
        }),
        aTraveller({
          seat: 2,
          name: '李清照',
          phone: familyPhone,
          document: { kind: 'none' },
          readings: [],
        }),
        aTraveller({ seat: 3, name: '小儿', document: { kind: 'none' }, phone: familyPhone, readings: [] }),
      ],
    },
    71,
  ),
  district: aScreening(
    {
      occurredAt: '2020-02-08T05:00:00.000Z',
      rulesVersion: 2,
      jurisdiction: doumen,
      postId: 5,
      conveyance: { kind: 'on-foot' },
      travellers: [
        aTraveller({ name: '欧阳修', document: { kind: 'passport', number: 'e-1234 5678' }, readings: [] }),
      ],
    },
    72,
  ),
  bare: aScreening(
    {
      occurredAt: '2020-02-09T06:00:00.000Z',
      rulesVersion: 2,
      travellers: [
        {
          seat: 1,
          document: { kind: 'none' },
          origin: { code: 442000, evidence: 'declared' },
          exposures: [],
          contactWithCase: false,
          readings: [aReading({ at: '2020-02-09T05:59:30.000Z' })],
          symptoms: [],
        },
      ],
    },
    73,
  ),
}
const codeOf = (which: keyof typeof screenings, seat = 1) =>
  formatSlipCode(slipCodeOf(screenings[which].id, seat))

describe.each(inject('databaseServers'))('the person’s own page on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let address = 0
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    const { actor } = await server.signIn('service-account', city)
    for (const screening of Object.values(screenings))
      expect(await server.context.recorder.record(actor, screening)).toMatchObject({ ok: true })
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })

  const freshAddress = () => {
    address += 1
    return `10.9.${address >> 8}.${address & 255}`
  }
  const call = (path: string, body: unknown, from = freshAddress()) =>
    server.send({
      path: `/api/subject-access/${path}`,
      body,
      headers: { 'x-guankou-client': 'portal', 'x-forwarded-for': from },
    })
  const open = (code: string, tail: string, from?: string) => call('open', { code, tail }, from)
  const passOf = async (code: string, tail: string): Promise<string> => {
    const answer = await open(code, tail)
    expect(answer.status, answer.text).toBe(200)
    return (answer.json as { pass: string }).pass
  }
  const pageOf = async (pass: string): Promise<PersonPage> => {
    const answer = await call('page', { pass })
    expect(answer.status, answer.text).toBe(200)
    return answer.json as PersonPage
  }
  const desk = (session: TestSession, by: unknown) =>
    session.send({ path: '/api/subject-access/desk-page', body: { reason, by } })
  const inbox = async (session: TestSession): Promise<RequestInbox> =>
    (await session.send({ path: '/api/subject-access/requests' })).json as RequestInbox
  const work = (session: TestSession, path: string, body: unknown) =>
    session.send({ path: `/api/subject-access/${path}`, body })

  it('opens by code and last characters, and shows everything that is held of this person and of nobody else', async () => {
    const page = await pageOf(await passOf(codeOf('car').toLowerCase().replaceAll('-', ' '), '5678'))
    const [own, other, ...rest] = page.records
    expect(rest).toEqual([])
    expect(own).toMatchObject({
      slipCode: codeOf('car'),
      district: { zh: '香洲区' },
      fields: [
        { field: 'name', masked: '欧**', text: '欧阳修' },
        { field: 'document', text: passport },
        { field: 'phone', text: phone },
        { field: 'plate', text: '粤CSLIP1' },
      ],
      identityHeld: { is: 'held' },
      seenBy: [],
    })
    // The same document at another post, in another district.
    expect(other).toMatchObject({ slipCode: codeOf('district') })
    expect(own?.exposures).toMatchObject([{ area: { zh: '武汉市' }, leftOn: '2020-02-05' }])
    expect(own?.reasons.length).toBeGreaterThan(0)
    expect(own?.quarantine === null || own?.quarantine?.countedFrom === '2020-02-05').toBe(true)
    for (const foreign of ['李清照', '小儿', familyPhone]) expect(JSON.stringify(page)).not.toContain(foreign)
    expect(page.openings).toHaveLength(1)
  })

  it('opens for somebody without papers by the phone, and takes a family’s phone for nobody else', async () => {
    const page = await pageOf(await passOf(codeOf('car', 2), '1111'))
    expect(page.records).toHaveLength(1)
    expect(JSON.stringify(page)).not.toContain('小儿')
    expect(JSON.stringify(page)).not.toContain('欧阳修')
  })

  it('answers an unknown code, wrong characters and a person who gave no number alike, word for word', async () => {
    const unknown = slipCodeOf('016fd2d1-42d0-7881-8034-84e6d1c4acd0', 1)
    const answers = [
      await open(unknown, '5678'),
      await open(codeOf('car'), '0000'),
      await open(codeOf('car', 9), '5678'),
      await open(codeOf('car', 2), '5678'),
      await open(codeOf('bare'), '0000'),
      await open(codeOf('bare'), '1'),
    ]
    expect(new Set(answers.map(({ text, status }) => `${status} ${text}`)).size).toBe(1)
    expect(answers[0]?.json).toMatchObject({ code: 'SLIP_NOT_OPENED' })
  })

  it('says at once when a code is mistyped, and counts that for nothing', async () => {
    const code = codeOf('district')
    for (let n = 0; n < 8; n += 1) {
      const wrong = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`
      expect((await open(wrong, '5678')).json).toMatchObject({ code: 'SLIP_CODE_MISTYPED', path: '/code' })
    }
    await passOf(code, '5678')
  })

  it('ends by itself after fifteen minutes, and at once when it is closed', async () => {
    const [first, second] = [await passOf(codeOf('car'), '5678'), await passOf(codeOf('car'), '5678')]
    expect((await call('close', { pass: first })).json).toEqual({ closed: true })
    expect((await call('page', { pass: first })).json).toMatchObject({ code: 'SUBJECT_PAGE_ENDED' })
    await pageOf(second)
    server.clock.now += 15 * 60_000
    expect((await call('page', { pass: second })).json).toMatchObject({ code: 'SUBJECT_PAGE_ENDED' })
    expect((await call('page', { pass: 'x'.repeat(43) })).json).toMatchObject({ code: 'SUBJECT_PAGE_ENDED' })
  })

  it('pauses a code longer each time, whatever the address and the seat, and closes it; a desk opens it again', async () => {
    const codes = [codeOf('car', 1), codeOf('car', 2), codeOf('car', 3)]
    const wrong = async (count: number) => {
      const burst = await Promise.all(
        Array.from({ length: count }, (_, n) => open(codes[n % 3] ?? '', '9999')),
      )
      return burst.map(({ json }) => (json as { code: string }).code)
    }
    const first = await wrong(12)
    expect(first.filter((code) => code === 'SLIP_NOT_OPENED')).toHaveLength(5)
    expect(first.filter((code) => code === 'SLIP_TRIES_PAUSED')).toHaveLength(7)
    const right = await open(codes[0] ?? '', '5678')
    expect(right.json).toMatchObject({ code: 'SLIP_TRIES_PAUSED', retryAfterSeconds: 60 })
    server.clock.now += 60_000
    expect(await wrong(1)).toEqual(['SLIP_NOT_OPENED'])
    expect((await open(codes[0] ?? '', '5678')).json).toMatchObject({ retryAfterSeconds: 120 })
    for (let tries = 7; tries <= mostWrongTries; tries += 1) {
      server.clock.now += 3_600_000
      expect(await wrong(1)).toEqual(['SLIP_NOT_OPENED'])
    }
    server.clock.now += 3_600_000
    expect((await open(codes[0] ?? '', '5678')).json).toMatchObject({ code: 'SLIP_CODE_CLOSED' })
    const partner = await server.signIn('desk-partner', xiangzhou)
    expect((await desk(partner, { code: codes[0], tail: '5678' })).status).toBe(200)
    await passOf(codes[0] ?? '', '5678')
  })

  it('pauses an address that tries many codes', async () => {
    const from = '10.8.0.1'
    const codes: string[] = []
    // The framework lets so many sign-ins of one address pass in a minute of its own clock; these lie below.
    for (let n = 0; n < 20; n += 1) {
      const unknown = slipCodeOf(`016fd2d1-42d0-7881-8034-84e6d1c4${String(1000 + n)}`, 1)
      const answer = await server.context.subjects.guard.attempt(
        { dayRemainder: 1, randomBits: unknown.slice(0, 10), seat: 1 },
        from,
        () => Promise.resolve(false),
      )
      codes.push(answer.is)
    }
    expect(new Set(codes)).toEqual(new Set(['failed']))
    expect((await open(codeOf('district'), '5678', from)).json).toMatchObject({ code: 'SLIP_TRIES_PAUSED' })
    await passOf(codeOf('district'), '5678')
  })

  it('shows who looked, in which role and why, without a name; the reason only where the installation says so', async () => {
    const clerk = await server.signIn('screening-clerk', city)
    const sought = { kind: 'passport', text: passport }
    await clerk.send({
      path: '/api/identity/look-up',
      body: { purpose: 'contact-tracing', reason: '核对接触者王某 contact Wang', sought },
    })
    const before = await pageOf(await passOf(codeOf('district'), '5678'))
    const [latest] = before.records[0]?.seenBy ?? []
    expect(latest).toEqual({
      at: new Date(server.clock.now).toISOString(),
      role: 'screening-clerk',
      purpose: 'contact-tracing',
      way: 'look-up',
      fields: expect.arrayContaining(['name', 'document']) as string[],
      reason: null,
    })
    expect(JSON.stringify(before)).not.toContain('测试')
    await writeSubjectPolicy(server.db.query, { answerDays: 15, showReasons: true })
    const after = await pageOf(await passOf(codeOf('district'), '5678'))
    expect(after.records[0]?.seenBy[0]?.reason).toBe('核对接触者王某 contact Wang')
    expect(after.answerDays).toBe(15)
    await writeSubjectPolicy(server.db.query, { answerDays: 30, showReasons: false })
  })

  it('takes a request, which the officer opens, and whose correction stands beside what it corrects', async () => {
    const pass = await passOf(codeOf('district'), '5678')
    const asked = await call('ask', {
      pass,
      kind: 'correction',
      field: 'name',
      text: '名字写错了，应是欧阳脩',
    })
    expect(asked.status, asked.text).toBe(201)
    // Answered before the identity is gone, although the law would give more days.
    const id = (asked.json as { id: string }).id
    const officer = await server.signIn('data-protection-officer', city)
    const lead = await server.signIn('post-lead', doumen)
    expect(await inbox(lead)).toMatchObject({ requests: [], waitingForMe: 0 })
    const { requests, waitingForMe } = await inbox(officer)
    expect(waitingForMe).toBe(1)
    const line = requests.find((each) => each.id === id)
    expect(line).toMatchObject({ kind: 'correction', field: 'name', state: 'waiting', mayAnswer: true })
    expect(line?.daysLeft).toBeLessThan(29)
    expect(JSON.stringify(requests)).not.toContain('欧阳')

    expect((await work(lead, 'open-request', { id })).json).toMatchObject({ code: 'REQUEST_NOT_YOURS' })
    const file = (await work(officer, 'open-request', { id })).json as RequestFile
    expect(file.request.text).toContain('欧阳脩')
    expect(file.record?.fields).toMatchObject([
      { field: 'name', masked: '欧**', text: '欧阳修' },
      { field: 'document', masked: 'E******78' },
      { field: 'phone' },
    ])
    expect(file.record?.fields[1]).not.toHaveProperty('text')

    const handed = await work(officer, 'hand-on', { id, to: 'post-lead', note: '请核对原件 check the paper' })
    expect(handed.status, handed.text).toBe(200)
    expect((await inbox(lead)).waitingForMe).toBe(1)
    const granted = { id, outcome: 'granted', text: '已核对证件，更正。', correctedTo: ' 欧阳脩 ' }
    expect((await work(lead, 'answer', { ...granted, correctedTo: ' ' })).json).toMatchObject({
      code: 'CORRECTION_MISSING',
    })
    const both = await Promise.all([work(lead, 'answer', granted), work(lead, 'answer', granted)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])

    const page = await pageOf(pass)
    expect(page.records[0]).toMatchObject({
      fields: expect.arrayContaining([expect.objectContaining({ text: '欧阳修' })]) as unknown,
      corrections: [{ field: 'name', text: '欧阳脩', masked: '欧**' }],
    })
    expect(page.requests).toMatchObject([
      { id, state: 'answered', outcome: 'granted', answer: '已核对证件，更正。' },
    ])
    expect(page.records[0]?.seenBy.filter(({ way }) => way === 'subject-request')).toMatchObject([
      { role: 'data-protection-officer', purpose: 'correction-request' },
    ])
    server.clock.now += 60_000
    const look = await lead.send({
      path: '/api/identity/look-up',
      body: { purpose: 'subject-request', reason, sought: { kind: 'passport', text: passport } },
    })
    expect((look.json as { matches: unknown[] }).matches).toMatchObject([
      { corrections: [{ field: 'name', masked: '欧**' }] },
    ])
    const unmasked = await lead.send({
      path: '/api/identity/unmask',
      body: { screeningId: screenings.district.id, seat: 1, field: 'name' },
    })
    expect(unmasked.json).toMatchObject({ text: '欧阳修', correctedTo: '欧阳脩' })
    const printed = await desk(lead, { screeningId: screenings.district.id, seat: 1 })
    expect(printed.status, printed.text).toBe(200)
  })

  it('leaves a release to who leads or commands, and keeps the area', async () => {
    const pass = await passOf(codeOf('car'), '5678')
    const id = (
      (await call('ask', { pass, kind: 'release', text: '已满十四天，请解除' })).json as { id: string }
    ).id
    const officer = await server.signIn('data-protection-officer', city)
    expect((await work(officer, 'open-request', { id })).status).toBe(200)
    const grant = { id, outcome: 'granted', text: '同意解除。' }
    expect((await work(officer, 'answer', grant)).json).toMatchObject({ code: 'REQUEST_NOT_YOURS' })
    const neighbour = await server.signIn('post-lead', doumen)
    expect((await work(neighbour, 'open-request', { id })).json).toMatchObject({ code: 'UNKNOWN_REQUEST' })
    expect((await work(neighbour, 'answer', grant)).json).toMatchObject({ code: 'UNKNOWN_REQUEST' })
    expect((await desk(neighbour, { code: codeOf('car'), tail: '5678' })).json).toMatchObject({
      code: 'SLIP_NOT_OPENED',
    })
    const lead = await server.signIn('post-lead', xiangzhou)
    expect((await work(lead, 'answer', grant)).status).toBe(200)
    expect((await work(lead, 'hand-on', { id, to: 'commander', note: 'later' })).json).toMatchObject({
      code: 'REQUEST_ALREADY_ANSWERED',
    })
  })

  it('takes no more than so many requests at a time, however they arrive', async () => {
    const pass = await passOf(codeOf('car', 2), '1111')
    const burst = await Promise.all(
      Array.from({ length: 10 }, () => call('ask', { pass, kind: 'explanation', text: '请说明原因' })),
    )
    expect(burst.map(({ status }) => status).sort()).toEqual([
      ...Array.from({ length: 6 }, () => 201),
      ...Array.from({ length: 4 }, () => 409),
    ])
  })

  it('is printed at a desk for whoever gave no number, on the word of the officer, and never for anyone else', async () => {
    const partner = await server.signIn('desk-partner', xiangzhou)
    const page = (await desk(partner, { code: codeOf('bare') })).json as PersonPage
    expect(page.records).toHaveLength(1)
    expect(page.records[0]?.readings).toMatchObject([{ temperatureCelsius: 36.5 }])
    expect((await desk(partner, { code: codeOf('car') })).json).toMatchObject({ code: 'SLIP_NOT_OPENED' })
    expect((await desk(partner, { screeningId: screenings.bare.id, seat: 1 })).json).toMatchObject({
      code: 'NOT_LOOKED_UP',
    })
    const again = (await desk(partner, { code: codeOf('bare') })).json as PersonPage
    expect(again.records[0]?.seenBy).toHaveLength(2)
  })

  it('leaves no identity and no text in clear, and an audit without a gap', async () => {
    const { rows: tables } = await server.db.pool.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    )
    const dump: string[] = []
    for (const { name } of tables) {
      const { rows } = await server.db.pool.query<{ row: string }>(`select t::text as row from "${name}" t`)
      dump.push(...rows.map(({ row }) => row))
    }
    const everything = [...dump, ...server.logged].join('\n')
    expect(everything).toContain('subject-access.desk-page')
    for (const clear of ['欧阳', '写错', '解除', '核对证件', '请说明', phone, passport, codeOf('car')]) {
      expect(everything.includes(clear), clear).toBe(false)
      expect(everything.includes(Buffer.from(clear).toString('hex')), clear).toBe(false)
    }
    expect(await findBrokenLinks(server.db)).toEqual([])
  })

  it('says what was destroyed and by which certificate, once it was, also of a code that was never given out', async () => {
    server.clock.now = Date.parse('2020-03-20T04:00:00.000Z')
    const parts = { ...server.context, keys: server.keys, reference: server.context.reference.current() }
    const outcome = await runRetention({
      ...parts,
      by: 'test',
      forget: server.context.identity.sealer.forget,
    })
    expect(outcome?.certificate).toBeDefined()
    const sameDay = slipCodeOf(`${screenings.bare.id.slice(0, -10)}0123456789`, 1)
    const told = [
      await open(codeOf('bare'), '0000'),
      await open(codeOf('car'), '5678'),
      await open(sameDay, '1234'),
    ]
    expect(new Set(told.map(({ text }) => text)).size).toBe(1)
    expect(told[0]?.json).toMatchObject({
      is: 'destroyed',
      pass: null,
      destroyed: expect.arrayContaining([
        expect.objectContaining({
          day: '2020-02-09',
          destroyedOn: '2020-03-20',
          certificate: outcome?.certificate?.id,
        }),
      ]) as unknown,
    })
  })
})
