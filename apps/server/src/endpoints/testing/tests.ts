import { listTests as declared } from '@guankou/contract/testing/results.ts'
import { implement } from '#src/endpoint.ts'
import { listTests } from '#src/use-cases/testing/list-tests.ts'

export const testingTests = implement(declared, ({ context, actor, query }) =>
  listTests(context, actor, query),
)
