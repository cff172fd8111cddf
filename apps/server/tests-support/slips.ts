import type { RequestInbox } from '@guankou/contract/subject-access/desk-endpoints.ts'
import type { PersonPage } from '@guankou/contract/subject-access/person-page.ts'
import { formatSlipCode, slipCodeOf } from '@guankou/domain/subject-access/slip-code.ts'
import { aReading, aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { expect } from 'vitest'
import type { TestServer, TestSession } from './test-server.ts'

export const [city, xiangzhou, doumen] = [440400, 440402, 440403]
export const passport = 'E12345678'
export const phone = '13812345678'
export const familyPhone = '13900001111'
export const reason = '本人到窗口查询 the person came to the desk'

export const screenings = {
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
export const codeOf = (which: keyof typeof screenings, seat = 1) =>
  formatSlipCode(slipCodeOf(screenings[which].id, seat))

/** Everybody who was screened, each as the server stores it. */
export const recordSlips = async (server: TestServer): Promise<void> => {
  const { actor } = await server.signIn('service-account', city)
  for (const screening of Object.values(screenings))
    expect(await server.context.recorder.record(actor, screening)).toMatchObject({ ok: true })
}

/** The ways to a person's own page, each call from an address of its own. */
export const slipsAt = (server: TestServer) => {
  let address = 0
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
  return { call, open, passOf, pageOf, desk, inbox, work }
}
