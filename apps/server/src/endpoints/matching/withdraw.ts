import { withdrawMatches as declared } from '@guankou/contract/matching/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { withdrawMatches } from '#src/use-cases/matching/withdraw-matches.ts'

export const matchingWithdraw = implement(declared, ({ context, actor, body }) =>
  withdrawMatches(context, actor, body),
)
