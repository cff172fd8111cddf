import { readRound as declared } from '@guankou/contract/households/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readRound } from '#src/use-cases/households/read-round.ts'

export const householdsRound = implement(declared, ({ context, actor, query }) =>
  readRound(context, actor, query),
)
