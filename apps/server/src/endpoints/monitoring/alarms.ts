import { monitoringAlarms as declaration } from '@guankou/contract/monitoring/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readAlarmList } from '#src/use-cases/monitoring/read-alarms.ts'

export const monitoringAlarms = implement(declaration, ({ context, actor, query }) =>
  readAlarmList(context, actor, query),
)
