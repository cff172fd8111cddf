import { releaseCall as declared } from '@guankou/contract/worklists/follow-up.ts'
import { implement } from '#src/endpoint.ts'
import { release } from '#src/use-cases/worklists/open-call.ts'

export const worklistsRelease = implement(declared, ({ context, actor, body }) =>
  release(context, actor, body),
)
