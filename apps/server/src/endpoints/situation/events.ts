import { situationEvents as declaration } from '@guankou/contract/situation/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readEvents } from '#src/use-cases/situation/read-situation.ts'

export const situationEvents = implement(declaration, ({ context, actor, query }) =>
  readEvents(context, actor, query),
)
