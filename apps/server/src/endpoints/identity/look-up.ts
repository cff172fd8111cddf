import { lookUpPerson } from '@guankou/contract/identity/look-up.ts'
import { implement } from '#src/endpoint.ts'
import { lookUp } from '#src/use-cases/identity/look-up-person.ts'

export const identityLookUp = implement(lookUpPerson, ({ context, actor, body }) =>
  lookUp(context, actor, body),
)
