import { readRetentionHistory } from '@guankou/contract/retention/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { readRetentionHistory as read } from '#src/use-cases/retention/read-retention.ts'

export const retentionHistory = implement(readRetentionHistory, async ({ context, actor }) =>
  done(await read(context, actor)),
)
