import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import type { Post } from '@guankou/contract/places/place.ts'
import type { readPost as declared } from '@guankou/contract/posts/endpoints.ts'
import type { DeviceAtPost, PostSlot, ShownOfficer } from '@guankou/contract/posts/shown-post.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { readOpenHandovers } from '@guankou/db/queries/posts/open-handovers.ts'
import {
  readDeviceOutboxes,
  readDevicePlaces,
  readRefusedByReason,
} from '@guankou/db/queries/posts/post-devices.ts'
import { type OfficerRead, readOfficers, readPostFacts } from '@guankou/db/queries/posts/post-facts.ts'
import { readPostFlows, readSlotsOfPost } from '@guankou/db/queries/posts/post-flow.ts'
import { readPostDayStates } from '@guankou/db/queries/situation/read-rollups.ts'
import { addDays, daySlotOf } from '@guankou/domain/places/calendar.ts'
import { type KeptFact, standingAt } from '@guankou/domain/posts/kept-fact.ts'
import { nothingRunning, runningAt } from '@guankou/domain/posts/post-running.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { isAskable } from '#src/projections/situation/days.ts'
import { done, type Result, refused } from '#src/result.ts'
import { mayActIn } from '#src/use-cases/access/authorise.ts'
import { officersFromElsewhere, worksElsewhere } from '#src/use-cases/posts/acting-at-post.ts'
import { deviceWindowMs, latestStates } from '#src/use-cases/posts/read-board.ts'
import { shownHappening } from '#src/use-cases/posts/sealed-parts.ts'
import { factWindow, keptOf, shownOf } from '#src/use-cases/posts/stored-facts.ts'
import { flowMinutes, flowOf, latestQueue, openLanes, waitAt } from '#src/use-cases/posts/wait-at-post.ts'

const refusalsMs = 7 * 86_400_000

export const officerShown = (row: OfficerRead): ShownOfficer => ({
  id: row.id,
  name: { zh: row.name_zh, en: row.name_en },
  areaCode: row.area_code,
  crew: row.crew_zh === null || row.crew_en === null ? null : { zh: row.crew_zh, en: row.crew_en },
})

/** Everybody whom facts name by id. */
const namedIn = (facts: readonly KeptFact[]): readonly string[] => [
  ...new Set(
    facts.flatMap(({ makerId, happening }) => {
      const { officerId, officerIds } = happening as { officerId?: string; officerIds?: readonly string[] }
      return [makerId, ...(officerId === undefined ? [] : [officerId]), ...(officerIds ?? [])]
    }),
  ),
]

const slotsOf = (rows: Awaited<ReturnType<typeof readSlotsOfPost>>): PostSlot[] =>
  rows.map(({ slot, vehicles, entryMilliseconds, timedVehicles }) => ({
    slot,
    vehicles,
    meanSecondsPerVehicle: timedVehicles === 0 ? null : Number(entryMilliseconds) / timedVehicles / 1_000,
  }))

const readDevicesAt = async (
  tx: AreaTransaction,
  { jurisdiction, id }: Post,
  nowMs: number,
): Promise<DeviceAtPost[]> => {
  const places = await readDevicePlaces(tx, [jurisdiction], new Date(nowMs - deviceWindowMs))
  const ids = places.filter(({ postId }) => postId === id).map(({ deviceId }) => deviceId)
  const refusals = await readRefusedByReason(tx, ids, new Date(nowMs - refusalsMs))
  const devices = await readDeviceOutboxes(tx, ids)
  return devices.map((device) => ({
    ...device,
    lastSeenAt: device.lastSeenAt?.toISOString() ?? null,
    refused: refusals
      .filter(({ deviceId }) => deviceId === device.id)
      .map(({ code, count }) => ({ code, count })),
  }))
}

/** The post that somebody asks for, where they may see it: it lies in their area, or they reinforce it now. */
export const visiblePost = async (
  context: ServerContext,
  actor: Actor,
  postId: number,
): Promise<Result<Post>> => {
  const post = context.reference.current().post(postId)
  if (post === undefined) return refused('UNKNOWN_POST', '/postId')
  if (mayActIn(actor, post.jurisdiction)) return done(post)
  const place = { jurisdiction: post.jurisdiction, postId }
  return (await worksElsewhere(context, actor, place)) ? done(post) : refused('OUTSIDE_AREA', '/postId')
}

/** What is read of a post on one day, in the area of the post. */
const readParts = async (
  tx: AreaTransaction,
  post: Post,
  about: { day: string; today: string; nowMs: number },
) => {
  const { day, today, nowMs } = about
  const { jurisdiction, id: postId } = post
  const window = { from: new Date(nowMs - flowMinutes * 60_000), until: new Date(nowMs), postId }
  return {
    rows: await readPostFacts(tx, [jurisdiction], { ...factWindow(nowMs), postId }),
    flow: (await readPostFlows(tx, [jurisdiction], window))[0],
    state: latestStates(await readPostDayStates(tx, [jurisdiction], [today, addDays(today, -1)])).get(postId),
    slots: slotsOf(await readSlotsOfPost(tx, { jurisdiction, postId, day })),
    handoversOpen:
      (await readOpenHandovers(tx, [jurisdiction])).find((each) => each.postId === postId)?.open ?? 0,
  }
}

/** One post with the facts that count, for its crew and for those who answer for it. */
export const readPost = async (
  context: ServerContext,
  actor: Actor,
  query: QueryOf<typeof declared>,
): Promise<Result<OutputOf<typeof declared>>> => {
  const visible = await visiblePost(context, actor, query.postId)
  if (!visible.ok) return visible
  const post = visible.value
  if (query.day !== undefined && !isAskable(query.day)) return refused('INVALID_INPUT', '/day')
  const nowMs = context.now()
  const { timeZone } = context.reference.current().jurisdiction(post.jurisdiction) ?? { timeZone: 'UTC' }
  const today = daySlotOf(timeZone, nowMs).day
  const day = query.day ?? today
  // Who reinforces a post reads in its area, and of that nothing but this post.
  const areaCode = mayActIn(actor, post.jurisdiction) ? actor.areaCode : post.jurisdiction
  const read = await inArea(context.db, areaCode, async (tx) => {
    const { rows, flow, state, slots, handoversOpen } = await readParts(tx, post, { day, today, nowMs })
    const kept = rows.map(keptOf)
    const running = runningAt(kept, nowMs).get(post.id) ?? nothingRunning
    const queue = latestQueue(running.queue, state)
    const lanesNow = openLanes(running, flow).length
    const { sealer } = context.identity
    const facts = await Promise.all(rows.map(async (row) => shownOf(row, await shownHappening(sealer, row))))
    const officers = await readOfficers(tx, namedIn(kept))
    const view = {
      postId: post.id,
      asOf: new Date(nowMs).toISOString(),
      day,
      facts,
      flow: { ...flowOf(flow), lastScreeningAt: state?.lastScreeningAt.toISOString() ?? null },
      queueSeen:
        queue === undefined
          ? null
          : { vehicles: queue.vehicles, seenAt: new Date(queue.seenAtMs).toISOString() },
      wait: waitAt({ standing: standingAt(kept, nowMs), lanesNow, flow, queue, nowMs }),
      slots,
      handoversOpen,
      devices: actor.role === 'inspector' ? [] : await readDevicesAt(tx, post, nowMs),
    }
    return { kept, officers, view }
  })
  const known = new Set(read.officers.map(({ id }) => id))
  const others = await officersFromElsewhere(context, read.kept, known)
  return done({ ...read.view, officers: [...read.officers, ...others].map(officerShown) })
}
