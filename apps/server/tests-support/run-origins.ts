import { openDatabase } from '@guankou/db/database.ts'
import pino from 'pino'
import { createModelRunner } from '#src/jobs/model-runs.ts'
import { originJob } from '#src/jobs/origin/origin-job.ts'
import { createReferenceCache } from '#src/reference/reference-cache.ts'

/** Computes origins day by day, as a server does, in a process that can be killed: arguments are address, instant, looks. */
const [url = '', nowMs = '0', looks = '1'] = process.argv.slice(2)
const db = openDatabase({ url })
const runner = createModelRunner({
  db,
  reference: await createReferenceCache(db),
  now: () => Number(nowMs),
  log: pino({ level: 'silent' }),
  jobs: [originJob],
})
for (let look = 0; look < Number(looks); look += 1) await runner.runOnce()
await runner.stop()
await db.close()
