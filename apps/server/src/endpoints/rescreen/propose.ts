import { proposeRules as declared } from '@guankou/contract/rescreen/proposals.ts'
import { implement } from '#src/endpoint.ts'
import { propose } from '#src/use-cases/rescreen/propose-rules.ts'

export const rescreenPropose = implement(declared, ({ context, actor, body }) =>
  propose(context, actor, body),
)
