import { answerRequest } from '@guankou/contract/subject-access/desk-endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { answer } from '#src/use-cases/subject-access/answer-request.ts'

export const subjectAccessAnswer = implement(answerRequest, ({ context, actor, body }) =>
  answer(context, actor, body),
)
