import { listProposals as declared } from '@guankou/contract/rescreen/proposals.ts'
import { implement } from '#src/endpoint.ts'
import { readAllProposals } from '#src/use-cases/rescreen/read-proposals.ts'

export const rescreenProposals = implement(declared, ({ context, actor, query }) =>
  readAllProposals(context, actor, query),
)
