import { situationOrigins as declaration } from '@guankou/contract/situation/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readOrigins } from '#src/use-cases/situation/read-situation.ts'

export const situationOrigins = implement(declaration, ({ context, actor, query }) =>
  readOrigins(context, actor, query),
)
