import { correctFindings as declared } from '@guankou/contract/screening/finding-corrections.ts'
import { implement } from '#src/endpoint.ts'
import { correctFindings } from '#src/use-cases/screening/correct-findings.ts'

export const screeningCorrectFindings = implement(declared, ({ context, actor, body }) =>
  correctFindings(context, actor, body),
)
