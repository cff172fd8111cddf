import { readPairing as declared } from '@guankou/contract/pairing/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readFacts } from '#src/use-cases/pairing/read-pairing.ts'

export const pairingFacts = implement(declared, ({ context, actor, query }) =>
  readFacts(context, actor, query),
)
