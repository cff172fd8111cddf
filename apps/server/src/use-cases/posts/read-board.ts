import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import type { Post } from '@guankou/contract/places/place.ts'
import type { readPostsBoard as declared } from '@guankou/contract/posts/endpoints.ts'
import type { BoardPost } from '@guankou/contract/posts/shown-post.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { readOpenHandovers } from '@guankou/db/queries/posts/open-handovers.ts'
import { readDeviceOutboxes, readDevicePlaces } from '@guankou/db/queries/posts/post-devices.ts'
import { readPostFacts } from '@guankou/db/queries/posts/post-facts.ts'
import { type PostFlow, readPostFlows } from '@guankou/db/queries/posts/post-flow.ts'
import { readPostDayStates } from '@guankou/db/queries/situation/read-rollups.ts'
import { addDays, daySlotOf } from '@guankou/domain/places/calendar.ts'
import { type KeptFact, standingAt } from '@guankou/domain/posts/kept-fact.ts'
import {
  nothingRunning,
  officersAt,
  type PostRunning,
  postStateOf,
  type QueueReport,
  runningAt,
} from '@guankou/domain/posts/post-running.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { factWindow, keptOf } from '#src/use-cases/posts/stored-facts.ts'
import { flowMinutes, flowOf, latestQueue, openLanes, waitAt } from '#src/use-cases/posts/wait-at-post.ts'

/** A phone counts where it recorded last within a day. */
export const deviceWindowMs = 24 * 3_600_000

type DayState = Awaited<ReturnType<typeof readPostDayStates>>[number]

/** The state of a post that is newest, of those of two days. */
export const latestStates = (states: readonly DayState[]): ReadonlyMap<number, DayState> => {
  const latest = new Map<number, DayState>()
  for (const state of states) {
    const known = latest.get(state.postId)
    if (known === undefined || known.lastScreeningAt < state.lastScreeningAt) latest.set(state.postId, state)
  }
  return latest
}

type Devices = BoardPost['devices']

const readDevices = async (
  tx: AreaTransaction,
  jurisdictions: readonly number[],
  nowMs: number,
): Promise<ReadonlyMap<number, Devices>> => {
  const places = await readDevicePlaces(tx, jurisdictions, new Date(nowMs - deviceWindowMs))
  const outboxes = await readDeviceOutboxes(
    tx,
    places.map(({ deviceId }) => deviceId),
  )
  const byId = new Map(outboxes.map((device) => [device.id, device]))
  const counts = new Map<number, Devices>()
  for (const { deviceId, postId } of places) {
    const device = byId.get(deviceId)
    if (device === undefined) continue
    const before = counts.get(postId) ?? { count: 0, unsent: 0, rejected: 0 }
    counts.set(postId, {
      count: before.count + 1,
      unsent: before.unsent + (device.queued ?? 0) + (device.unreadable ?? 0),
      rejected: before.rejected + (device.rejected ?? 0),
    })
  }
  return counts
}

type PostParts = {
  readonly post: Post
  readonly running: PostRunning
  readonly standing: readonly KeptFact[]
  readonly flow: PostFlow | undefined
  readonly state: DayState | undefined
  readonly devices: Devices | undefined
  readonly handoversOpen: number
  readonly nowMs: number
}

/** Who is on, with those who came without a phone of ours. */
const crewOf = (running: PostRunning): BoardPost['crew'] => {
  const { crew, reinforcement } = running
  return {
    onPost: officersAt(running),
    reinforcements: reinforcement.present,
    withoutCheck: crew.filter(({ check }) => check !== 'checked').length,
    conflicts: crew.filter(({ alsoAt }) => alsoAt.length > 0).length,
  }
}

const queueShown = (queue: QueueReport | undefined): BoardPost['queueSeen'] =>
  queue === undefined ? null : { vehicles: queue.vehicles, seenAt: new Date(queue.seenAtMs).toISOString() }

const lineOf = (parts: PostParts): BoardPost => {
  const { post, running, standing, flow, state, devices, handoversOpen, nowMs } = parts
  const lanesOpen = openLanes(running, flow)
  const queue = latestQueue(running.queue, state)
  const { requests, wanted, underWay, present } = running.reinforcement
  const lastScreeningAtMs = state?.lastScreeningAt.getTime()
  const crew = crewOf(running)
  const lanesAreRecorded = running.lanes.areRecorded
  return {
    postId: post.id,
    state: postStateOf({
      lanesOpen: lanesOpen.length,
      lanesAreRecorded,
      onPost: crew.onPost,
      lastScreeningAtMs,
      atMs: nowMs,
    }),
    lanesOpen: [...lanesOpen],
    lanesAreRecorded,
    crew,
    flow: { ...flowOf(flow), lastScreeningAt: state?.lastScreeningAt.toISOString() ?? null },
    queueSeen: queueShown(queue),
    wait: waitAt({ standing, lanesNow: lanesOpen.length, flow, queue, nowMs }),
    reinforcement: {
      openRequests: requests.filter(({ isOpen }) => isOpen).length,
      wanted,
      underWay,
      arrived: present,
    },
    suppliesLow: running.supplies.filter(({ isLow }) => isLow).map(({ item }) => item),
    book: {
      open: running.book.filter(({ isOpen }) => isOpen).length,
      unread: running.book.filter(({ takenOverAtMs }) => takenOverAtMs === null).length,
    },
    handoversOpen,
    devices: devices ?? { count: 0, unsent: 0, rejected: 0 },
  }
}

/** Every post of an area as it runs now. */
export const readBoard = async (
  { reference, db, now }: ServerContext,
  actor: Actor,
  query: QueryOf<typeof declared>,
): Promise<Result<OutputOf<typeof declared>>> => {
  const data = reference.current()
  const jurisdictions = data.jurisdictionsIn(query.area)
  const area = data.jurisdiction(query.area)
  if (area === undefined || jurisdictions === undefined) return refused('UNKNOWN_AREA', '/area')
  const nowMs = now()
  const { day } = daySlotOf(area.timeZone, nowMs)
  const posts = data.posts.filter((post) => jurisdictions.includes(post.jurisdiction))
  return inArea(db, actor.areaCode, async (tx) => {
    const facts = (await readPostFacts(tx, jurisdictions, factWindow(nowMs))).map(keptOf)
    const window = { from: new Date(nowMs - flowMinutes * 60_000), until: new Date(nowMs) }
    const flows = new Map((await readPostFlows(tx, jurisdictions, window)).map((flow) => [flow.postId, flow]))
    const states = latestStates(await readPostDayStates(tx, jurisdictions, [day, addDays(day, -1)]))
    const devices = await readDevices(tx, jurisdictions, nowMs)
    const handovers = new Map(
      (await readOpenHandovers(tx, jurisdictions)).map(({ postId, open }) => [postId, open]),
    )
    const running = runningAt(facts, nowMs)
    const standing = Map.groupBy(standingAt(facts, nowMs), ({ postId }) => postId)
    const lines = posts.map((post) =>
      lineOf({
        post,
        running: running.get(post.id) ?? nothingRunning,
        standing: standing.get(post.id) ?? [],
        flow: flows.get(post.id),
        state: states.get(post.id),
        devices: devices.get(post.id),
        handoversOpen: handovers.get(post.id) ?? 0,
        nowMs,
      }),
    )
    return done({ asOf: new Date(nowMs).toISOString(), posts: lines })
  })
}
