import { decideProposal as declared } from '@guankou/contract/rescreen/proposals.ts'
import { implement } from '#src/endpoint.ts'
import { decide } from '#src/use-cases/rescreen/decide-proposal.ts'

export const rescreenDecide = implement(declared, async ({ context, actor, body }) => {
  const decided = await decide(context, actor, body)
  if (decided.ok) context.rescreens.kick()
  return decided
})
