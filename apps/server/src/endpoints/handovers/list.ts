import { listHandovers as declaration } from '@guankou/contract/handovers/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { list } from '#src/use-cases/handovers/list-handovers.ts'

export const handoversList = implement(declaration, ({ context, actor, query }) =>
  list(context, actor, query),
)
