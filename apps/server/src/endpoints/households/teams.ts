import { readTeamBoard as declared } from '@guankou/contract/households/planning.ts'
import { implement } from '#src/endpoint.ts'
import { readTeamBoard } from '#src/use-cases/households/read-team-board.ts'

export const householdsTeams = implement(declared, ({ context, actor, query }) =>
  readTeamBoard(context, actor, query),
)
