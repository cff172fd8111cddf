import { slipCodeOf } from '@guankou/domain/subject-access/slip-code.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { mostWrongTries } from '#src/use-cases/subject-access/slip-guard.ts'
import {
  codeOf,
  familyPhone,
  passport,
  phone,
  recordSlips,
  slipsAt,
  xiangzhou,
} from '../../../tests-support/slips.ts'
import { demoCityTemplate, startTestServer, type TestServer } from '../../../tests-support/test-server.ts'

describe.each(inject('databaseServers'))('the way to a person’s own page on $name', ({ url }) => {
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

  it('opens by code and last characters, and shows everything that is held of this person and of nobody else', async () => {
    const page = await slips.pageOf(
      await slips.passOf(codeOf('car').toLowerCase().replaceAll('-', ' '), '5678'),
    )
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
    const page = await slips.pageOf(await slips.passOf(codeOf('car', 2), '1111'))
    expect(page.records).toHaveLength(1)
    expect(JSON.stringify(page)).not.toContain('小儿')
    expect(JSON.stringify(page)).not.toContain('欧阳修')
  })

  it('answers an unknown code, wrong characters and a person who gave no number alike, word for word', async () => {
    const unknown = slipCodeOf('016fd2d1-42d0-7881-8034-84e6d1c4acd0', 1)
    const answers = [
      await slips.open(unknown, '5678'),
      await slips.open(codeOf('car'), '0000'),
      await slips.open(codeOf('car', 9), '5678'),
      await slips.open(codeOf('car', 2), '5678'),
      await slips.open(codeOf('bare'), '0000'),
      await slips.open(codeOf('bare'), '1'),
    ]
    expect(new Set(answers.map(({ text, status }) => `${status} ${text}`)).size).toBe(1)
    expect(answers[0]?.json).toMatchObject({ code: 'SLIP_NOT_OPENED' })
  })

  it('says at once when a code is mistyped, and counts that for nothing', async () => {
    const code = codeOf('district')
    for (let n = 0; n < 8; n += 1) {
      const wrong = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`
      expect((await slips.open(wrong, '5678')).json).toMatchObject({
        code: 'SLIP_CODE_MISTYPED',
        path: '/code',
      })
    }
    await slips.passOf(code, '5678')
  })

  it('ends by itself after fifteen minutes, and at once when it is closed', async () => {
    const [first, second] = [
      await slips.passOf(codeOf('car'), '5678'),
      await slips.passOf(codeOf('car'), '5678'),
    ]
    expect((await slips.call('close', { pass: first })).json).toEqual({ closed: true })
    expect((await slips.call('page', { pass: first })).json).toMatchObject({ code: 'SUBJECT_PAGE_ENDED' })
    await slips.pageOf(second)
    server.clock.now += 15 * 60_000
    expect((await slips.call('page', { pass: second })).json).toMatchObject({ code: 'SUBJECT_PAGE_ENDED' })
    expect((await slips.call('page', { pass: 'x'.repeat(43) })).json).toMatchObject({
      code: 'SUBJECT_PAGE_ENDED',
    })
  })

  it('pauses a code longer each time, whatever the address and the seat, and closes it; a desk opens it again', async () => {
    const codes = [codeOf('car', 1), codeOf('car', 2), codeOf('car', 3)]
    const wrong = async (count: number) => {
      const burst = await Promise.all(
        Array.from({ length: count }, (_, n) => slips.open(codes[n % 3] ?? '', '9999')),
      )
      return burst.map(({ json }) => (json as { code: string }).code)
    }
    const first = await wrong(12)
    expect(first.filter((code) => code === 'SLIP_NOT_OPENED')).toHaveLength(5)
    expect(first.filter((code) => code === 'SLIP_TRIES_PAUSED')).toHaveLength(7)
    const right = await slips.open(codes[0] ?? '', '5678')
    expect(right.json).toMatchObject({ code: 'SLIP_TRIES_PAUSED', retryAfterSeconds: 60 })
    server.clock.now += 60_000
    expect(await wrong(1)).toEqual(['SLIP_NOT_OPENED'])
    expect((await slips.open(codes[0] ?? '', '5678')).json).toMatchObject({ retryAfterSeconds: 120 })
    for (let tries = 7; tries <= mostWrongTries; tries += 1) {
      server.clock.now += 3_600_000
      expect(await wrong(1)).toEqual(['SLIP_NOT_OPENED'])
    }
    server.clock.now += 3_600_000
    expect((await slips.open(codes[0] ?? '', '5678')).json).toMatchObject({ code: 'SLIP_CODE_CLOSED' })
    const partner = await server.signIn('desk-partner', xiangzhou)
    expect((await slips.desk(partner, { code: codes[0], tail: '5678' })).status).toBe(200)
    await slips.passOf(codes[0] ?? '', '5678')
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
    expect((await slips.open(codeOf('district'), '5678', from)).json).toMatchObject({
      code: 'SLIP_TRIES_PAUSED',
    })
    await slips.passOf(codeOf('district'), '5678')
  })
})
