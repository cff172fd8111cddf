import { endPairing as declared } from '@guankou/contract/pairing/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { end } from '#src/use-cases/pairing/end-pairing.ts'

export const pairingEnd = implement(declared, ({ context, actor, body }) => end(context, actor, body))
