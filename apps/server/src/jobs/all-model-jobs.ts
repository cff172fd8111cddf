import type { ModelJob } from './model-job.ts'
import { monitoringJob } from './monitoring/monitoring-job.ts'
import { originJob } from './origin/origin-job.ts'
import { testingJob } from './testing/testing-job.ts'

/** Every model that the server runs by itself. */
export const modelJobs: readonly ModelJob[] = [monitoringJob, testingJob, originJob]
