import { listRescreens as declared } from '@guankou/contract/rescreen/runs.ts'
import { implement } from '#src/endpoint.ts'
import { readRuns } from '#src/use-cases/rescreen/read-runs.ts'

export const rescreenRuns = implement(declared, ({ context, actor }) => readRuns(context, actor))
