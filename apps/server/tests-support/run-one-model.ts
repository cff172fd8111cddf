import { openDatabase } from '@guankou/db/database.ts'
import pino from 'pino'
import { modelJobs } from '#src/jobs/all-model-jobs.ts'
import { createModelRunner } from '#src/jobs/model-runs.ts'
import { createReferenceCache } from '#src/reference/reference-cache.ts'

/** Looks at one model once, as a server does, in a process that can be killed: address, instant, model. */
const [url = '', nowMs = '0', model = ''] = process.argv.slice(2)
const db = openDatabase({ url })
const runner = createModelRunner({
  db,
  reference: await createReferenceCache(db),
  now: () => Number(nowMs),
  log: pino({ level: 'silent' }),
  jobs: modelJobs.filter((job) => job.model === model),
})
await runner.runOnce()
await runner.stop()
await db.close()
