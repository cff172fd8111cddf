import { type Disposition, dispositions } from '@guankou/contract/screening/dispositions.ts'
import type { OverrideScreening } from '@guankou/contract/screening/override.ts'
import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { findRollupDifferences, readCountedDays } from '@guankou/db/queries/situation/verify-rollups.ts'
import { type StandingOverride, standingDisposition } from '@guankou/domain/screening/override.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { answerOverride } from '#src/use-cases/screening/answer-override.ts'
import { overrideScreening } from '#src/use-cases/screening/override-screening.ts'
import {
  anOverride,
  exposedTraveller,
  healthyTraveller,
  recordAnHourAgo,
} from '../../../tests-support/overrides.ts'
import { seed } from '../../../tests-support/seed.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
  testNowMs,
} from '../../../tests-support/test-server.ts'

/** What leads do with two people of one car, at any minutes of half an hour, and what second persons say to it. */
const acts = fc.array(
  fc.record({
    seat: fc.constantFrom(1, 2),
    minutesAgo: fc.integer({ min: 1, max: 30 }),
    disposition: fc.constantFrom(...dispositions.filter((each) => each !== 'turned-back')),
    agrees: fc.option(fc.boolean(), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 8 },
)

describe.each(inject('databaseServers'))(`overrides in any order on $name, seed ${seed}`, ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let lead: TestSession
  let commander: TestSession
  let serial = 0
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url, logLevel: 'warn' })
    lead = await server.signIn('post-lead', 440402)
    commander = await server.signIn('commander', 440400)
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })

  const recorded: readonly Disposition[] = ['home-quarantine', 'passed']
  const differences = async () => {
    const days = await readCountedDays(server.db.query)
    return (await Promise.all(days.map((day) => findRollupDifferences(server.db.query, day)))).flat()
  }
  const countsOf = async () => {
    const { rows } = await server.db.pool.query<Record<'second' | 'quarantined' | 'referred', number>>(
      `select sum(second_checks)::int as second, sum(quarantined)::int as quarantined,
        sum(referred)::int as referred from rollup_post_slots`,
    )
    return rows[0]
  }

  /** Does one act. @returns the override as it stands */
  const act = async (
    { id }: RecordScreening,
    {
      seat,
      minutesAgo,
      disposition,
      agrees,
    }: { seat: number; minutesAgo: number; disposition: Disposition; agrees: boolean | undefined },
  ): Promise<StandingOverride> => {
    const atMs = testNowMs - minutesAgo * 60_000
    const command = anOverride({ screeningId: id, seat }, { disposition }, atMs) as OverrideScreening
    const made = await overrideScreening(server.context, lead.actor, command)
    if (!made.ok) throw new Error(`refused with ${made.refusal.code}`)
    const { needsSecond } = made.value
    if (needsSecond && agrees !== undefined)
      expect(
        await answerOverride(server.context, commander.actor, { overrideId: command.id, agrees }),
      ).toMatchObject({ ok: true })
    const isInForce = !needsSecond || agrees === true
    return {
      id: command.id,
      madeAtMs: atMs,
      disposition,
      state: isInForce ? 'in-force' : agrees === false ? 'declined' : 'waits',
    }
  }

  it('leave counts that equal a recount, and the disposition that the rule of both ends says', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (all) => {
        serial += 1
        const car = await recordAnHourAgo(server, [exposedTraveller(), healthyTraveller({ seat: 2 })], serial)
        const before = await countsOf()
        const made: (StandingOverride & { seat: number })[] = []
        for (const each of all) {
          made.push({ ...(await act(car, each)), seat: each.seat })
        }
        expect(await differences()).toEqual([])
        const standing = recorded.map((disposition, index) =>
          standingDisposition(
            disposition,
            made.filter(({ seat }) => seat === index + 1),
          ),
        )
        const count = (of: readonly Disposition[], ...words: readonly Disposition[]): number =>
          of.filter((each) => words.includes(each)).length
        const moved = (...words: readonly Disposition[]): number =>
          count(standing, ...words) - count(recorded, ...words)
        expect(await countsOf()).toEqual({
          second: (before?.second ?? 0) + moved('second-check'),
          quarantined: (before?.quarantined ?? 0) + moved('home-quarantine', 'central-quarantine'),
          referred: (before?.referred ?? 0) + moved('referred'),
        })
      }),
      { numRuns: 12, seed },
    )
  })
})
