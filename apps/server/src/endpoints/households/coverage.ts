import { readCoverage as declared } from '@guankou/contract/households/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readCoverage } from '#src/use-cases/households/read-coverage.ts'

export const householdsCoverage = implement(declared, ({ context, actor, query }) =>
  readCoverage(context, actor, query),
)
