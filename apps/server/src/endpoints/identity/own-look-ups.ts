import { listOwnLookUps } from '@guankou/contract/identity/look-up.ts'
import { implement } from '#src/endpoint.ts'
import { readOwn } from '#src/use-cases/identity/read-accesses.ts'

export const identityOwnLookUps = implement(listOwnLookUps, ({ context, actor }) => readOwn(context, actor))
