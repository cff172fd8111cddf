import { withdrawProposal as declared } from '@guankou/contract/rescreen/proposals.ts'
import { implement } from '#src/endpoint.ts'
import { withdraw } from '#src/use-cases/rescreen/propose-rules.ts'

export const rescreenWithdraw = implement(declared, ({ context, actor, body }) =>
  withdraw(context, actor, body),
)
