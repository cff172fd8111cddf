import { migrate } from '@guankou/db/migrate.ts'
import { keepDrillClock, readDrillClock } from '@guankou/db/queries/drill/drill-clock.ts'
import { v7 } from 'uuid'
import { type LoadedCity, loadDemoCity } from '#src/demo/load-demo-city.ts'
import { type DrillClock, shownAt } from '#src/drill/drill-clock.ts'
import type { EdgeSettings } from '#src/http/edge.ts'
import { type RunningServer, type ServerParts, startServer } from '#src/start-server.ts'

export type DrillOptions = EdgeSettings & {
  readonly host: string
  readonly port: number
  /** What the clock shows at first, Unix milliseconds; a drill that was left goes on from where it was. */
  readonly shownFromMs: number
  readonly speed: number
}

export type RunningDrillServer = {
  readonly server: RunningServer
  readonly city: LoadedCity
  readonly clock: DrillClock
  readonly now: () => number
  readonly close: () => Promise<void>
}

const keepEveryMs = 60_000

/**
 * Starts a drill on a database and keys that were opened for one: the schema is brought up to date, the synthetic city is
 * loaded where it is missing, and the clock goes on from where it was left.
 */
export const runDrill = async (
  parts: Pick<ServerParts, 'db' | 'keys' | 'log'>,
  { shownFromMs, speed, ...network }: DrillOptions,
): Promise<RunningDrillServer> => {
  const { db, keys, log } = parts
  await migrate(db.pool)
  const left = await readDrillClock(db.query)
  const clock: DrillClock = { realFromMs: Date.now(), shownFromMs: left?.shownAtMs ?? shownFromMs, speed }
  const id = left?.id ?? v7()
  const now = (): number => shownAt(clock, Date.now())
  const keep = (): Promise<void> => keepDrillClock(db.query, { id, shownAtMs: now(), speed })
  await keep()
  const city = await loadDemoCity(db, now())
  const server = await startServer({ db, keys, log, ...network, now, drill: { id, clock } })
  const timer = setInterval(() => void keep().catch(() => undefined), keepEveryMs)
  return {
    server,
    city,
    clock,
    now,
    close: async () => {
      clearInterval(timer)
      await server.close()
      await keep()
    },
  }
}
