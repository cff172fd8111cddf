import { situationSummary as declaration } from '@guankou/contract/situation/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readSummary } from '#src/use-cases/situation/read-situation.ts'

export const situationSummary = implement(declaration, ({ context, actor, query }) =>
  readSummary(context, actor, query),
)
