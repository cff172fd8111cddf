import { readOriginTrend as declaration } from '@guankou/contract/origin/risk.ts'
import { implement } from '#src/endpoint.ts'
import { readTrend } from '#src/use-cases/origin/read-trend.ts'

export const originTrend = implement(declaration, ({ context, actor, query }) =>
  readTrend(context, actor, query),
)
