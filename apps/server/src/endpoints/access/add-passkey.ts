import { addPasskey as declaration } from '@guankou/contract/access/passkeys.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { addPasskey } from '#src/use-cases/access/passkeys.ts'

export const accessAddPasskey = implement(declaration, async ({ context, actor, body, client }) => {
  const result = await addPasskey(context, actor, body, client)
  if (!result.ok) return result
  const { passkey, session } = result.value
  return { ...done(passkey), ...(session && { session }) }
})
