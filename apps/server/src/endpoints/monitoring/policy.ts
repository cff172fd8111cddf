import { changeMonitoringPolicy } from '@guankou/contract/monitoring/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { changePolicy } from '#src/use-cases/monitoring/change-policy.ts'

export const monitoringPolicy = implement(changeMonitoringPolicy, ({ context, actor, body }) =>
  changePolicy(context, actor, body),
)
