import { pushCommands as declaration } from '@guankou/contract/sync/push.ts'
import { implement } from '#src/endpoint.ts'
import { pushCommands } from '#src/use-cases/sync/push-commands.ts'

export const syncPush = implement(declaration, ({ context, actor, body }) =>
  pushCommands(context, actor, body),
)
