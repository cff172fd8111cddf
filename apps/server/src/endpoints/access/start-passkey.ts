import { startPasskey as declaration } from '@guankou/contract/access/passkeys.ts'
import { implement } from '#src/endpoint.ts'
import { startPasskey } from '#src/use-cases/access/passkeys.ts'

export const accessStartPasskey = implement(declaration, ({ context, actor, client }) =>
  startPasskey(context, actor, client),
)
