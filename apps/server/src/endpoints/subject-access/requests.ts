import { listRequests } from '@guankou/contract/subject-access/desk-endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readInbox } from '#src/use-cases/subject-access/work-on-request.ts'

export const subjectAccessRequests = implement(listRequests, ({ context, actor }) =>
  readInbox(context, actor),
)
