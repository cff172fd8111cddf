import { readOriginMixing as declaration } from '@guankou/contract/origin/risk.ts'
import { implement } from '#src/endpoint.ts'
import { readMixing } from '#src/use-cases/origin/read-mixing.ts'

export const originMixing = implement(declaration, ({ context, actor, query }) =>
  readMixing(context, actor, query),
)
