import { readOwnPairings as declared } from '@guankou/contract/pairing/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { mine } from '#src/use-cases/pairing/open-pairing.ts'

export const pairingMine = implement(declared, ({ context, actor }) => mine(context, actor))
