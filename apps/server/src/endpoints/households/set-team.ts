import { setTeam as declared } from '@guankou/contract/households/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { setTeam } from '#src/use-cases/households/set-team.ts'

export const householdsSetTeam = implement(declared, ({ context, actor, body }) =>
  setTeam(context, actor, body),
)
