import { situationPosts as declaration } from '@guankou/contract/situation/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readPostSituations } from '#src/use-cases/situation/read-situation.ts'

export const situationPosts = implement(declaration, ({ context, actor, query }) =>
  readPostSituations(context, actor, query),
)
