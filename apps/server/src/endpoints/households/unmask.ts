import { unmaskHouseholdField as declared } from '@guankou/contract/households/look-up.ts'
import { implement } from '#src/endpoint.ts'
import { unmaskHousehold } from '#src/use-cases/households/unmask-household.ts'

export const householdsUnmask = implement(declared, ({ context, actor, body }) =>
  unmaskHousehold(context, actor, body),
)
