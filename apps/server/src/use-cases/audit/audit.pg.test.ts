import type { AuditDayHead } from '@guankou/contract/audit/day-head.ts'
import type { AuditEntryView } from '@guankou/contract/audit/endpoints.ts'
import { isSignedByItsKey } from '@guankou/db/audit/day-head.ts'
import { aScreening } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createAuditCalendar } from '#src/use-cases/audit/audit-calendar.ts'
import { closeAuditDays, installationSigner } from '#src/use-cases/audit/close-days.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'

type Page = { readonly entries: readonly AuditEntryView[]; readonly next: string | null }
type Run = {
  readonly id: string
  readonly finishedAt: string | null
  readonly failed: boolean
  readonly counts: { readonly links: number; readonly findings: number }
  readonly findings: readonly object[]
}

describe.each(inject('databaseServers'))('the audit over HTTP on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let auditor: TestSession
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    const traffic = await server.signIn('service-account', 440400)
    for (let day = 0; day < 3; day += 1) {
      for (let serial = 0; serial < 5; serial += 1)
        await server.context.recorder.record(traffic.actor, aScreening({}, day * 10 + serial))
      server.clock.now += 86_400_000
    }
    auditor = await server.signIn('auditor', 440400)
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })
  const search = async (session: TestSession, query: string): Promise<Page> => {
    const { status, json } = await session.send({ path: `/api/audit/entries?${query}` })
    expect(status).toBe(200)
    return json as Page
  }
  const days = 'area=440400&from=2020-02-10&to=2020-02-13'

  it('is searched by day, action, account and outcome, page by page, newest first', async () => {
    const recorded = `${days}&action=screening.record`
    const all = await search(auditor, recorded)
    expect(all.entries).toHaveLength(15)
    expect(all.next).toBeNull()
    expect(all.entries[0]?.account?.login).toBe('test-service-account-440400')
    const times = all.entries.map(({ at }) => at)
    expect(times).toEqual(times.toSorted().reverse())
    const paged: AuditEntryView[] = []
    for (let after: string | null = ''; after !== null; ) {
      const more: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`
      const page: Page = await search(auditor, `${recorded}&limit=4${more}`)
      paged.push(...page.entries)
      after = page.next
    }
    expect(paged).toEqual(all.entries)
    const oneDay = 'area=440400&from=2020-02-11&to=2020-02-11&action=screening.record'
    expect((await search(auditor, oneDay)).entries).toHaveLength(5)
    expect((await search(auditor, `${recorded}&login=test-service-account-440400`)).entries).toHaveLength(15)
    expect((await search(auditor, `${recorded}&login=nobody`)).entries).toHaveLength(0)
    expect((await search(auditor, `${recorded}&outcome=duplicate`)).entries).toHaveLength(0)
    const [one] = all.entries
    expect((await search(auditor, `${days}&subject=${one?.subject}`)).entries).toHaveLength(1)
  })

  it('shows an area its own chains alone, and notes who searched', async () => {
    const elsewhere = await server.signIn('auditor', 440404)
    const { status } = await elsewhere.send({ path: `/api/audit/entries?${days}` })
    expect(status).toBe(403)
    const own = await search(elsewhere, 'area=440404&from=2020-02-10&to=2020-02-13')
    expect(own.entries.every(({ jurisdiction }) => jurisdiction === 440404)).toBe(true)
    await search(auditor, `${days}&outcome=watched`)
    const notes = await search(auditor, `${days}&action=audit.entries&login=test-auditor-440400`)
    expect(notes.entries[0]).toMatchObject({
      outcome: 'done',
      account: { login: 'test-auditor-440400' },
      detail: '2020-02-10 to 2020-02-13, 0 entries',
    })
  })

  it.each([
    ['from=2020-02-30&to=2020-03-01', '/from'],
    ['from=2020-02-12&to=2020-02-11', '/to'],
    ['from=2020-02-10&to=2020-02-11&after=x', '/after'],
  ])('refuses %s', async (query, path) => {
    const { status, json } = await auditor.send({ path: `/api/audit/entries?area=440400&${query}` })
    expect(status).toBe(400)
    expect(json).toMatchObject({ code: 'INVALID_INPUT', path })
  })

  it('answers signed heads to anyone, page by page', async () => {
    const { jurisdictions, installation } = server.context.reference.current()
    await closeAuditDays({
      db: server.db,
      signer: installationSigner(server.keys.rootKey),
      calendar: createAuditCalendar(jurisdictions, installation?.cityCode),
      nowMs: server.clock.now,
    })
    const first = await server.send({ path: '/api/audit/heads?limit=3' })
    expect(first.status).toBe(200)
    const page = first.json as { heads: AuditDayHead[]; next: string; publicKey: string }
    expect(page.heads).toHaveLength(3)
    const second = await server.send({ path: `/api/audit/heads?after=${encodeURIComponent(page.next)}` })
    const { heads } = second.json as { heads: AuditDayHead[] }
    const all = [...page.heads, ...heads]
    expect(new Set(all.map(({ jurisdiction, day }) => `${day} ${jurisdiction}`)).size).toBe(all.length)
    expect(all.every((head) => isSignedByItsKey(head) && head.publicKey === page.publicKey)).toBe(true)
    expect((await server.send({ path: '/api/audit/heads?after=2020-02-30,1' })).status).toBe(400)
  })

  const verified = async (): Promise<Run> => {
    const { status, json } = await auditor.send({ path: '/api/audit/verifications', body: {} })
    expect(status).toBe(202)
    const again = await auditor.send({ path: '/api/audit/verifications', body: {} })
    expect((again.json as Run).id).toBe((json as Run).id)
    await server.context.audit.drained()
    const state = await auditor.send({ path: '/api/audit/chains' })
    const { verifications } = state.json as { verifications: Run[] }
    expect(verifications[0]?.id).toBe((json as Run).id)
    return verifications[0] as Run
  }

  it('is verified in the background, and tells the place that does not fit', async () => {
    expect(await verified()).toMatchObject({ failed: false, findings: [], finishedAt: expect.any(String) })
    server.clock.now += 1_000
    await server.db.pool.query(
      "update audit_entries set outcome = 'x' where jurisdiction = 440402 and seq = 2",
    )
    const broken = await verified()
    expect(broken.findings).toEqual([{ kind: 'entries-changed', jurisdiction: 440402, seq: 2 }])
    expect(broken.counts.links).toBeGreaterThan(10)
  })

  it('holds calls that were malformed, unknown, too large or that failed, and by whom', async () => {
    const clerk = await server.signIn('commander', 440400)
    const outcomes = async (action: string): Promise<string[]> => {
      await server.context.access.denials.flush()
      const { rows } = await server.db.pool.query(
        'select distinct outcome from audit_entries where action = $1 and account_id = $2 order by 1',
        [action, clerk.actor.accountId],
      )
      return rows.map(({ outcome }: { outcome: string }) => outcome)
    }
    await clerk.send({ path: '/api/situation/summary?area=440400&day=yesterday' })
    await clerk.send({ path: '/api/situation/summary?area=440400&day=2020-02-31' })
    await clerk.send({ path: '/api/situation/summary?area=110000' })
    expect(await outcomes('situation.summary')).toEqual(['INVALID_INPUT', 'OUTSIDE_AREA'])
    await clerk.send({ path: '/api/access/sign-out', raw: '{' })
    await clerk.send({ path: '/api/access/sign-out', body: { more: 'x'.repeat(5_000) } })
    expect(await outcomes('access.sign-out')).toEqual(['BODY_TOO_LARGE', 'INVALID_JSON'])
    await server.db.pool.query('alter table rollup_post_slots rename to rollup_gone')
    const failed = await clerk.send({ path: '/api/situation/curve?area=440400' })
    await server.db.pool.query('alter table rollup_gone rename to rollup_post_slots')
    expect(failed.status).toBe(500)
    expect(await outcomes('situation.curve')).toEqual(['INTERNAL'])
  })

  it('keeps refusals that could not be written until they can', async () => {
    const { denials } = server.context.access
    const denial = {
      jurisdiction: 440403,
      accountId: null,
      deviceId: null,
      action: 'kept.back',
      code: 'BUSY',
    }
    await denials.flush()
    await server.db.pool.query('alter table audit_entries rename to audit_gone')
    denials.note(denial)
    denials.note(denial)
    await denials.flush()
    await server.db.pool.query('alter table audit_gone rename to audit_entries')
    await denials.flush()
    const { rows } = await server.db.pool.query(
      "select outcome, detail from audit_entries where action = 'kept.back'",
    )
    expect(rows).toEqual([{ outcome: 'BUSY', detail: '2 times' }])
  })
})
