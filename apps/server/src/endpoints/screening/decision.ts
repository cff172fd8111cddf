import { readDecision as declared } from '@guankou/contract/screening/decisions.ts'
import { implement } from '#src/endpoint.ts'
import { readDecision } from '#src/use-cases/screening/read-decision.ts'

export const screeningDecision = implement(declared, ({ context, actor, query }) =>
  readDecision(context, actor, query.screening),
)
