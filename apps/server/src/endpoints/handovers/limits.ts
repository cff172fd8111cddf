import { changeHandoverLimits as declaration } from '@guankou/contract/handovers/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { changeLimits } from '#src/use-cases/handovers/change-limits.ts'

export const handoversLimits = implement(declaration, ({ context, actor, body }) =>
  changeLimits(context, actor, body),
)
