import { monitoringSlots as declaration } from '@guankou/contract/monitoring/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readSlots } from '#src/use-cases/monitoring/read-posts.ts'

export const monitoringSlots = implement(declaration, ({ context, actor, query }) =>
  readSlots(context, actor, query),
)
