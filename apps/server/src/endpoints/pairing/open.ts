import { openPairing as declared } from '@guankou/contract/pairing/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { open } from '#src/use-cases/pairing/open-pairing.ts'

export const pairingOpen = implement(declared, ({ context, actor, body }) => open(context, actor, body))
