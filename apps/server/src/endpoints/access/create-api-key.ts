import { createApiKey as declaration } from '@guankou/contract/access/api-keys.ts'
import { implement } from '#src/endpoint.ts'
import { createApiKey } from '#src/use-cases/access/api-keys.ts'

export const accessCreateApiKey = implement(declaration, ({ context, actor, body }) =>
  createApiKey(context, actor, body),
)
