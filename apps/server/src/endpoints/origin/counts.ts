import { readOriginCounts as declaration } from '@guankou/contract/origin/risk.ts'
import { implement } from '#src/endpoint.ts'
import { readCounts } from '#src/use-cases/origin/read-counts.ts'

export const originCounts = implement(declaration, ({ context, actor, query }) =>
  readCounts(context, actor, query),
)
