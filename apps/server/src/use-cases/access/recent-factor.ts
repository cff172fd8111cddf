import type { EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import type { Refusal } from '@guankou/contract/errors.ts'
import type { Actor } from '#src/actor.ts'

/**
 * Whether somebody proved a factor lately enough for a sensitive act: signing in counts, and so does entering a
 * password, a code or a passkey again. An endpoint that is sensitive as a whole declares `access.recentFactor` instead
 * and needs no call; this is for acts that are sensitive only for some input.
 * @param nowMs  Unix time in milliseconds, `context.now()`
 * @returns the refusal `RECENT_FACTOR_NEEDED`, which fronts answer by asking for a factor and sending again
 */
export const requireRecentFactor = (
  actor: Pick<Actor, 'provedUntilMs'>,
  nowMs: number,
): Refusal | undefined => (nowMs < actor.provedUntilMs ? undefined : { code: 'RECENT_FACTOR_NEEDED' })

/** What a session has to do first before it may make this call, or what its key was not given. */
export const requireCompleteSignIn = (
  { id, access }: EndpointDeclaration,
  { lacks, scopes }: Pick<Actor, 'lacks' | 'scopes'>,
): Refusal | undefined => {
  if (scopes !== null && !scopes.includes(id)) return { code: 'SCOPE_NOT_ALLOWED' }
  if (lacks === null || access.despite?.includes(lacks)) return undefined
  return { code: lacks === 'second-factor' ? 'SECOND_FACTOR_NEEDED' : 'SECOND_FACTOR_NOT_SET_UP' }
}
