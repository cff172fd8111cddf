import { listApiKeys as declaration } from '@guankou/contract/access/api-keys.ts'
import { implement } from '#src/endpoint.ts'
import { listApiKeys } from '#src/use-cases/access/api-keys.ts'

export const accessApiKeys = implement(declaration, ({ context, actor, query }) =>
  listApiKeys(context, actor, query.account),
)
