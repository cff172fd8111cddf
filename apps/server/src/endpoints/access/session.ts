import { readSession } from '@guankou/contract/access/session.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { viewOf } from '#src/use-cases/access/open-session.ts'

export const accessSession = implement(readSession, async ({ actor }) =>
  done(viewOf(actor, actor.sessionExpiresAtMs)),
)
