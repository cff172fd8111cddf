import { openDeskPage } from '@guankou/contract/subject-access/desk-endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { openAtDesk } from '#src/use-cases/subject-access/open-desk-page.ts'

export const subjectAccessDeskPage = implement(openDeskPage, ({ context, actor, body }) =>
  openAtDesk(context, actor, body),
)
