import { readHandoverChain as declaration } from '@guankou/contract/handovers/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readChain } from '#src/use-cases/handovers/read-chain.ts'

export const handoversChain = implement(declaration, ({ context, actor, query }) =>
  readChain(context, actor, query),
)
