import { confirmTotp as declaration } from '@guankou/contract/access/own-account.ts'
import { implement } from '#src/endpoint.ts'
import { done } from '#src/result.ts'
import { confirmTotp } from '#src/use-cases/access/totp.ts'

export const accessConfirmTotp = implement(declaration, async ({ context, actor, body, client }) => {
  const result = await confirmTotp(context, actor, body.code, client)
  if (!result.ok) return result
  const { backupCodes, session } = result.value
  return { ...done({ backupCodes }), ...(session && { session }) }
})
