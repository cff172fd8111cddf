import { takeBackPaperForm as declared } from '@guankou/contract/paper/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { takeBackForm } from '#src/use-cases/paper/take-back-form.ts'

export const paperTakeBack = implement(declared, ({ context, actor, body }) =>
  takeBackForm(context, actor, body),
)
