import type { RenewBody } from '@guankou/contract/retention/renewal.ts'
import { aScreening } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'
import { renewalNotePlace } from './renew-collection.ts'

const path = '/api/responses/renew-collection'
const note = '欧阳说明：口岸仍有输入'

describe.each(inject('databaseServers'))('renewing a collection on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let commander: TestSession
  let responseId: string
  beforeEach(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    commander = await server.signIn('commander', 440400)
    const [response] = server.context.reference.current().responses
    responseId = response?.id ?? ''
    await server.db.pool.query("update responses set collection_until = '2020-02-15'")
    await server.context.reference.refresh()
  })
  afterEach(async () => {
    await server.close()
    await database.drop()
  })
  const renewal = (other: Partial<RenewBody> = {}): RenewBody => ({
    responseId,
    afterVersion: 0,
    collectionUntil: '2020-04-30',
    ground: 'cases-among-arrivals',
    ...other,
  })
  const renew = (body: RenewBody, by = commander) => by.send({ path, body })
  const notice = async () => {
    const { json } = await server.send({ method: 'GET', path: '/api/public/notice' })
    return (json as { responses: { collectionUntil: string; renewal?: object }[] }).responses[0]
  }

  it('lets it go on, by name, and tells everyone', async () => {
    server.clock.now = Date.parse('2020-02-16T04:00:00.000Z')
    const { actor } = await server.signIn('service-account', 440400)
    const command = aScreening({ occurredAt: '2020-02-16T03:00:00.000Z' }, 1)
    expect(await server.context.recorder.record(actor, command)).toMatchObject({
      refusal: { code: 'OUTSIDE_COLLECTION' },
    })
    commander = await server.signIn('commander', 440400)
    expect(await renew(renewal({ note }))).toMatchObject({
      status: 200,
      json: { collectionUntil: '2020-04-30' },
    })
    expect(await server.context.recorder.record(actor, command)).toMatchObject({ ok: true })
    expect(await notice()).toMatchObject({
      collectionUntil: '2020-04-30',
      renewal: { by: commander.actor.name, role: 'commander', ground: 'cases-among-arrivals' },
    })
  })

  it('keeps every renewal and changes none, nor the response itself', async () => {
    await renew(renewal())
    await renew(renewal({ afterVersion: 1, collectionUntil: '2020-05-01' }))
    const { rows } = await server.db.pool.query(
      'select version, previous_until, collection_until from collection_renewals order by version',
    )
    expect(rows).toEqual([
      { version: 1, previous_until: '2020-02-15', collection_until: '2020-04-30' },
      { version: 2, previous_until: '2020-04-30', collection_until: '2020-05-01' },
    ])
    const responses = await server.db.pool.query('select collection_until from responses')
    expect(responses.rows).toEqual([{ collection_until: '2020-02-15' }])
  })

  it('seals the note and leaves an entry in the audit without it', async () => {
    await renew(renewal({ note }))
    const { rows } = await server.db.pool.query('select * from collection_renewals')
    expect(JSON.stringify(rows)).not.toContain('欧阳')
    const { sealer } = server.context.identity
    const owner = { jurisdiction: rows[0].jurisdiction as number, day: rows[0].day as string }
    expect(await sealer.open(owner, renewalNotePlace(responseId, 1), rows[0].note_sealed)).toBe(note)
    const audit = await server.db.pool.query(
      "select subject, detail from audit_entries where action = 'responses.renew-collection'",
    )
    expect(audit.rows).toEqual([
      { subject: responseId, detail: '2020-02-15 to 2020-04-30, cases-among-arrivals' },
    ])
  })

  it.each([
    [{ collectionUntil: '2020-02-15' }, 422, 'RENEWAL_NOT_LATER'],
    [{ collectionUntil: '2020-05-11' }, 422, 'RENEWAL_TOO_LONG'],
    [{ collectionUntil: '2020-02-31' }, 400, 'INVALID_INPUT'],
    [{ responseId: 'none' }, 422, 'UNKNOWN_RESPONSE'],
    [{ afterVersion: 1 }, 409, 'RENEWAL_OVERTAKEN'],
  ] as const)('is refused with %j', async (other, status, code) => {
    expect(await renew(renewal(other))).toMatchObject({ status, json: { code } })
    expect((await notice())?.collectionUntil).toBe('2020-02-15')
  })

  it('is for whoever answers for the whole city, and for nobody who watches', async () => {
    const district = await server.signIn('commander', 440402)
    expect(await renew(renewal(), district)).toMatchObject({ status: 403, json: { code: 'OUTSIDE_AREA' } })
    for (const role of ['data-protection-officer', 'administrator', 'auditor', 'service-account'] as const)
      expect(await renew(renewal(), await server.signIn(role, 440400))).toMatchObject({
        status: 403,
        json: { code: 'ROLE_NOT_ALLOWED' },
      })
  })

  it('takes one of two that decide on the same state', async () => {
    const answers = await Promise.all([
      renew(renewal({ collectionUntil: '2020-04-01' })),
      renew(renewal({ collectionUntil: '2020-04-02' })),
      renew(renewal({ collectionUntil: '2020-04-03' })),
    ])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const { rowCount } = await server.db.pool.query('select from collection_renewals')
    expect(rowCount).toBe(1)
  })
})
