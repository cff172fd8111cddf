import type { FigureUnit, ModelName, ModelStamp } from '@guankou/contract/models/model-stamp.ts'
import type { readOutputs } from '@guankou/db/queries/models/model-runs.ts'

export type ModelOutput = Awaited<ReturnType<typeof readOutputs>>[number]

/** What a number of a published run carries. */
export const stampOf = (model: ModelName, output: ModelOutput, unit: FigureUnit): ModelStamp => ({
  model,
  version: output.version,
  runId: output.runId,
  dataFrom: output.dataFrom,
  dataUntil: output.dataUntil,
  dataAt: output.dataAt.toISOString(),
  computedAt: output.computedAt.toISOString(),
  unit,
})
