import { recordPaperForms as declared } from '@guankou/contract/paper/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { recordForms } from '#src/use-cases/paper/record-forms.ts'

export const paperRecord = implement(declared, ({ context, actor, body }) =>
  recordForms(context, actor, body),
)
