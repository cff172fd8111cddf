import { readOriginDays } from '@guankou/db/queries/situation/read-rollups.ts'
import { ruleSetInForce } from '@guankou/domain/responses/rule-set-in-force.ts'
import { drawScreenings } from '@guankou/simulator/arrivals/draw-screenings.ts'
import type { OriginShare } from '@guankou/simulator/arrivals/scenario.ts'
import { zhuhaiScenario } from '@guankou/simulator/cities/zhuhai-2020/scenario.ts'
import { buildZhuhaiCity } from '@guankou/simulator/cities/zhuhai-2020/zhuhai.ts'
import type { OriginCount, ShareComparison } from '@guankou/simulator/replay/compare-shares.ts'
import { compareShares, designEffectOf } from '@guankou/simulator/replay/compare-shares.ts'
import { dayWindow, replayScenario } from '@guankou/simulator/replay/replay-scenario.ts'
import type { ServerContext } from '#src/context.ts'
import { findTrafficActor, runTraffic, type TrafficResult } from '#src/demo/traffic.ts'

export type ReplayDay = {
  readonly date: string
  readonly shares: readonly OriginShare[]
  readonly slotShares: readonly number[]
  readonly dailyVehicles: number | undefined
  readonly seed: number
  /** How many times faster than the day itself; infinite for as fast as the server takes it. */
  readonly speed: number
}

export type ReplayOutcome = {
  readonly traffic: TrafficResult
  /** Null where nothing was counted. */
  readonly comparison: ShareComparison | null
}

/** People by origin as the roll-ups have them. */
const countOrigins = async ({ db, reference }: ServerContext, date: string): Promise<OriginCount[]> => {
  const jurisdictions = reference.current().jurisdictions.map((each) => each.code)
  const rows = await readOriginDays(db.query, jurisdictions, [date])
  return rows.map(({ originCode, travellers }) => ({ originCode, travellers }))
}

const subtract = (after: readonly OriginCount[], before: readonly OriginCount[]): OriginCount[] => {
  const known = new Map(before.map((each) => [each.originCode, each.travellers]))
  return after.map(({ originCode, travellers }) => ({
    originCode,
    travellers: travellers - (known.get(originCode) ?? 0),
  }))
}

/**
 * Drives the posts with the origins and the shape of one day of files, and compares what the roll-ups counted with the
 * shares of the file. Where the same day was replayed with the same seed before, every record is a duplicate, and the
 * whole day is compared.
 */
export const replayDay = async (
  context: ServerContext,
  day: ReplayDay,
  signal: AbortSignal,
  onRecorded: (done: number) => void,
): Promise<ReplayOutcome> => {
  const { city } = buildZhuhaiCity()
  const [response] = context.reference.current().responses
  if (response === undefined) throw new Error('no response is installed')
  const timeZone = city.jurisdictions.find((each) => each.code === city.code)?.timeZone ?? 'UTC'
  const { fromMs, untilMs } = dayWindow(timeZone, day.date)
  const scenario = replayScenario({
    base: zhuhaiScenario(city.posts),
    posts: city.posts,
    shares: day.shares,
    slotShares: day.slotShares,
    ...(day.dailyVehicles === undefined ? {} : { dailyVehicles: day.dailyVehicles }),
  })
  const rulesVersion =
    ruleSetInForce(response.ruleSets, day.date)?.version ?? response.ruleSets[0]?.version ?? 1
  const startedAtMs = context.now()
  const before = await countOrigins(context, day.date)
  const parties: number[] = []
  const traffic = await runTraffic({
    recorder: context.recorder,
    actor: await findTrafficActor(context.db),
    commands: drawScreenings({ city, response, rulesVersion, scenario, seed: day.seed, fromMs, untilMs }),
    dueAtMs: ({ occurredAt }) => startedAtMs + (Date.parse(occurredAt) - fromMs) / day.speed,
    now: context.now,
    signal,
    onRecorded: ({ travellers }, done) => {
      parties.push(travellers.length)
      onRecorded(done)
    },
  })
  const after = await countOrigins(context, day.date)
  const observed = traffic.recorded === 0 ? after : subtract(after, before)
  if (!observed.some((each) => each.travellers > 0)) return { traffic, comparison: null }
  return {
    traffic,
    comparison: compareShares({ expected: day.shares, observed, designEffect: designEffectOf(parties) }),
  }
}
