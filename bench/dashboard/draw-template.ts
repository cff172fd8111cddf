import type { Database } from '@guankou/db/database.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { ruleSetInForce } from '@guankou/domain/responses/rule-set-in-force.ts'
import { findTrafficActor, runTraffic } from '@guankou/server/demo/traffic.ts'
import type { KeyCustody } from '@guankou/server/identity/key-custody.ts'
import { createContext } from '@guankou/server/start-server.ts'
import { startOfDayMs } from '@guankou/simulator/arrivals/arrival-times.ts'
import { drawScreenings } from '@guankou/simulator/arrivals/draw-screenings.ts'
import { zhuhaiScenario } from '@guankou/simulator/cities/zhuhai-2020/scenario.ts'
import { buildZhuhaiCity } from '@guankou/simulator/cities/zhuhai-2020/zhuhai.ts'
import pino from 'pino'

/** Any number: every run fills the same kinds of screenings. */
const seed = 20_200_123

const keep = `
  create schema bench;
  create unlogged table bench.screenings as
    select row_number() over (order by occurred_at, id) - 1 as n, s.* from screenings s where day = '$day';
  create unlogged table bench.travellers as
    select b.n, t.* from bench.screenings b
    join screening_travellers t
      on t.jurisdiction = b.jurisdiction and t.occurred_at = b.occurred_at and t.screening_id = b.id;
  analyze bench.screenings;
  analyze bench.travellers;`

/** Facts of one whole day, in `bench.screenings` (numbered from 0, in order of time) and `bench.travellers`. */
export type Template = { readonly day: string; readonly timeZone: string; readonly screenings: number }

/**
 * Draws one day of arrivals at the posts of the demo city and records it through all layers, so that posts, hours,
 * origins, parties, findings, rules and the sizes of sealed fields are those of the system, and then keeps it aside as
 * what the other days are made from.
 */
export const drawTemplate = async (
  db: Database,
  parts: { readonly keys: KeyCustody; readonly day: string; readonly timeZone: string },
): Promise<Template> => {
  const { day, timeZone } = parts
  const { city } = buildZhuhaiCity()
  const context = await createContext({ db, keys: parts.keys, log: pino({ level: 'warn' }) })
  try {
    const response = context.reference.current().responses[0]
    if (response === undefined) throw new Error('the demo city has no response')
    const result = await runTraffic({
      recorder: context.recorder,
      actor: await findTrafficActor(db),
      now: Date.now,
      signal: new AbortController().signal,
      dueAtMs: () => 0,
      commands: drawScreenings({
        city,
        response,
        rulesVersion: ruleSetInForce(response.ruleSets, day)?.version ?? 1,
        scenario: zhuhaiScenario(city.posts),
        seed,
        fromMs: startOfDayMs(timeZone, day),
        untilMs: startOfDayMs(timeZone, addDays(day, 1)),
      }),
    })
    if (result.refused.size > 0) throw new Error(`refused: ${JSON.stringify([...result.refused])}`)
    await db.pool.query(keep.replace('$day', day))
    return { day, timeZone, screenings: result.recorded }
  } finally {
    await context.close()
  }
}
