import { readCrewHealth as declared } from '@guankou/contract/posts/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readCrewHealth } from '#src/use-cases/posts/read-crew-health.ts'

export const postsCrewHealth = implement(declared, ({ context, actor, query }) =>
  readCrewHealth(context, actor, query),
)
