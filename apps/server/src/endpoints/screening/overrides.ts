import { listOverrides as declared } from '@guankou/contract/screening/decisions.ts'
import { implement } from '#src/endpoint.ts'
import { listOverrides } from '#src/use-cases/screening/list-overrides.ts'

export const screeningOverrides = implement(declared, ({ context, actor, query }) =>
  listOverrides(context, actor, query),
)
