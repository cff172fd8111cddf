import { setBudgets as declared } from '@guankou/contract/testing/allocation.ts'
import { implement } from '#src/endpoint.ts'
import { setBudgets } from '#src/use-cases/testing/set-budgets.ts'

export const testingSetBudgets = implement(declared, ({ context, actor, body }) =>
  setBudgets(context, actor, body),
)
