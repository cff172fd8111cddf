import { readHandoverNames as declaration } from '@guankou/contract/handovers/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readNames } from '#src/use-cases/handovers/read-names.ts'

export const handoversNames = implement(declaration, ({ context, actor, query }) =>
  readNames(context, actor, query),
)
