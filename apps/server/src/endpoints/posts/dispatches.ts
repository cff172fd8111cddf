import { listOwnDispatches } from '@guankou/contract/posts/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readOwnDispatches } from '#src/use-cases/posts/own-dispatches.ts'

export const postsDispatches = implement(listOwnDispatches, ({ context, actor }) =>
  readOwnDispatches(context, actor),
)
