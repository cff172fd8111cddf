import { findDuplicates as declared } from '@guankou/contract/households/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { findDuplicates } from '#src/use-cases/households/find-duplicates.ts'

export const householdsDuplicates = implement(declared, ({ context, actor, body }) =>
  findDuplicates(context, actor, body),
)
