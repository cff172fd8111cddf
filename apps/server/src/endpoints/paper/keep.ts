import { keepPaperForm as declared } from '@guankou/contract/paper/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { keepForm } from '#src/use-cases/paper/keep-form.ts'

export const paperKeep = implement(declared, ({ context, actor, body }) => keepForm(context, actor, body))
