import { sayInPairing as declared } from '@guankou/contract/pairing/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { say } from '#src/use-cases/pairing/say-in-pairing.ts'

export const pairingSay = implement(declared, ({ context, actor, body }) => say(context, actor, body))
