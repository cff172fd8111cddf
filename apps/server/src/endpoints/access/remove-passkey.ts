import { removePasskey as declaration } from '@guankou/contract/access/passkeys.ts'
import { implement } from '#src/endpoint.ts'
import { removePasskey } from '#src/use-cases/access/passkeys.ts'

export const accessRemovePasskey = implement(declaration, ({ context, actor, body }) =>
  removePasskey(context, actor, body.passkeyId),
)
