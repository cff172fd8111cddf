import { unmaskField } from '@guankou/contract/identity/look-up.ts'
import { implement } from '#src/endpoint.ts'
import { unmask } from '#src/use-cases/identity/unmask-field.ts'

export const identityUnmask = implement(unmaskField, ({ context, actor, body }) =>
  unmask(context, actor, body),
)
