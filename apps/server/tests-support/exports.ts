import type { BodyOf } from '@guankou/contract/endpoint.ts'
import type { requestExport } from '@guankou/contract/exports/endpoints.ts'
import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'
import { expect } from 'vitest'
import type { TestServer, TestSession } from './test-server.ts'

export const exportCity = 440400
/** A district of the city, and a post of it. */
export const exportDistrict = { code: 440403, postId: 5 }

type Person = Parameters<typeof aTraveller>[0]

/** One conveyance at an instant, in the first district or in the other. */
export const aStop = (
  serial: number,
  occurredAt: string,
  people: readonly Person[],
  more: Partial<RecordScreening> = {},
): RecordScreening =>
  aScreening(
    {
      occurredAt,
      rulesVersion: 2,
      conveyance: { kind: 'car', plate: `粤C1234${serial}` },
      travellers: people.map((person, index) => aTraveller({ readings: [], ...person, seat: index + 1 })),
      ...more,
    },
    serial,
  )

/** Names that a spreadsheet, a parser or a font may stumble over. */
export const hardNames = [
  '=HYPERLINK("http://example.org","看")',
  '+cmd|’ /C calc’!A0',
  '@SUM(1,2)',
  '－１+2',
  '𠮷野家 "引号", 逗号',
  'محمد Ünïcödé',
]

export const recordAll = async (
  server: TestServer,
  screenings: readonly RecordScreening[],
): Promise<void> => {
  const { actor } = await server.signIn('service-account', exportCity)
  const results = await Promise.all(
    screenings.map((screening) => server.context.recorder.record(actor, screening)),
  )
  for (const result of results) expect(result).toMatchObject({ ok: true })
}

export type ExportRequest = BodyOf<typeof requestExport>

export const anExport = (more: Partial<ExportRequest> = {}): ExportRequest => ({
  purpose: 'contact-tracing',
  reason: '追踪同车人员 tracing contacts',
  organisation: '香洲区疾控中心',
  columns: ['occurred-at', 'post', 'plate', 'name', 'document-number', 'phone', 'origin'],
  fromDay: '2020-02-08',
  toDay: '2020-02-09',
  postIds: [],
  dispositions: [],
  language: 'zh',
  ...more,
})

/** Asks for a list, lets it be approved and waits until it is made. @returns its id */
export const makeExport = async (
  server: TestServer,
  requester: TestSession,
  request: ExportRequest,
): Promise<string> => {
  const asked = await requester.send({ path: '/api/exports/request', body: request })
  expect(asked.status, asked.text).toBe(201)
  const { exportId } = asked.json as { exportId: string }
  const approver = await server.signIn('data-protection-officer', exportCity)
  const decided = await approver.send({
    path: '/api/exports/decide',
    body: { exportId, decision: 'approve' },
  })
  expect(decided.json, decided.text).toEqual({ state: 'approved' })
  await server.context.exports.idle()
  return exportId
}

/** Downloads a list. */
export const downloadFile = async (
  server: TestServer,
  session: TestSession,
  exportId: string,
  format: 'csv' | 'xlsx',
): Promise<{ readonly status: number; readonly headers: Headers; readonly content: Buffer }> => {
  const response = await fetch(`${server.address}/api/exports/download`, {
    method: 'POST',
    headers: { authorization: `Bearer ${session.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ exportId, format }),
  })
  const content = Buffer.from(await response.arrayBuffer())
  return { status: response.status, headers: response.headers, content }
}
