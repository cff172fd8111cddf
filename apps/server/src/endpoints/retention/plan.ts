import { readRetentionPlan } from '@guankou/contract/retention/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { readRetentionPlan as read } from '#src/use-cases/retention/read-retention.ts'

export const retentionPlan = implement(readRetentionPlan, async ({ context, actor }) =>
  done(await read(context, actor)),
)
