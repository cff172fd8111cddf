import type { ModelName } from '@guankou/contract/models/model-stamp.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import type { Database } from '@guankou/db/database.ts'
import type { Logger } from 'pino'
import type { Compute } from '#src/jobs/numerics/numerics-thread.ts'
import type { ReferenceData } from '#src/reference/reference-cache.ts'

/** The city that models run for. */
export type ModelCity = {
  readonly code: number
  /** The city and the districts in it, division codes. */
  readonly areas: readonly number[]
  readonly timeZone: string
  /** Local day. */
  readonly today: string
  /** Unix time, milliseconds. */
  readonly nowMs: number
}

/** What jobs work with: they run as the server, over all areas. */
export type ModelParts = {
  readonly db: Database
  readonly reference: ReferenceData
  readonly city: ModelCity
  readonly log: Logger
}

/** What one run will be about. `Needs` is what `plan` has read already and `work` goes on with. */
export type RunPlan<Needs> = {
  /** Such as the day whose tests are given; '' where there is one subject only. */
  readonly part: string
  /** First and last local day of the facts that go in. */
  readonly dataFrom: string
  readonly dataUntil: string
  /** Settings that a result depends on, to be shown. */
  readonly parameters: Readonly<Record<string, unknown>>
  /** Names all input: where the part is published from the same inputs by the same version, nothing is done. */
  readonly inputs: string
  readonly needs: Needs
}

/** A run under way. */
export type ModelRun<Needs> = ModelParts & {
  readonly id: string
  readonly plan: RunPlan<Needs>
  /** Numerics, beside the thread that answers requests. */
  readonly compute: Compute
  /**
   * Commits a step: what `write` writes (a state to go on from) and how far the run is stand or fall together. Throws
   * `RunStopped` where the server is being stopped; the run is taken up after the next start.
   */
  readonly step: (progress: number, write?: (tx: AreaTransaction) => Promise<void>) => Promise<void>
}

/** What finishes a run: results, keyed by the run's id, and the areas that have some. */
export type RunResults = {
  readonly areas: readonly number[]
  readonly write: (tx: AreaTransaction) => Promise<void>
}

/**
 * A model as a job. How a vertical plugs in, by the example of testing (`jobs/testing/testing-job.ts`):
 * 1. its word in `models` (`contract/models/model-stamp.ts`), its computations in `numerics/computations.ts`, and the job
 *    in `modelJobs` (`all-model-jobs.ts`);
 * 2. its results in tables that begin with `jurisdiction, run_id`, each row in the area of whoever may read it (the post’s,
 *    for what is told of a post), with a line in `area-wall/tables.ts`;
 * 3. `plan` reads cheaply what there is (it is asked every minute, and when `context.modelRuns.kick` says that something
 *    arrived) and names all input in `inputs`, or says null;
 * 4. `work` computes from the last state that fits, commits each step with `step`, and returns its results. A process that
 *    is killed anywhere leaves a run that the next one takes up, from the last step;
 * 5. readers find the run of an area and a part by `readOutputs`, and stamp every number with `stampOf`.
 * A state must be such that going on from it gives just what starting anew gives; a test of the vertical holds that.
 */
export type ModelJob<Needs = unknown> = {
  readonly model: ModelName
  /** Changes with every change in results. */
  readonly version: string
  readonly plan: (parts: ModelParts) => Promise<RunPlan<Needs> | null>
  readonly work: (run: ModelRun<Needs>) => Promise<RunResults>
  /** Clears away results and states that nobody is shown. */
  readonly prune?: (parts: ModelParts) => Promise<void>
}

/** Keeps what `plan` hands to `work` typed between the two, and unknown to everyone else. */
export const defineModelJob = <Needs>(job: ModelJob<Needs>): ModelJob => job as ModelJob

/** Thrown by `step` where the server is being stopped. */
export class RunStopped extends Error {
  constructor() {
    super('the server is being stopped')
    this.name = 'RunStopped'
  }
}
