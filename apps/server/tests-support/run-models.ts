import { openDatabase } from '@guankou/db/database.ts'
import pino from 'pino'
import { createModelRunner } from '#src/jobs/model-runs.ts'
import { monitoringJob } from '#src/jobs/monitoring/monitoring-job.ts'
import { createReferenceCache } from '#src/reference/reference-cache.ts'

/** Runs monitoring once, as a server does, in a process that can be killed: arguments are address and instant. */
const [url = '', nowMs = '0'] = process.argv.slice(2)
const db = openDatabase({ url })
const runner = createModelRunner({
  db,
  reference: await createReferenceCache(db),
  now: () => Number(nowMs),
  log: pino({ level: 'silent' }),
  jobs: [monitoringJob],
})
await runner.runOnce()
await runner.stop()
await db.close()
