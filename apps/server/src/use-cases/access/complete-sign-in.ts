import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { proveFactorIn } from '@guankou/db/queries/access/sessions.ts'
import type { Actor } from '#src/actor.ts'
import { type SignedIn, validForMs, viewOf } from '#src/use-cases/access/open-session.ts'
import { newToken, tokenDigest } from '#src/use-cases/access/tokens.ts'

/**
 * Notes in a session that a factor was proved just now. One that lacked something lacks nothing any more and goes on
 * under a new token, because more may be done with it.
 * @returns the session under its new token; undefined where the old one stays
 */
export const completeSignIn = async (
  tx: AreaTransaction,
  actor: Actor,
  nowMs: number,
): Promise<SignedIn | undefined> => {
  const token = actor.lacks === null ? undefined : newToken()
  const expiresAtMs =
    token === undefined ? actor.sessionExpiresAtMs : nowMs + validForMs(null, actor.deviceId)
  await proveFactorIn(tx, actor.sessionId, {
    now: new Date(nowMs),
    expiresAt: new Date(expiresAtMs),
    tokenDigest: token === undefined ? actor.sessionDigest : tokenDigest(token),
  })
  if (token === undefined) return undefined
  return { token, expiresAtMs, view: viewOf({ ...actor, lacks: null }, expiresAtMs) }
}
