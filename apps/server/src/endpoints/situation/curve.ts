import { situationCurve as declaration } from '@guankou/contract/situation/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readCurve } from '#src/use-cases/situation/read-situation.ts'

export const situationCurve = implement(declaration, ({ context, actor, query }) =>
  readCurve(context, actor, query),
)
