import { confirmMatch as declared } from '@guankou/contract/matching/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { confirmMatch } from '#src/use-cases/matching/confirm-match.ts'

export const matchingConfirm = implement(declared, ({ context, actor, body }) =>
  confirmMatch(context, actor, body),
)
