import { renewCollection } from '@guankou/contract/retention/renewal.ts'
import { implement } from '#src/endpoint.ts'
import { renewCollection as renew } from '#src/use-cases/retention/renew-collection.ts'

export const responsesRenewCollection = implement(renewCollection, ({ context, actor, body }) =>
  renew(context, actor, body),
)
