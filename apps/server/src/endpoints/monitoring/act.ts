import { actOnAlarm } from '@guankou/contract/monitoring/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { act } from '#src/use-cases/monitoring/act-on-alarm.ts'

export const monitoringAct = implement(actOnAlarm, ({ context, actor, body }) => act(context, actor, body))
