import { listPaperForms as declared } from '@guankou/contract/paper/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { listForms } from '#src/use-cases/paper/list-forms.ts'

export const paperForms = implement(declared, ({ context, actor, query }) => listForms(context, actor, query))
