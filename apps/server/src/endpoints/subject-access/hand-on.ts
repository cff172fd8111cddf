import { handOnRequest } from '@guankou/contract/subject-access/desk-endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { handOn } from '#src/use-cases/subject-access/work-on-request.ts'

export const subjectAccessHandOn = implement(handOnRequest, ({ context, actor, body }) =>
  handOn(context, actor, body),
)
