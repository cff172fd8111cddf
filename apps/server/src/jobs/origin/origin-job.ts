import {
  type AreaResult,
  clearRun,
  insertAreaResult,
  pruneResults,
} from '@guankou/db/queries/origin/results.ts'
import { defineModelJob } from '#src/jobs/model-job.ts'
import { findDue, type OriginNeeds, readFiguresInputs, toldDays } from '#src/jobs/origin/read-inputs.ts'

const model = 'origins'
const version = '1.0.0'

/**
 * Imported cases to expect as of each of the last four weeks, for the city and each district in it: made anew, day by day,
 * where late records or reports with an early day of publication have come. What was published later than a day is never
 * read for it.
 */
export const originJob = defineModelJob<OriginNeeds>({
  model,
  version,
  plan: async (parts) => {
    const due = await findDue(parts, version)
    if (due === undefined) return null
    const { inputs, ...needs } = due
    return {
      part: due.asOf,
      dataFrom: due.used.from,
      dataUntil: due.asOf,
      parameters: { toldDays },
      inputs,
      needs,
    }
  },
  work: async (run) => {
    const { city, plan, compute, id, step } = run
    const inputs = await readFiguresInputs(run, plan.needs)
    const results: AreaResult[] = []
    for (const [at, input] of inputs.entries()) {
      const figures = await compute('origin.figures', input)
      results.push({ jurisdiction: input.destination.code, ...figures })
      await step((at + 1) / (inputs.length + 1))
    }
    return {
      areas: city.areas,
      write: async (tx) => {
        await clearRun(tx, city.areas, id)
        for (const result of results) await insertAreaResult(tx, id, result)
      },
    }
  },
  prune: ({ db, city }) => pruneResults(db.query, city.areas, model),
})
