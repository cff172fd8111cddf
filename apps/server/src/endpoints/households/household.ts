import { readHousehold as declared } from '@guankou/contract/households/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readHousehold } from '#src/use-cases/households/read-household.ts'

export const householdsHousehold = implement(declared, ({ context, actor, query }) =>
  readHousehold(context, actor, query),
)
