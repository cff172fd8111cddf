import { listMatchLists as declared } from '@guankou/contract/matching/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { listMatchLists } from '#src/use-cases/matching/list-match-lists.ts'

export const matchingLists = implement(declared, ({ context, actor }) => listMatchLists(context, actor))
