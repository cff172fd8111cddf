import type { RecordTest } from '@guankou/contract/testing/record-test.ts'
import { insertBudgets, readBudgets } from '@guankou/db/queries/testing/decisions.ts'
import {
  readLastTestAt,
  readScreenedPeople,
  readWaitingSamples,
  type ScreenedPerson,
} from '@guankou/db/queries/testing/demo-source.ts'
import { readTestingDays } from '@guankou/db/queries/testing/tests.ts'
import { addDays, daySlotOf } from '@guankou/domain/places/calendar.ts'
import { askForTest, type QuotaHere, quotaOf } from '@guankou/domain/testing/ask-for-test.ts'
import { uuidV7FromRandom } from '@guankou/simulator/arrivals/uuid-v7.ts'
import { streamOf } from '@guankou/simulator/random/stream.ts'
import { drawTest } from '@guankou/simulator/testing/infection.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { pause } from '#src/demo/pause.ts'
import { findTrafficActor } from '#src/demo/traffic.ts'
import { instantsOfDay } from '#src/projections/situation/days.ts'
import { enterResults } from '#src/use-cases/testing/enter-results.ts'
import { readQuota } from '#src/use-cases/testing/read-quota.ts'
import { recordTest } from '#src/use-cases/testing/record-test.ts'

const demoSeed = 20_200_123
/** Made up: what posts of a kind could test in a day. */
const budgetOfType: Readonly<Record<string, number>> = {
  'road-main': 60,
  'road-minor': 30,
  railway: 120,
  coach: 40,
  airport: 100,
  port: 60,
  border: 90,
}
const everyMs = 15_000
const peopleAtOnce = 4_000
const resultsAtOnce = 500
const minute = 60_000
const lotOnly = (postId: number): QuotaHere => ({
  post: { postId, seldomShare: 0, lotShare: firstLot, types: [] },
  isSeldom: () => false,
})
/** From the screening to the sample. */
const sampleAfterMs = 4 * minute
/** While no model has run, phones ask so many by lot. */
const firstLot = 0.05

type City = {
  readonly areas: readonly number[]
  readonly timeZone: string
  readonly actor: Actor
  readonly responseId: string
}

const cityOf = async ({ db, reference }: ServerContext): Promise<City | undefined> => {
  const { installation, jurisdiction, jurisdictionsIn, responses } = reference.current()
  if (installation === undefined) return undefined
  return {
    areas: jurisdictionsIn(installation.cityCode) ?? [],
    timeZone: jurisdiction(installation.cityCode)?.timeZone ?? 'UTC',
    actor: await findTrafficActor(db),
    responseId: responses[0]?.id ?? '',
  }
}

/** Gives every post a budget where none has one. */
const giveBudgets = async ({ db, reference, now, modelRuns }: ServerContext, city: City): Promise<void> => {
  const today = daySlotOf(city.timeZone, now()).day
  if ((await readBudgets(db.query, city.areas, today)).length > 0) return
  const budgets = reference.current().posts.map(({ id, jurisdiction, type }) => ({
    jurisdiction,
    postId: id,
    fromDay: addDays(today, -1),
    version: 1,
    tests: budgetOfType[type] ?? 30,
  }))
  await insertBudgets(db.query, budgets, { decidedAt: new Date(now()), decidedBy: city.actor.accountId })
  modelRuns.kick('testing')
}

const commandOf = (
  person: ScreenedPerson,
  { responseId }: City,
  asked: Pick<RecordTest, 'ground' | 'offer'>,
): RecordTest => {
  const occurredAtMs = person.occurredAt.getTime() + sampleAfterMs
  const random = streamOf(Number.parseInt(person.screeningId.slice(-12), 16), person.seat, 1)
  const id = uuidV7FromRandom(occurredAtMs, random)
  const { jurisdiction, postId, screeningId, seat, originCode, declared } = person
  const sampleCode = `DEMO-${id.slice(0, 8)}${id.slice(9, 13)}-${id.slice(-6)}`.toUpperCase()
  return {
    kind: 'testing.record',
    schemaVersion: 1,
    id,
    jurisdiction,
    postId,
    occurredAt: new Date(occurredAtMs).toISOString(),
    responseId,
    screeningId,
    seat,
    originCode,
    declared,
    ...asked,
    ...(asked.offer === 'taken' ? { sampleCode } : {}),
  }
}

/** Asks those who have been screened since, as phones would: by the quota of their day, and no further than budgets reach. */
const takeSamples = async (
  context: ServerContext,
  city: City,
  after: Date,
  signal: AbortSignal,
): Promise<Date> => {
  const { db, now } = context
  const until = new Date(now() - sampleAfterMs)
  const people = await readScreenedPeople(db.query, city.areas, { after, until, limit: peopleAtOnce })
  const today = daySlotOf(city.timeZone, now()).day
  const quota = await readQuota(context, city.actor)
  const budgets = await readBudgets(db.query, city.areas, today)
  const taken = new Map<string, number>()
  for (const row of await readTestingDays(db.query, city.areas, { from: addDays(today, -2), until: today })) {
    const key = `${row.day}|${row.postId}`
    taken.set(key, (taken.get(key) ?? 0) + row.taken)
  }
  let last = after
  for (const person of people) {
    if (signal.aborted) return last
    last = person.occurredAt
    const day = daySlotOf(city.timeZone, person.occurredAt.getTime() + sampleAfterMs).day
    const key = `${day}|${person.postId}`
    const budget = budgets.find(({ postId }) => postId === person.postId)?.tests ?? 0
    if ((taken.get(key) ?? 0) >= budget) continue
    const asked = person.isFebrile
      ? ({ ground: 'rule' } as const)
      : askForTest(quotaOf(quota, person.postId, day) ?? lotOnly(person.postId), person)
    if (asked === undefined) continue
    const { offer } = drawTest(person, demoSeed)
    const recorded = await recordTest(
      context,
      city.actor,
      commandOf(person, city, { ground: asked.ground, offer }),
    )
    if (recorded.ok && !recorded.value.duplicate && offer === 'taken')
      taken.set(key, (taken.get(key) ?? 0) + 1)
  }
  return people.length < peopleAtOnce ? until : last
}

/** Has the laboratory tell what is ready by now. */
const tellResults = async (context: ServerContext, city: City): Promise<void> => {
  const { db, now } = context
  const before = new Date(now() - 240 * minute)
  const waiting = await readWaitingSamples(db.query, city.areas, {
    before,
    limit: resultsAtOnce,
    sampleAfterMs,
  })
  const rows = waiting.flatMap(({ sampleCode, occurredAt, ...person }, at) => {
    const drawn = drawTest(person, demoSeed)
    const resultedAtMs = occurredAt.getTime() + drawn.resultAfterMinutes * minute
    if (sampleCode === null || resultedAtMs > now()) return []
    return [
      {
        row: at + 1,
        entry: { sampleCode, result: drawn.result, resultedAt: new Date(resultedAtMs).toISOString() },
      },
    ]
  })
  if (rows.length > 0) await enterResults(context, city.actor, { rows, via: 'file' })
}

/**
 * Tests in the demo city: phones ask as the packs say, a laboratory tells results some hours later, from infections that
 * the scenario draws. Goes on from the last test, until the signal.
 */
export const runDemoTesting = async (context: ServerContext, signal: AbortSignal): Promise<void> => {
  const city = await cityOf(context)
  if (city === undefined) return
  await giveBudgets(context, city)
  const { day } = daySlotOf(city.timeZone, context.now())
  const lastTest = await readLastTestAt(context.db.query)
  const yesterday = instantsOfDay(city.timeZone, addDays(day, -1)).from
  let after = lastTest === null ? yesterday : new Date(lastTest.getTime() - sampleAfterMs)
  while (!signal.aborted) {
    const before = after
    after = await takeSamples(context, city, after, signal)
    await tellResults(context, city)
    // While there is much to catch up with, no time is lost.
    if (after.getTime() - before.getTime() < 10 * minute) await pause(everyMs, signal)
  }
}
