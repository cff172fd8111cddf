import { createHash } from 'node:crypto'
import { defaultTestingSettings, type TestingSettings } from '@guankou/contract/testing/allocation.ts'
import { type CountedDay, readArrivedToday, readCountedDays } from '@guankou/db/queries/testing/day-counts.ts'
import { type PostBudget, readBudgets, readTestingSettings } from '@guankou/db/queries/testing/decisions.ts'
import { readResultDays, readTestingDays, type TestingDayCounts } from '@guankou/db/queries/testing/tests.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { ruleSetInForce } from '@guankou/domain/responses/rule-set-in-force.ts'
import type { ModelParts } from '#src/jobs/model-job.ts'
import type { DayOfResults } from './learn.ts'
import { typeCodeOf } from './traveller-type.ts'

/** Days whose arrivals say how many are expected today. */
export const expectedFromDays = 7
/** Days over which findings are set beside rules. */
export const evidenceDays = 28
/** A test without a result for longer than this will have none. */
export const pendingDays = 5

/** All that a run is computed from, but for the arrivals that it counts first. */
export type TestingInputs = {
  readonly responseId: string
  readonly settings: TestingSettings
  readonly riskCodes: readonly { readonly areaCode: number }[]
  readonly budgets: readonly PostBudget[]
  /** All days with results, in order. */
  readonly results: readonly DayOfResults[]
  /** Roll-ups of the days whose findings are set beside rules, and of today. */
  readonly testing: readonly TestingDayCounts[]
  /** Days before today that have to be counted, or counted again. */
  readonly toCount: readonly CountedDay[]
  readonly counted: readonly CountedDay[]
  readonly arrived: ReadonlyMap<number, number>
}

/** Reads what there is; cheap enough for every minute. Undefined before the city has a response. */
export const readInputs = async ({ db, city, reference }: ModelParts): Promise<TestingInputs | undefined> => {
  const response = reference.responses.find(({ collectionUntil }) => collectionUntil >= city.today)
  if (response === undefined) return undefined
  const { areas, today } = city
  const before = { from: addDays(today, -evidenceDays), until: addDays(today, -1) }
  const days = await readCountedDays(db.query, areas, before)
  const arrived = await readArrivedToday(db.query, areas, today)
  const { riskAreas = [] } = ruleSetInForce(response.ruleSets, today) ?? {}
  return {
    responseId: response.id,
    settings: (await readTestingSettings(db.query, response.id)) ?? defaultTestingSettings,
    riskCodes: riskAreas.filter(
      ({ from, until }) => from <= today && (until === undefined || until >= today),
    ),
    budgets: await readBudgets(db.query, areas, today),
    results: resultDays(await readResultDays(db.query, areas)),
    testing: await readTestingDays(db.query, areas, { from: before.from, until: today }),
    toCount: days.filter(({ counted, travellers }) => counted !== travellers),
    counted: days,
    arrived: new Map(arrived.map(({ postId, travellers }) => [postId, travellers])),
  }
}

/** Whether a rule treats people of a type worse: their origin lies in an area at risk, or they declared an exposure. */
export const isSingledOut = (
  { riskCodes }: TestingInputs,
  type: { readonly originCode: number; readonly declared: boolean },
): boolean =>
  type.declared ||
  riskCodes.some(({ areaCode }) => liesIn(areaCode, type.originCode) || liesIn(type.originCode, areaCode))

type ResultDay = Awaited<ReturnType<typeof readResultDays>>[number]

/** Results by day, from the first with one; invalid ones tell nothing. */
const resultDays = (rows: readonly ResultDay[]): DayOfResults[] =>
  [...Map.groupBy(rows, ({ day }) => day)].map(([day, counts]) => ({
    day,
    counts: counts.map((row) => [typeCodeOf(row), row.tests, row.positives] as const),
  }))

const hash = (...parts: readonly (string | Buffer)[]): Buffer => {
  const sum = createHash('sha256')
  for (const part of parts) sum.update(part).update('\n')
  return sum.digest()
}

/** A digest for each day with results, of all results up to it: a kept state is good where its digest is still the same. */
export const chainOf = (version: string, days: readonly DayOfResults[]): Buffer[] => {
  let last = hash(version)
  return days.map(({ day, counts }) => {
    last = hash(last, day, JSON.stringify(counts))
    return last
  })
}

/** Names all input of a run, the hour included, as fewer people are still to come then. */
export const inputsDigest = (inputs: TestingInputs, { today, nowMs }: ModelParts['city']): string => {
  const { settings, riskCodes, budgets, results, testing, counted } = inputs
  const hour = Math.floor(nowMs / 3_600_000)
  const days = counted.map(({ jurisdiction, day, travellers }) => [jurisdiction, day, travellers])
  return hash(JSON.stringify([today, hour, settings, riskCodes, budgets, results, testing, days])).toString(
    'hex',
  )
}
