import { recordCall as declared } from '@guankou/contract/worklists/follow-up.ts'
import { implement } from '#src/endpoint.ts'
import { record } from '#src/use-cases/worklists/record-call.ts'

export const worklistsRecord = implement(declared, ({ context, actor, body }) => record(context, actor, body))
