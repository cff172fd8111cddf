import { revokeApiKey as declaration } from '@guankou/contract/access/api-keys.ts'
import { implement } from '#src/endpoint.ts'
import { revokeApiKey } from '#src/use-cases/access/api-keys.ts'

export const accessRevokeApiKey = implement(declaration, ({ context, actor, body }) =>
  revokeApiKey(context, actor, body),
)
