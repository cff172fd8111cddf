import { matchReasons } from '@guankou/contract/matching/reasons.ts'
import { feverLevels, type RuleSet } from '@guankou/contract/responses/response.ts'
import { dispositions } from '@guankou/contract/screening/dispositions.ts'
import { ensurePartitions } from '@guankou/db/partitions.ts'
import { countOnFile, selectPeople } from '@guankou/db/queries/rescreen/select-people.ts'
import { areaSpan, liesIn } from '@guankou/domain/places/areas.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { decideOnFile, isStricterWith } from '@guankou/domain/rescreen/stricter-findings.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { selectionOf } from '#src/use-cases/rescreen/select-run.ts'
import { demoCityTemplate, startTestServer, type TestServer } from '../../../tests-support/test-server.ts'

const today = '2020-02-10'
const responseId = 'covid-19-like'
const days = Array.from({ length: 16 }, (_, back) => addDays(today, -back))
/** Codes that hold one another at every step, beside one country in another’s number and a day that does not exist. */
const codes = [420_000, 420_100, 420_102, 420_102_003, 420_102_000, 330_300, 900_000, 900_800, 900_826]

const code = fc.constantFrom(...codes)
const leftOn = fc.oneof(
  fc.nat(20).map((back) => addDays(today, -back)),
  fc.constantFrom('2020-01-27', '2020-02-30', '0000-01-01'),
)
const reason = fc.constantFrom(...matchReasons.slice(0, 2))
const person = fc.record({
  day: fc.constantFrom(...days),
  originCode: fc.constantFrom(420_100, 330_300, 900_800),
  fever: fc.constantFrom(...feverLevels),
  contactWithCase: fc.boolean(),
  symptomCount: fc.nat(22),
  hasPhone: fc.boolean(),
  listed: fc.array(fc.record({ reason, confirmed: fc.boolean() }), { maxLength: 2 }),
  stays: fc.array(fc.record({ areaCode: code, leftOn }), { maxLength: 3 }),
})
const riskArea = fc
  .record({
    areaCode: code,
    level: fc.constantFrom('medium' as const, 'high' as const),
    back: fc.integer({ min: 2, max: 40 }),
    lasts: fc.option(fc.nat(20), { freq: 2 }),
  })
  .map(({ areaCode, level, back, lasts }) => {
    const from = addDays(today, -back)
    return { areaCode, level, from, ...(lasts === null ? {} : { until: addDays(from, lasts) }) }
  })
const rule = fc.record({
  id: fc.constantFrom('R1', 'R2', 'R3'),
  when: fc.record(
    {
      feverAtLeast: fc.constantFrom('suspected' as const, 'confirmed' as const),
      exposureAtLeast: fc.constantFrom(
        'medium-risk-area' as const,
        'high-risk-area' as const,
        'contact' as const,
      ),
      symptomsAtLeast: fc.integer({ min: 1, max: 20 }),
      listed: fc.subarray(matchReasons.slice(0, 2), { minLength: 1 }),
      listedConfirmed: fc.constant(true as const),
    },
    { requiredKeys: [] },
  ),
  disposition: fc.constantFrom(...dispositions),
  reason: fc.constant({ zh: '一', en: 'one' }),
})
const versions = fc
  .record({
    areas: fc.array(riskArea, { maxLength: 3 }),
    added: fc.array(riskArea, { minLength: 1, maxLength: 3 }),
    rules: fc.array(rule, { minLength: 1, maxLength: 4 }),
    otherRules: fc.option(fc.array(rule, { minLength: 1, maxLength: 4 }), { freq: 3 }),
    windows: fc.constantFrom([14, 14], [14, 14], [14, 7], [7, 14]),
  })
  .map(({ areas, added, rules, otherRules, windows }) => {
    const before = {
      version: 1,
      effectiveFrom: '2020-01-01',
      feverThresholdCelsius: 37.3,
      secondReadingWaitMinutes: 10,
      exposureWindowDays: windows[0] ?? 14,
      symptoms: [],
      riskAreas: areas,
      rules,
    } as RuleSet
    const after: RuleSet = {
      ...before,
      version: 2,
      exposureWindowDays: windows[1] ?? 14,
      riskAreas: [...areas, ...added],
      rules: otherRules ?? rules,
    }
    return { before, after, added }
  })

type Person = typeof person extends fc.Arbitrary<infer T> ? T : never

describe.each(inject('databaseServers'))('selecting people on file on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    await ensurePartitions(server.db.pool, days)
  }, 120_000)
  afterAll(async () => {
    await server?.close()
    await database?.drop()
  })

  const putOnFile = async (people: readonly Person[]): Promise<void> => {
    await server.db.pool.query('truncate screenings, screening_travellers, rescreen_people')
    const rows = people.map(({ stays, ...rest }, seat) => ({
      ...rest,
      seat: seat + 1,
      at: `${rest.day}T04:00:00.000Z`,
      id: v7(),
      exposures: stays.map((stay) => ({ ...stay, evidence: 'declared' })),
      symptoms: Array.from({ length: rest.symptomCount }, (_, at) => `s${at}`),
    }))
    await server.db.pool.query(
      `with people as (
        select * from jsonb_to_recordset($1::jsonb) as p (seat smallint, at timestamptz, id uuid, day date,
          "originCode" integer, fever text, "contactWithCase" boolean, "hasPhone" boolean, exposures jsonb, symptoms jsonb,
          listed jsonb)
      ), cars as (
        insert into screenings (jurisdiction, occurred_at, id, recorded_at, started_at, day, slot, post_id, lane,
          response_id, rules_version, conveyance_kind, disposition, rule_ids, traveller_count, febrile_count, account_id,
          content_digest)
        select 440402, at, id, at, at, day, 1, 1, 1, $2, 1, 'car', 'passed', '{}', 1, 0, id, '' from people
      )
      insert into screening_travellers (jurisdiction, occurred_at, screening_id, seat, origin_code, origin_evidence, fever,
        exposure, contact_with_case, disposition, rule_ids, symptoms, readings, exposures, document_kind, phone_sealed,
        listed)
      select 440402, at, id, seat, "originCode", 'declared', fever, 'none', "contactWithCase", 'passed', '{}',
        array(select jsonb_array_elements_text(symptoms)), '[]', exposures, 'none',
        case when "hasPhone" then 'x'::bytea end, nullif(listed, '[]'::jsonb)
      from people`,
      [JSON.stringify(rows), responseId],
    )
  }

  it('selects exactly those whom the rule of the domain, applied to everyone, treats more strictly', async () => {
    let strictest = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(person, { minLength: 1, maxLength: 60 }),
        versions,
        async (people, { before, after, added }) => {
          await putOnFile(people)
          const run = {
            id: v7(),
            jurisdiction: 440_400,
            response_id: responseId,
            version: 2,
            started_at: new Date(`${today}T04:00:00.000Z`),
          }
          const selection = await selectionOf(server.context, server.db.query, run, { before, after })
          const selected = await selectPeople(server.db.query, selection)
          const rows = await server.db.query
            .selectFrom('rescreen_people')
            .select(['seat', 'position', 'disposition_before', 'disposition_after'])
            .orderBy('position')
            .execute()
          const inWindow = (day: string): boolean => day > addDays(today, -after.exposureWindowDays)
          const expected = people.flatMap((one, at) =>
            inWindow(one.day) && isStricterWith(one, before, after)
              ? [[at + 1, decideOnFile(one, before), decideOnFile(one, after)]]
              : [],
          )
          expect(selected).toBe(rows.length)
          expect(
            rows
              .map((row) => [row.seat, row.disposition_before, row.disposition_after])
              .toSorted((a, b) => Number(a[0]) - Number(b[0])),
          ).toEqual(expected)
          expect(rows.map(({ position }) => position)).toEqual(rows.map((_, at) => at + 1))
          const phones = rows.map(({ seat }) => people[seat - 1]?.hasPhone === true)
          expect(phones).toEqual(phones.toSorted((a, b) => Number(b) - Number(a)))
          const spans = added.map(({ areaCode, from, until }) => ({
            ...areaSpan(areaCode),
            from,
            until: until ?? null,
          }))
          expect(await countOnFile(server.db.query, selection, spans)).toEqual({
            onFile: people.filter(({ day }) => inWindow(day)).length,
            notAsked: people.filter(
              ({ day, stays, originCode }) =>
                inWindow(day) &&
                stays.length === 0 &&
                added.some(
                  (area) =>
                    liesIn(originCode, area.areaCode) &&
                    area.from <= day &&
                    (area.until === undefined || day <= area.until),
                ),
            ).length,
          })
          strictest += rows.length
        },
      ),
      { numRuns: 60 },
    )
    expect(strictest).toBeGreaterThan(0)
  }, 240_000)
})
