import type { OrderQuarantine, QuarantineStepCommand } from '@guankou/contract/quarantine/commands.ts'
import { findAccountByLogin } from '@guankou/db/queries/access/accounts.ts'
import { readEpisode, readEpisodes } from '@guankou/db/queries/quarantine/episodes.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import { uuidV7FromRandom } from '@guankou/simulator/arrivals/uuid-v7.ts'
import { drawResident } from '@guankou/simulator/people/draw-resident.ts'
import { below, type Random, streamOf } from '@guankou/simulator/random/stream.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { type QuarantineStory, quarantineStories } from '#src/demo/quarantine-stories.ts'
import { findTrafficActor } from '#src/demo/traffic.ts'
import { episodeKey, followEpisode } from '#src/use-cases/quarantine/episode-scope.ts'
import { followTheClock } from '#src/use-cases/quarantine/follow-the-clock.ts'
import { recordOrder } from '#src/use-cases/quarantine/record-order.ts'
import { recordQuarantineStep } from '#src/use-cases/quarantine/record-step.ts'

const demoSeed = 20_200_125
const dayMs = 86_400_000
const halfHourMs = 1_800_000

const must = (result: Awaited<ReturnType<typeof recordOrder>>, what: string): void => {
  if (!result.ok) throw new Error(`${what} of the demo was refused with ${result.refusal.code}`)
}

/** The commander, who orders and decides in the demo; a city has health workers for it. */
const deciderOf = async ({ db }: ServerContext): Promise<Actor | undefined> => {
  const account = await findAccountByLogin(db.query, 'commander')
  if (account === undefined) return undefined
  const { id, name, role, areaCode, crew } = account
  return { ...(await findTrafficActor(db)), accountId: id, name, role, areaCode, crew }
}

type Telling = {
  readonly context: ServerContext
  readonly actor: Actor
  readonly random: Random
  readonly story: QuarantineStory
  readonly orderedMs: number
}

const named = ({ random, story }: Telling, atMs: number) => ({
  schemaVersion: 1 as const,
  id: uuidV7FromRandom(Math.round(atMs), random),
  jurisdiction: story.district,
  occurredAt: new Date(Math.round(atMs)).toISOString(),
})

const orderOf = (telling: Telling, responseId: string): OrderQuarantine => {
  const { context, random, story, orderedMs } = telling
  const timeZone = context.reference.current().jurisdiction(story.district)?.timeZone ?? 'UTC'
  return {
    kind: 'quarantine.order',
    ...named(telling, orderedMs),
    responseId,
    site: story.site,
    lastExposureOn: daySlotOf(timeZone, orderedMs - story.exposedDaysBefore * dayMs).day,
    person: drawResident(random, story.district),
  }
}

const record = async (telling: Telling, quarantineId: string, atMs: number, step: object): Promise<void> => {
  const command = { ...named(telling, atMs), quarantineId, ...step } as QuarantineStepCommand
  must(await recordQuarantineStep(telling.context, telling.actor, command), command.kind)
}

/** Makes the contacts that were due by now, but for the last ones that the story misses. */
const makeContacts = async (telling: Telling, quarantineId: string): Promise<void> => {
  const { context, story, random } = telling
  const key = episodeKey(story.district, quarantineId)
  const file = await readEpisode(context.db.query, key)
  if (file === undefined) return
  const { contacts } = followEpisode(context.reference.current(), file, context.now())
  const due = contacts.filter(({ status }) => status === 'missed')
  for (const { fromMs } of due.slice(0, due.length - story.missesLast)) {
    const temperatureCelsius = 36 + below(random, 9) / 10
    const seen = { way: 'call', result: 'reached', temperatureCelsius, signs: [] }
    // The first part of a day may have begun before the order.
    const atMs = Math.max(fromMs, telling.orderedMs) + halfHourMs
    await record(telling, quarantineId, atMs, { kind: 'quarantine.contact', ...seen })
  }
}

const tell = async (telling: Telling, responseId: string): Promise<void> => {
  const { context, actor, story, orderedMs } = telling
  const order = orderOf(telling, responseId)
  must(await recordOrder(context, actor, order), 'an order')
  for (const { afterDays, kind, fields } of story.steps)
    await record(telling, order.id, orderedMs + afterDays * dayMs, { kind, ...fields })
  if (story.steps.length > 0) await makeContacts(telling, order.id)
}

/** Puts people of every state into quarantine, where the demo city has none. */
export const orderDemoQuarantine = async (context: ServerContext): Promise<void> => {
  const actor = await deciderOf(context)
  const reference = context.reference.current()
  const [response] = reference.responses
  const areas = reference.jurisdictions.map(({ code }) => code)
  const known = await readEpisodes(context.db.query, areas, { since: new Date(0), limit: 1 })
  if (actor === undefined || response === undefined || known.length > 0) return
  const nowMs = context.now()
  for (const [at, story] of quarantineStories.entries()) {
    const orderedMs = nowMs - story.orderedDaysAgo * dayMs
    await tell({ context, actor, random: streamOf(demoSeed, at), story, orderedMs }, response.id)
  }
  await followTheClock(context)
}
