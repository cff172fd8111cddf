import { withdrawTask as declared } from '@guankou/contract/households/planning.ts'
import { implement } from '#src/endpoint.ts'
import { withdrawTask } from '#src/use-cases/households/withdraw-task.ts'

export const householdsWithdrawTask = implement(declared, ({ context, actor, body }) =>
  withdrawTask(context, actor, body),
)
