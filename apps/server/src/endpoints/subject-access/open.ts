import { openOwnPage } from '@guankou/contract/subject-access/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { openPage } from '#src/use-cases/subject-access/open-page.ts'

export const subjectAccessOpen = implement(openOwnPage, ({ context, body, client }) =>
  openPage(context, body, client),
)
