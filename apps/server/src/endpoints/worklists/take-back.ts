import { takeBackCall as declared } from '@guankou/contract/worklists/follow-up.ts'
import { implement } from '#src/endpoint.ts'
import { takeBack } from '#src/use-cases/worklists/record-call.ts'

export const worklistsTakeBack = implement(declared, ({ context, actor, body }) =>
  takeBack(context, actor, body),
)
