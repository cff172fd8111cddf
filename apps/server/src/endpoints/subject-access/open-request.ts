import { openRequest } from '@guankou/contract/subject-access/desk-endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { openRequestFile } from '#src/use-cases/subject-access/work-on-request.ts'

export const subjectAccessOpenRequest = implement(openRequest, ({ context, actor, body }) =>
  openRequestFile(context, actor, body.id),
)
