import { testingEvidence as declared } from '@guankou/contract/testing/allocation.ts'
import { implement } from '#src/endpoint.ts'
import { readEvidence } from '#src/use-cases/testing/read-evidence.ts'

export const testingEvidence = implement(declared, ({ context, actor, query }) =>
  readEvidence(context, actor, query),
)
