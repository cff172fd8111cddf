import type { EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import type { Refusal } from '@guankou/contract/errors.ts'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { networkOf, type RateGroup, type RateLimiter } from '#src/http/rate-limits.ts'
import { authenticate } from '#src/http/sessions.ts'
import type { Shedder } from '#src/http/shed-load.ts'
import { requireCompleteSignIn } from '#src/use-cases/access/recent-factor.ts'

/** What every call passes: the server behind, and the count of calls. */
export type Gate = {
  readonly context: ServerContext
  readonly limiter: RateLimiter
  readonly shedder: Shedder
  /** For phones that look for their pack. */
  readonly looks: Shedder
}

export type Admission =
  | { readonly is: 'admitted'; readonly actor: Actor | null }
  | { readonly is: 'refused'; readonly refusal: Refusal; readonly actor: Actor | undefined }

const refused = (refusal: Refusal, actor?: Actor): Admission => ({ is: 'refused', refusal, actor })

/**
 * Whether a call may bring its body: not too many came from there, it is known who calls, and the role may make it. Calls are
 * counted by session; where there is none, by address.
 */
export const admitCall = async (
  { context, limiter }: Gate,
  declaration: EndpointDeclaration,
  request: FastifyRequest,
): Promise<Admission> => {
  const { access, limits } = declaration
  const network = networkOf(request.ip)
  const tooMany = (group: RateGroup, caller: string): Refusal | undefined => {
    const retryAfterSeconds = limiter.take(group, caller)
    return retryAfterSeconds === undefined ? undefined : { code: 'TOO_MANY_REQUESTS', retryAfterSeconds }
  }
  const early = access.roles === 'anyone' ? tooMany(limits.group, network) : undefined
  if (early !== undefined) return refused(early)
  const found = await authenticate(context, request, declaration)
  if (found.is === 'refused') return refused(tooMany('stranger', network) ?? found.refusal, found.actor)
  const actor = found.is === 'actor' ? found.actor : null
  if (access.roles === 'anyone') return { is: 'admitted', actor }
  if (actor === null) return refused(tooMany('stranger', network) ?? { code: 'NOT_SIGNED_IN' })
  const late = tooMany(limits.group, actor.sessionId)
  if (late !== undefined) return refused(late, actor)
  if (!access.roles.includes(actor.role)) return refused({ code: 'ROLE_NOT_ALLOWED' }, actor)
  const unfinished = requireCompleteSignIn(declaration, actor)
  return unfinished === undefined ? { is: 'admitted', actor } : refused(unfinished, actor)
}
