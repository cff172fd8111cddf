import { createHash } from 'node:crypto'
import { type Declaration, declarationValidHours } from '@guankou/contract/declarations/declaration.ts'
import type { SignedDeclaration } from '@guankou/contract/declarations/endpoints.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { countSigned, wasUsed } from '@guankou/db/queries/declarations/declarations.ts'
import { refusalOfDeclaration } from '@guankou/domain/declarations/check-declaration.ts'
import {
  expiresAtMs,
  longestDeclarationText,
  textToSign,
  withSignature,
} from '@guankou/domain/declarations/signed-text.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { declarableResponses, declaringCity } from '#src/use-cases/declarations/declaration-form.ts'

/** All that is kept of a declaration once it was shown: its id is random and names nobody. */
export const digestOfDeclaration = (declarationId: string): Buffer =>
  createHash('sha256').update(`guankou declaration ${declarationId}`).digest()

const wholeMinutes = (ms: number): number => Math.floor(ms / 60_000) * 60_000

/**
 * Signs what somebody declares and forgets it. Nothing is judged; a declaration that was shown at a post is not signed
 * again, because what was confirmed there took its place.
 */
export const signDeclaration = async (
  context: ServerContext,
  declaration: Declaration,
): Promise<Result<SignedDeclaration>> => {
  const city = declaringCity(context)
  if (city === undefined) return refused('UNKNOWN_RESPONSE', '/responseId')
  const { today, code: cityCode } = city
  const response = declarableResponses(context, today).find(({ id }) => id === declaration.responseId)
  const { isKnownOrigin } = context.reference.current()
  const refusal = refusalOfDeclaration(declaration, { response, today, isKnownOrigin })
  if (refusal !== undefined) return { ok: false, refusal }
  const issuedAtMs = wholeMinutes(context.now())
  const issued = { declaration, cityCode, issuedAtMs, validHours: declarationValidHours }
  const text = textToSign(issued)
  const signed = withSignature(text, context.identity.declarations.sign(text))
  if (signed.length > longestDeclarationText) return refused('DECLARATION_TOO_LARGE')
  const isSpent = await inArea(context.db, cityCode, async (tx) => {
    if (await wasUsed(tx, digestOfDeclaration(declaration.id))) return true
    await countSigned(tx, { cityCode, day: today, people: declaration.people.length })
    const entry = {
      accountId: null,
      deviceId: null,
      action: 'declarations.sign',
      subject: null,
      outcome: 'recorded',
      detail: null,
    }
    await recordAudit(executeIn(tx), cityCode, [entry], context.now())
    return false
  })
  if (isSpent) return refused('DECLARATION_USED', '/id')
  return done({
    text: signed,
    issuedAt: new Date(issuedAtMs).toISOString(),
    expiresAt: new Date(expiresAtMs(issued)).toISOString(),
  })
}
