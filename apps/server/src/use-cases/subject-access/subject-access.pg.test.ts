import type { RequestFile } from '@guankou/contract/subject-access/desk-endpoints.ts'
import type { PersonPage } from '@guankou/contract/subject-access/person-page.ts'
import { writeSubjectPolicy } from '@guankou/db/queries/subject-access/policy.ts'
import { slipCodeOf } from '@guankou/domain/subject-access/slip-code.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { findBrokenLinks } from '@guankou/testkit/server/read-audit.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runRetention } from '#src/use-cases/retention/run-retention.ts'
import {
  city,
  codeOf,
  doumen,
  passport,
  phone,
  reason,
  recordSlips,
  screenings,
  slipsAt,
  xiangzhou,
} from '../../../tests-support/slips.ts'
import { demoCityTemplate, startTestServer, type TestServer } from '../../../tests-support/test-server.ts'

describe.each(inject('databaseServers'))('the person’s own page on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let slips: ReturnType<typeof slipsAt>
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    await recordSlips(server)
    slips = slipsAt(server)
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })

  it('shows who looked, in which role and why, without a name; the reason only where the installation says so', async () => {
    const clerk = await server.signIn('screening-clerk', city)
    const sought = { kind: 'passport', text: passport }
    await clerk.send({
      path: '/api/identity/look-up',
      body: { purpose: 'contact-tracing', reason: '核对接触者王某 contact Wang', sought },
    })
    const before = await slips.pageOf(await slips.passOf(codeOf('district'), '5678'))
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
    const after = await slips.pageOf(await slips.passOf(codeOf('district'), '5678'))
    expect(after.records[0]?.seenBy[0]?.reason).toBe('核对接触者王某 contact Wang')
    expect(after.answerDays).toBe(15)
    await writeSubjectPolicy(server.db.query, { answerDays: 30, showReasons: false })
  })

  it('takes a request, which the officer opens, and whose correction stands beside what it corrects', async () => {
    const pass = await slips.passOf(codeOf('district'), '5678')
    const asked = await slips.call('ask', {
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
    expect(await slips.inbox(lead)).toMatchObject({ requests: [], waitingForMe: 0 })
    const { requests, waitingForMe } = await slips.inbox(officer)
    expect(waitingForMe).toBe(1)
    const line = requests.find((each) => each.id === id)
    expect(line).toMatchObject({ kind: 'correction', field: 'name', state: 'waiting', mayAnswer: true })
    expect(line?.daysLeft).toBeLessThan(29)
    expect(JSON.stringify(requests)).not.toContain('欧阳')

    expect((await slips.work(lead, 'open-request', { id })).json).toMatchObject({ code: 'REQUEST_NOT_YOURS' })
    const file = (await slips.work(officer, 'open-request', { id })).json as RequestFile
    expect(file.request.text).toContain('欧阳脩')
    expect(file.record?.fields).toMatchObject([
      { field: 'name', masked: '欧**', text: '欧阳修' },
      { field: 'document', masked: 'E******78' },
      { field: 'phone' },
    ])
    expect(file.record?.fields[1]).not.toHaveProperty('text')

    const handed = await slips.work(officer, 'hand-on', {
      id,
      to: 'post-lead',
      note: '请核对原件 check the paper',
    })
    expect(handed.status, handed.text).toBe(200)
    expect((await slips.inbox(lead)).waitingForMe).toBe(1)
    const granted = { id, outcome: 'granted', text: '已核对证件，更正。', correctedTo: ' 欧阳脩 ' }
    expect((await slips.work(lead, 'answer', { ...granted, correctedTo: ' ' })).json).toMatchObject({
      code: 'CORRECTION_MISSING',
    })
    const both = await Promise.all([slips.work(lead, 'answer', granted), slips.work(lead, 'answer', granted)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])

    const page = await slips.pageOf(pass)
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
    const printed = await slips.desk(lead, { screeningId: screenings.district.id, seat: 1 })
    expect(printed.status, printed.text).toBe(200)
  })

  it('leaves a release to who leads or commands, and keeps the area', async () => {
    const pass = await slips.passOf(codeOf('car'), '5678')
    const id = (
      (await slips.call('ask', { pass, kind: 'release', text: '已满十四天，请解除' })).json as { id: string }
    ).id
    const officer = await server.signIn('data-protection-officer', city)
    expect((await slips.work(officer, 'open-request', { id })).status).toBe(200)
    const grant = { id, outcome: 'granted', text: '同意解除。' }
    expect((await slips.work(officer, 'answer', grant)).json).toMatchObject({ code: 'REQUEST_NOT_YOURS' })
    const neighbour = await server.signIn('post-lead', doumen)
    expect((await slips.work(neighbour, 'open-request', { id })).json).toMatchObject({
      code: 'UNKNOWN_REQUEST',
    })
    expect((await slips.work(neighbour, 'answer', grant)).json).toMatchObject({ code: 'UNKNOWN_REQUEST' })
    expect((await slips.desk(neighbour, { code: codeOf('car'), tail: '5678' })).json).toMatchObject({
      code: 'SLIP_NOT_OPENED',
    })
    const lead = await server.signIn('post-lead', xiangzhou)
    expect((await slips.work(lead, 'answer', grant)).status).toBe(200)
    expect((await slips.work(lead, 'hand-on', { id, to: 'commander', note: 'later' })).json).toMatchObject({
      code: 'REQUEST_ALREADY_ANSWERED',
    })
  })

  it('takes no more than so many requests at a time, however they arrive', async () => {
    const pass = await slips.passOf(codeOf('car', 2), '1111')
    const burst = await Promise.all(
      Array.from({ length: 10 }, () => slips.call('ask', { pass, kind: 'explanation', text: '请说明原因' })),
    )
    expect(burst.map(({ status }) => status).sort()).toEqual([
      ...Array.from({ length: 6 }, () => 201),
      ...Array.from({ length: 4 }, () => 409),
    ])
  })

  it('is printed at a desk for whoever gave no number, on the word of the officer, and never for anyone else', async () => {
    const partner = await server.signIn('desk-partner', xiangzhou)
    const page = (await slips.desk(partner, { code: codeOf('bare') })).json as PersonPage
    expect(page.records).toHaveLength(1)
    expect(page.records[0]?.readings).toMatchObject([{ temperatureCelsius: 36.5 }])
    expect((await slips.desk(partner, { code: codeOf('car') })).json).toMatchObject({
      code: 'SLIP_NOT_OPENED',
    })
    expect((await slips.desk(partner, { screeningId: screenings.bare.id, seat: 1 })).json).toMatchObject({
      code: 'NOT_LOOKED_UP',
    })
    const again = (await slips.desk(partner, { code: codeOf('bare') })).json as PersonPage
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
      await slips.open(codeOf('bare'), '0000'),
      await slips.open(codeOf('car'), '5678'),
      await slips.open(sameDay, '1234'),
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
