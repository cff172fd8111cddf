import { listSendableOfficers } from '@guankou/contract/posts/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { listOfficers } from '#src/use-cases/posts/list-officers.ts'

export const postsOfficers = implement(listSendableOfficers, ({ context, actor, query }) =>
  listOfficers(context, actor, query),
)
