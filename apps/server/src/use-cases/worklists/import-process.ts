import { inArea } from '@guankou/db/area-scope.ts'
import { openDatabase } from '@guankou/db/database.ts'
import pino from 'pino'
import { createIdentitySealer } from '#src/identity/identity-sealer.ts'
import { type KeySettings, openKeyCustody } from '#src/identity/key-custody.ts'
import { serveOrder } from '#src/jobs/beside.ts'
import { createReferenceCache } from '#src/reference/reference-cache.ts'
import { importRows, type ReadingEnd } from '#src/use-cases/worklists/import-rows.ts'
import { findFile } from '#src/use-cases/worklists/list-scope.ts'

/** What the process that reads a file is told. */
export type ImportOrder = {
  readonly databaseUrl: string
  readonly namedStatements: boolean
  readonly keys: KeySettings
  readonly logLevel: string
  readonly jurisdiction: number
  readonly importId: string
  /** The server's clock, which may show another day than ours. */
  readonly nowMs: number
}

const read = async (order: ImportOrder, isStopped: () => boolean): Promise<ReadingEnd> => {
  const db = openDatabase({
    url: order.databaseUrl,
    namedStatements: order.namedStatements,
    maxConnections: 2,
    applicationName: 'guankou-lists',
  })
  const now = () => order.nowMs
  try {
    const context = {
      db,
      now,
      log: pino({ level: order.logLevel }, pino.destination({ fd: 2, sync: true })),
      reference: await createReferenceCache(db),
      identity: { sealer: createIdentitySealer(db, await openKeyCustody(order.keys), now) },
    }
    const found = await inArea(db, order.jurisdiction, (transaction) => findFile(transaction, order.importId))
    return found === undefined ? 'stopped' : await importRows(context, found, isStopped)
  } finally {
    await db.close()
  }
}

serveOrder(read)
