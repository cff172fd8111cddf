import { monitoringCalendar as declaration } from '@guankou/contract/monitoring/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readCalendar } from '#src/use-cases/monitoring/read-posts.ts'

export const monitoringCalendar = implement(declaration, ({ context, actor, query }) =>
  readCalendar(context, actor, query),
)
