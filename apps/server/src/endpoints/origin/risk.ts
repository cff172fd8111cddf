import { readOriginRisk as declaration } from '@guankou/contract/origin/risk.ts'
import { implement } from '#src/endpoint.ts'
import { readRisk } from '#src/use-cases/origin/read-risk.ts'

export const originRisk = implement(declaration, ({ context, actor, query }) =>
  readRisk(context, actor, query),
)
