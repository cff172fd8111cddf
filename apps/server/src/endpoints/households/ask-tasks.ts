import { askTasks as declared } from '@guankou/contract/households/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { askTasks } from '#src/use-cases/households/ask-tasks.ts'

export const householdsAskTasks = implement(declared, ({ context, actor, body }) =>
  askTasks(context, actor, body),
)
