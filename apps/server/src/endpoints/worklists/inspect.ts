import { inspectWorklist as declared } from '@guankou/contract/worklists/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { inspect } from '#src/use-cases/worklists/inspect-file.ts'

export const worklistsInspect = implement(declared, ({ context, actor, body }) =>
  inspect(context, actor, body),
)
