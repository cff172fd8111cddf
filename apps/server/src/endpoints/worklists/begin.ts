import { beginWorklist as declared } from '@guankou/contract/worklists/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { begin } from '#src/use-cases/worklists/receive-file.ts'

export const worklistsBegin = implement(declared, ({ context, actor, body }) => begin(context, actor, body))
