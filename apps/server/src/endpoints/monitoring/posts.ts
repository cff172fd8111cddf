import { monitoringPosts as declaration } from '@guankou/contract/monitoring/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readPosts } from '#src/use-cases/monitoring/read-posts.ts'

export const monitoringPosts = implement(declaration, ({ context, actor, query }) =>
  readPosts(context, actor, query),
)
