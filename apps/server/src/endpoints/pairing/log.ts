import { listPairings as declared } from '@guankou/contract/pairing/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readLog } from '#src/use-cases/pairing/read-pairing.ts'

export const pairingLog = implement(declared, ({ context, actor, query }) => readLog(context, actor, query))
