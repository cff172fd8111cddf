import { correctScreening as declared } from '@guankou/contract/screening/corrections.ts'
import { implement } from '#src/endpoint.ts'
import { correctScreening } from '#src/use-cases/screening/correct-screening.ts'

export const screeningCorrect = implement(declared, ({ context, actor, body }) =>
  correctScreening(context, actor, body),
)
