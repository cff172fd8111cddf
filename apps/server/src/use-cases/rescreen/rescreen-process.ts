import { openDatabase } from '@guankou/db/database.ts'
import { readRunsAtWork } from '@guankou/db/queries/rescreen/runs.ts'
import pino from 'pino'
import { createIdentitySealer } from '#src/identity/identity-sealer.ts'
import { type KeySettings, openKeyCustody } from '#src/identity/key-custody.ts'
import { serveOrder } from '#src/jobs/beside.ts'
import { createReferenceCache } from '#src/reference/reference-cache.ts'
import { lookThrough, type PassEnd } from '#src/use-cases/rescreen/look-through.ts'

/** What the process that looks through everyone on file is told. */
export type RescreenOrder = {
  readonly databaseUrl: string
  readonly namedStatements: boolean
  readonly keys: KeySettings
  readonly logLevel: string
  readonly runId: string
  /** The server's clock, which may show another day than ours. */
  readonly nowMs: number
}

serveOrder<RescreenOrder, PassEnd>(async (order, isStopped) => {
  const db = openDatabase({
    url: order.databaseUrl,
    namedStatements: order.namedStatements,
    maxConnections: 2,
    applicationName: 'guankou-rescreen',
  })
  const startedAt = performance.now()
  const now = () => order.nowMs + Math.round(performance.now() - startedAt)
  try {
    const context = {
      db,
      now,
      log: pino({ level: order.logLevel }, pino.destination({ fd: 2, sync: true })),
      reference: await createReferenceCache(db),
      identity: { sealer: createIdentitySealer(db, await openKeyCustody(order.keys), now) },
    }
    const run = (await readRunsAtWork(db.query)).find(({ id }) => id === order.runId)
    return run === undefined ? 'overtaken' : await lookThrough(context, run, isStopped)
  } finally {
    await db.close()
  }
})
