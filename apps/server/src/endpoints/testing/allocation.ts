import { testingAllocation as declared } from '@guankou/contract/testing/allocation.ts'
import { implement } from '#src/endpoint.ts'
import { readAllocation } from '#src/use-cases/testing/read-allocation.ts'

export const testingAllocation = implement(declared, ({ context, actor, query }) =>
  readAllocation(context, actor, query),
)
