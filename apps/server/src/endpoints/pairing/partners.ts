import { listPartners as declared } from '@guankou/contract/pairing/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { partners } from '#src/use-cases/pairing/open-pairing.ts'

export const pairingPartners = implement(declared, ({ context, actor }) => partners(context, actor))
