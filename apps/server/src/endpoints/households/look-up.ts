import { lookUpHousehold as declared } from '@guankou/contract/households/look-up.ts'
import { implement } from '#src/endpoint.ts'
import { lookUpHousehold } from '#src/use-cases/households/look-up-household.ts'

export const householdsLookUp = implement(declared, ({ context, actor, body }) =>
  lookUpHousehold(context, actor, body),
)
