import type { PersonPage } from '@guankou/contract/subject-access/person-page.ts'
import { formatSlipCode, slipCodeOf } from '@guankou/domain/subject-access/slip-code.ts'
import { aTraveller } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { anExport, aStop, exportCity, makeExport, recordAll } from '../../../tests-support/exports.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'
import { takeList } from '../../../tests-support/worklists.ts'

const own = '11010519491231002X'
const guests = [
  ['姓名', '联系电话', '证件号码', '入住日期', '现住地址', '房号'],
  ['张三', '13812340001', own, '2020-1-25', '香洲区吉大 1 号', '1203'],
  ['李四', '13812340001', '', '2020-1-25', '香洲区吉大 1 号', '1203'],
]

describe.each(inject('databaseServers'))('lists of calls on the person’s own page, on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let clerk: TestSession
  let page: () => Promise<PersonPage>
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    clerk = await server.signIn('screening-clerk', exportCity)
    const stop = aStop(1, '2020-02-10T01:00:00.000Z', [
      { name: '张三', phone: '13812340001', document: { kind: 'resident-id', number: own } },
    ])
    await recordAll(server, [stop])
    const code = formatSlipCode(slipCodeOf(stop.id, aTraveller().seat))
    page = async () => {
      const call = async (path: string, body: object) => {
        const answer = await server.send({
          path: `/api/subject-access/${path}`,
          body,
          headers: { 'x-guankou-client': 'portal' },
        })
        expect(answer.status, answer.text).toBe(200)
        return answer.json
      }
      const { pass } = (await call('open', { code, tail: '002X' })) as { pass: string }
      return (await call('page', { pass })) as PersonPage
    }
    const file = Buffer.from(guests.map((cells) => cells.join(',')).join('\r\n'))
    await takeList({ client: clerk.client, context: server.context }, file, { title: '情侣路酒店' })
  }, 120_000)
  afterAll(async () => {
    await server?.close()
    await database?.drop()
  })

  it('tells who took the own line away, what of it and why, and nothing of a line without the document', async () => {
    expect((await page()).calls).toMatchObject([
      { kind: 'hotel-guests', broughtOn: '2020-02-10', takenBack: false, seenBy: [] },
    ])
    const days = { fromDay: '2020-02-10', toDay: '2020-02-10' }
    await makeExport(
      server,
      clerk,
      anExport({ ...days, subject: 'calls', purpose: 'follow-up', columns: ['name', 'phone'] }),
    )
    const { calls } = await page()
    expect(calls).toHaveLength(1)
    expect(calls[0]?.seenBy).toMatchObject([
      { role: 'screening-clerk', purpose: 'follow-up', way: 'export', fields: ['name', 'phone'] },
    ])
    expect(JSON.stringify(calls)).not.toContain('情侣路')
  })
})
