import { proveFactor as declaration } from '@guankou/contract/access/sign-in.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { proveFactor } from '#src/use-cases/access/prove-factor.ts'

export const accessProveFactor = implement(declaration, async ({ context, actor, body, client }) => {
  const result = await proveFactor(context, actor, body.proof, client)
  if (!result.ok) return result
  const { view, session } = result.value
  return { ...done(view), ...(session && { session }) }
})
