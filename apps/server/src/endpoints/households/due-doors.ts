import { readDueDoors as declared } from '@guankou/contract/households/planning.ts'
import { implement } from '#src/endpoint.ts'
import { readDueDoors } from '#src/use-cases/households/read-due-doors.ts'

export const householdsDueDoors = implement(declared, ({ context, actor, query }) =>
  readDueDoors(context, actor, query),
)
