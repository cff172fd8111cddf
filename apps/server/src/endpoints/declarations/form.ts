import { declarationForm } from '@guankou/contract/declarations/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { readDeclarationForm } from '#src/use-cases/declarations/declaration-form.ts'

export const declarationsForm = implement(declarationForm, async ({ context }) =>
  done(readDeclarationForm(context)),
)
