import { lookUpInPairing as declared } from '@guankou/contract/pairing/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { lookUpQuestion } from '#src/use-cases/pairing/look-up-in-pairing.ts'

export const pairingLookUp = implement(declared, ({ context, actor, body }) =>
  lookUpQuestion(context, actor, body),
)
