import { openNextCall as declared } from '@guankou/contract/worklists/follow-up.ts'
import { implement } from '#src/endpoint.ts'
import { openNext } from '#src/use-cases/worklists/open-call.ts'

export const worklistsNext = implement(declared, ({ context, actor, body }) => openNext(context, actor, body))
