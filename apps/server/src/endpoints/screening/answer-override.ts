import { answerOverride as declared } from '@guankou/contract/screening/decisions.ts'
import { implement } from '#src/endpoint.ts'
import { answerOverride } from '#src/use-cases/screening/answer-override.ts'

export const screeningAnswerOverride = implement(declared, ({ context, actor, body }) =>
  answerOverride(context, actor, body),
)
