import type { JSONColumnType } from 'kysely'

/** What the models computed, from what, and when. */
export type ModelsTables = {
  model_runs: ModelRunRow
  model_states: ModelStateRow
  model_outputs: ModelOutputRow
}

type ModelRunRow = {
  jurisdiction: number
  model: string
  id: string
  model_version: string
  part: string
  occasion: string
  data_from: string
  data_until: string
  data_at: Date
  parameters: JSONColumnType<object>
  state: string
  progress: number
  started_at: Date
  noted_at: Date
  computed_at: Date | null
  attempts: number
  error: string | null
}

type ModelStateRow = {
  jurisdiction: number
  model: string
  part: string
  model_version: string
  digest: Buffer
  content: Buffer
  noted_at: Date
}

type ModelOutputRow = {
  jurisdiction: number
  model: string
  part: string
  run_id: string
  model_version: string
  data_from: string
  data_until: string
  data_at: Date
  computed_at: Date
  parameters: JSONColumnType<object>
}
