import { listAccesses } from '@guankou/contract/identity/accesses.ts'
import { implement } from '#src/endpoint.ts'
import { readAccesses } from '#src/use-cases/identity/read-accesses.ts'

export const identityAccesses = implement(listAccesses, ({ context, actor, query }) =>
  readAccesses(context, actor, query),
)
