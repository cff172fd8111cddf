import { readPost as declared } from '@guankou/contract/posts/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readPost } from '#src/use-cases/posts/read-post.ts'

export const postsPost = implement(declared, ({ context, actor, query }) => readPost(context, actor, query))
