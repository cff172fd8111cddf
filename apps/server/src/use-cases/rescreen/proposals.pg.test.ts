import {
  decideProposal,
  listProposals,
  listPutAlone,
  proposeRules,
  reviewPutAlone,
  withdrawProposal,
} from '@guankou/contract/rescreen/proposals.ts'
import { listRuleVersions, type PublishBody, publishRules } from '@guankou/contract/rescreen/rule-versions.ts'
import { listRescreens } from '@guankou/contract/rescreen/runs.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { codeOf } from '../../../tests-support/quarantine.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'

const [city, district] = [440400, 440402]
const responseId = 'covid-19-like'
const nowMs = Date.parse('2020-02-10T04:10:00.000Z')
const because = '温州全市未见新增，暂不列入'

describe.each(inject('databaseServers'))('areas at risk that two people decide on, on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let commander: TestSession
  let second: TestSession
  let planner: TestSession
  let auditor: TestSession
  beforeEach(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url, logLevel: 'warn' })
    server.clock.now = nowMs
    commander = await server.signIn('commander', city)
    second = await server.signIn('commander', city, undefined, 'second')
    planner = await server.signIn('duty-planner', city)
    auditor = await server.signIn('auditor', city)
    // Versions 3 and 4 of the demo are for days to come.
    await server.db.pool.query('delete from rule_sets where version > 2')
    await server.context.reference.refresh()
  }, 120_000)
  afterEach(async () => {
    await server.close()
    await database.drop()
  })

  const change = (other: Partial<PublishBody> = {}): PublishBody => ({
    responseId,
    afterVersion: 2,
    added: [{ areaCode: 330300, level: 'high', from: '2020-02-02' }],
    ended: [],
    dueHours: 12,
    ...other,
  })
  const propose = async (who = commander, other: Partial<PublishBody> = {}): Promise<string> => {
    const answer = await who.client.call(proposeRules, { body: change(other) })
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value.proposalId
  }
  const decide = (who: TestSession, proposalId: string, decision: 'agree' | 'decline', why?: string) =>
    who.client.call(decideProposal, {
      body: { proposalId, decision, ...(why === undefined ? {} : { because: why }) },
    })
  const proposals = async (who: TestSession) => {
    const answer = await who.client.call(listProposals, { query: { responseId } })
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value.proposals
  }
  const versions = async () => {
    const answer = await commander.client.call(listRuleVersions, { query: { responseId } })
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value
  }
  const audited = async () => {
    const { rows } = await server.db.pool.query<{ action: string; outcome: string }>(
      `select action, outcome from audit_entries where action like 'rescreen.%' and outcome in ('done', 'agreed') order by seq`,
    )
    return rows.map(({ action, outcome }) => `${action} ${outcome}`)
  }

  it('hold once the second agrees, under both names, and then people are looked for', async () => {
    const id = await propose()
    expect((await versions()).versions[0]).toMatchObject({ version: 2 })
    expect(codeOf(await decide(commander, id, 'agree'))).toBe('PROPOSAL_OWN')
    expect(await proposals(commander)).toMatchObject([{ id, state: 'waiting', own: true, mayDecide: false }])
    expect(await proposals(planner)).toMatchObject([{ id, own: false, mayDecide: true }])
    expect(await proposals(auditor)).toMatchObject([{ id, mayDecide: false }])
    expect(await decide(planner, id, 'agree')).toMatchObject({ value: { state: 'agreed', version: 3 } })
    await server.context.rescreens.idle()
    expect(await versions()).toMatchObject({
      rulesBy: 'two-people',
      versions: [
        {
          version: 3,
          inForce: true,
          publishedBy: planner.actor.name,
          proposedBy: commander.actor.name,
          alone: false,
        },
        { version: 2, proposedBy: null, alone: false },
        { version: 1 },
      ],
    })
    const runs = await commander.client.call(listRescreens, {})
    expect(runs).toMatchObject({ value: { runs: [{ version: 3, beforeVersion: 2, state: 'done' }] } })
    expect(await proposals(commander)).toMatchObject([
      { state: 'agreed', version: 3, decidedBy: planner.actor.name },
    ])
    expect(codeOf(await decide(second, id, 'agree'))).toBe('PROPOSAL_CLOSED')
    expect(await audited()).toEqual([
      'rescreen.propose done',
      'rescreen.decide agreed',
      'rescreen.publish done',
    ])
  })

  it('are decided by two of whom one commands, and both for the whole city', async () => {
    const id = await propose(planner)
    const other = await server.signIn('duty-planner', city, undefined, 'other')
    expect(codeOf(await decide(other, id, 'agree'))).toBe('PROPOSAL_NEEDS_COMMANDER')
    const local = await server.signIn('commander', district)
    expect(codeOf(await decide(local, id, 'agree'))).toBe('OUTSIDE_AREA')
    expect(codeOf(await local.client.call(proposeRules, { body: change() }))).toBe('OUTSIDE_AREA')
    expect(codeOf(await decide(auditor, id, 'agree'))).toBe('ROLE_NOT_ALLOWED')
    expect(codeOf(await decide(commander, id, 'agree'))).toBe('ok')
  })

  it('are declined with a reason in words, which whoever proposed reads and storage does not show', async () => {
    const id = await propose()
    expect(codeOf(await decide(second, id, 'decline'))).toBe('REASON_TOO_SHORT')
    expect(codeOf(await decide(second, id, 'decline', 'aaaaaaaaaa'))).toBe('REASON_TOO_SHORT')
    expect(await decide(second, id, 'decline', because)).toMatchObject({ value: { state: 'declined' } })
    expect(await proposals(commander)).toMatchObject([
      { state: 'declined', because, decidedBy: second.actor.name },
    ])
    expect((await versions()).versions[0]).toMatchObject({ version: 2 })
    const { rows } = await server.db.pool.query('select * from rule_proposals, audit_entries')
    expect(JSON.stringify(rows)).not.toContain(because)
  })

  it('lapse after half a day, are withdrawn by whoever proposed, and give way to another version', async () => {
    const lapsed = await propose()
    server.clock.now += 12 * 3_600_000
    // Sessions of a shift are over by then.
    const [fresh, again] = [
      await server.signIn('commander', city, undefined, 'fresh'),
      await server.signIn('duty-planner', city, undefined, 'again'),
    ]
    expect(codeOf(await decide(fresh, lapsed, 'agree'))).toBe('PROPOSAL_CLOSED')
    const withdrawn = await propose(again)
    const withdraw = (who: TestSession) =>
      who.client.call(withdrawProposal, { body: { proposalId: withdrawn } })
    expect(codeOf(await withdraw(fresh))).toBe('PROPOSAL_NOT_FOUND')
    expect(codeOf(await withdraw(again))).toBe('ok')
    expect(codeOf(await decide(fresh, withdrawn, 'agree'))).toBe('PROPOSAL_CLOSED')
    const first = await propose(again)
    const later = await propose(again, { dueHours: 24 })
    expect(codeOf(await decide(fresh, later, 'agree'))).toBe('ok')
    expect(codeOf(await decide(fresh, first, 'agree'))).toBe('RULES_OVERTAKEN')
    const states = (await proposals(fresh)).map(({ id, state }) => [id, state])
    expect(Object.fromEntries(states)).toEqual({
      [lapsed]: 'lapsed',
      [withdrawn]: 'withdrawn',
      [first]: 'overtaken',
      [later]: 'agreed',
    })
  })

  it('are agreed to once where two decide at the same time', async () => {
    const id = await propose(planner)
    const answers = await Promise.all([
      decide(commander, id, 'agree'),
      decide(second, id, 'agree'),
      decide(commander, id, 'decline', because),
    ])
    expect(answers.filter((answer) => codeOf(answer) === 'ok')).toHaveLength(1)
    const { rowCount } = await server.db.pool.query('select from rule_sets where version > 2')
    expect(rowCount).toBeLessThanOrEqual(1)
    const [proposal] = await proposals(auditor)
    expect(rowCount === 1 ? 'agreed' : 'declined').toBe(proposal?.state)
  })

  it('are proposed only where they could be put into force', async () => {
    const refusal = async (other: Partial<PublishBody>) =>
      codeOf(await commander.client.call(proposeRules, { body: change(other) }))
    expect(await refusal({ added: [] })).toBe('RULES_UNCHANGED')
    expect(await refusal({ afterVersion: 1 })).toBe('RULES_OVERTAKEN')
    expect(await refusal({ responseId: 'none' })).toBe('UNKNOWN_RESPONSE')
    expect(await proposals(commander)).toEqual([])
  })

  it('are put into force alone in an emergency with a reason, marked and shown to the auditor until read', async () => {
    const alone = (aloneBecause?: string) =>
      commander.client.call(publishRules, {
        body: { ...change(), ...(aloneBecause === undefined ? {} : { aloneBecause }) },
      })
    expect(codeOf(await alone())).toBe('RULES_NEED_SECOND_PERSON')
    expect(codeOf(await alone('........'))).toBe('REASON_TOO_SHORT')
    const why = '凌晨三点，第二人联系不上'
    expect(await alone(why)).toMatchObject({ value: { version: 3 } })
    expect((await versions()).versions[0]).toMatchObject({ version: 3, alone: true, proposedBy: null })
    const shown = async () => auditor.client.call(listPutAlone, {})
    expect(await shown()).toMatchObject({
      value: {
        alone: [{ version: 3, because: why, publishedBy: commander.actor.name, reviewedAt: null }],
      },
    })
    const review = (version: number) => auditor.client.call(reviewPutAlone, { body: { responseId, version } })
    expect(codeOf(await review(2))).toBe('RULES_VERSION_UNKNOWN')
    const reviewed = await review(3)
    expect(codeOf(reviewed)).toBe('ok')
    server.clock.now += 60_000
    expect(await review(3)).toEqual(reviewed)
    expect(await shown()).toMatchObject({ value: { alone: [{ reviewedBy: auditor.actor.name }] } })
    const { rows } = await server.db.pool.query<{ detail: string }>(
      `select detail from audit_entries where action = 'rescreen.publish' and outcome = 'done'`,
    )
    expect(rows.map(({ detail }) => detail)).toEqual([expect.stringMatching(/; alone$/)])
    const { rows: stored } = await server.db.pool.query('select * from rules_put_alone, audit_entries')
    expect(JSON.stringify(stored)).not.toContain(why)
  })

  it('are decided by one where the response says so, and nothing is reported', async () => {
    await server.db.pool.query("update responses set rules_by = 'one-person'")
    expect(codeOf(await commander.client.call(publishRules, { body: change() }))).toBe('ok')
    expect(await versions()).toMatchObject({ rulesBy: 'one-person', versions: [{ alone: false }, {}, {}] })
    expect(await auditor.client.call(listPutAlone, {})).toMatchObject({ value: { alone: [] } })
  })
})
