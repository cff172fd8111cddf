import { closeOwnPage } from '@guankou/contract/subject-access/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { closeSubjectSession } from '#src/use-cases/subject-access/subject-session.ts'

export const subjectAccessClose = implement(closeOwnPage, async ({ context, body }) =>
  done({ closed: await closeSubjectSession(context, body.pass) }),
)
