import { readOwnPage } from '@guankou/contract/subject-access/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readPage } from '#src/use-cases/subject-access/read-page.ts'

export const subjectAccessPage = implement(readOwnPage, ({ context, body }) => readPage(context, body.pass))
