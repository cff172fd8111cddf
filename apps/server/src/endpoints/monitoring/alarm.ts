import { monitoringAlarm as declaration } from '@guankou/contract/monitoring/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readAlarmFile } from '#src/use-cases/monitoring/read-alarms.ts'

export const monitoringAlarm = implement(declaration, ({ context, actor, query }) =>
  readAlarmFile(context, actor, query),
)
