import { askRequest } from '@guankou/contract/subject-access/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { ask } from '#src/use-cases/subject-access/ask-request.ts'

export const subjectAccessAsk = implement(askRequest, ({ context, body }) => ask(context, body))
