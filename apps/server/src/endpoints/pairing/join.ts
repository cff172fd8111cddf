import { joinPairing as declared } from '@guankou/contract/pairing/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { join } from '#src/use-cases/pairing/join-pairing.ts'

export const pairingJoin = implement(declared, ({ context, actor, body }) => join(context, actor, body))
