import type { RuleSet } from '@guankou/contract/responses/response.ts'
import { readLastScreeningAt } from '@guankou/db/queries/situation/read-rollups.ts'
import { addDays, daySlotOf } from '@guankou/domain/places/calendar.ts'
import { ruleSetInForce } from '@guankou/domain/responses/rule-set-in-force.ts'
import { drawScreenings } from '@guankou/simulator/arrivals/draw-screenings.ts'
import { feverClusters } from '@guankou/simulator/cities/zhuhai-2020/fever-clusters.ts'
import { zhuhaiScenario } from '@guankou/simulator/cities/zhuhai-2020/scenario.ts'
import type { DemoCity } from '@guankou/simulator/cities/zhuhai-2020/zhuhai.ts'
import type { ServerContext } from '#src/context.ts'
import { findTrafficActor, runTraffic, type TrafficResult } from '#src/demo/traffic.ts'
import { instantsOfDay } from '#src/projections/situation/days.ts'

/** Any number: it makes every demo of the same days alike. */
const demoSeed = 20_200_123
const msPerDay = 86_400_000

/** When the demo goes on, and how many times faster than real time. */
export type DemoSpan = {
  readonly signal: AbortSignal
  readonly startMs: number
  readonly speed?: number
}

export type DemoTraffic = {
  /** Records what “happened” from the start of yesterday, or from where the last run ended, until the start. */
  readonly catchUp: (onRecorded: (done: number) => void) => Promise<TrafficResult>
  /** Goes on from the start as time passes, until the signal. */
  readonly goOn: () => Promise<void>
}

/**
 * Arrivals at the posts of the demo city, drawn for the days around now and recorded as if phones sent them.
 * @param startMs  Unix time in milliseconds at which the past ends and going on begins
 */
export const createDemoTraffic = async (
  context: ServerContext,
  { city }: DemoCity,
  { signal, startMs, speed = 1 }: DemoSpan,
): Promise<DemoTraffic> => {
  const { recorder, now, reference } = context
  const actor = await findTrafficActor(context.db)
  const timeZone = city.jurisdictions.find((each) => each.code === city.code)?.timeZone ?? 'UTC'
  const [response] = reference.current().responses
  if (response === undefined) throw new Error('the demo city has no response')
  const usual = zhuhaiScenario(city.posts)
  const draw = (fromMs: number, untilMs: number) => {
    const { day } = daySlotOf(timeZone, fromMs)
    const ruleSet: RuleSet | undefined = ruleSetInForce(response.ruleSets, day)
    const rulesVersion = ruleSet?.version ?? 1
    const lastDay = daySlotOf(timeZone, untilMs).day
    const clusters = feverClusters(city.posts, timeZone, { firstDay: addDays(day, -1), lastDay })
    const scenario = { ...usual, clusters }
    return drawScreenings({ city, response, rulesVersion, scenario, seed: demoSeed, fromMs, untilMs })
  }
  return {
    catchUp: async (onRecorded) => {
      const { day } = daySlotOf(timeZone, startMs)
      const yesterday = instantsOfDay(timeZone, addDays(day, -1)).from.getTime()
      const last = await readLastScreeningAt(context.db.query, addDays(day, -1))
      return runTraffic({
        recorder,
        actor,
        now,
        signal,
        commands: draw(Math.max(yesterday, last?.getTime() ?? 0), startMs),
        dueAtMs: () => 0,
        onRecorded: (_, done) => onRecorded(done),
      })
    },
    goOn: async () => {
      for (let fromMs = startMs; !signal.aborted; fromMs += msPerDay) {
        const commands = draw(fromMs, fromMs + msPerDay)
        const dueAtMs = (command: { readonly occurredAt: string }) => Date.parse(command.occurredAt)
        await runTraffic({ recorder, actor, now, speed, signal, commands, dueAtMs })
      }
    },
  }
}
