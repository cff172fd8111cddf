import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { readOutputs } from '@guankou/db/queries/models/model-runs.ts'
import type { ModelOutput } from '#src/jobs/model-stamp-of.ts'

/** What an area is shown of the model for a day; undefined where it has not run. */
export const shownOutput = async (
  tx: AreaTransaction,
  area: number,
  day: string,
): Promise<ModelOutput | undefined> => (await readOutputs(tx, [area], { model: 'testing', part: day }))[0]
