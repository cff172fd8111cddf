import type { Refusal } from '@guankou/contract/errors.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import type { Implemented } from '#src/endpoint.ts'
import { sendRefusal } from '#src/http/answers.ts'
import { describeOperation } from '#src/http/openapi.ts'
import { sendEvents } from '#src/http/server-sent-events.ts'
import { authenticate, forgetSession, setSessionCookie } from '#src/http/sessions.ts'
import { authorise } from '#src/use-cases/access/authorise.ts'

const signInsPerMinute = 30

const headerText = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value

/** The one path of a call: authenticate, authorise, handle, answer; what is refused is audited. */
const callPath = (context: ServerContext, { declaration, handle, stream }: Implemented) => {
  const refuse = (reply: FastifyReply, refusal: Refusal, actor: Actor | undefined): FastifyReply => {
    context.access.denials.note({
      jurisdiction: actor?.areaCode ?? context.reference.current().installation?.cityCode ?? 0,
      accountId: actor?.accountId ?? null,
      deviceId: actor?.deviceId ?? null,
      action: declaration.audit.action,
      code: refusal.code,
    })
    return sendRefusal(reply, refusal)
  }
  const callOf = (request: FastifyRequest) => ({
    context,
    actor: request.actor ?? undefined,
    query: request.query,
    body: request.body,
    headers: {
      ifNoneMatch: headerText(request.headers['if-none-match']),
      lastEventId: headerText(request.headers['last-event-id']),
    },
  })
  return {
    /** Before the body is read: nobody makes us parse what they may not send. */
    onRequest: async (request: FastifyRequest, reply: FastifyReply) => {
      const found = await authenticate(context, request, declaration)
      if (found.is === 'refused') return refuse(reply, found.refusal, found.actor)
      request.actor = found.is === 'actor' ? found.actor : null
      const { roles } = declaration.access
      if (roles === 'anyone') return
      if (request.actor === null) return refuse(reply, { code: 'NOT_SIGNED_IN' }, undefined)
      if (!roles.includes(request.actor.role))
        return refuse(reply, { code: 'ROLE_NOT_ALLOWED' }, request.actor)
    },
    preHandler: async (request: FastifyRequest, reply: FastifyReply) => {
      const actor = request.actor ?? undefined
      const refusal = authorise(declaration, actor, request.query, context.reference.current())
      if (refusal !== undefined) return refuse(reply, refusal, actor)
    },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const call = callOf(request)
      if (stream !== undefined) return sendEvents(reply, (send) => stream(call, send))
      if (handle === undefined) throw new Error(`${declaration.id} has no handler`)
      const result = await handle(call)
      if (!result.ok) return refuse(reply, result.refusal, call.actor)
      if (result.session !== undefined) setSessionCookie(request, reply, result.session)
      if (result.session === 'ended') forgetSession(context, request)
      if (result.etag !== undefined) {
        reply.header('etag', `"${result.etag}"`).header('cache-control', 'private, no-cache')
        if (call.headers.ifNoneMatch === `"${result.etag}"`) return reply.code(304).send()
      }
      return reply.code(declaration.successStatus ?? 200).send(result.value)
    },
  }
}

/** Registers one endpoint of the contract with the framework. */
export const registerEndpoint = (
  app: FastifyInstance,
  context: ServerContext,
  endpoint: Implemented,
): void => {
  const { declaration } = endpoint
  app.route({
    method: declaration.method,
    url: declaration.path,
    ...(declaration.limits.bodyBytes > 0 ? { bodyLimit: declaration.limits.bodyBytes } : {}),
    ...(declaration.limits.group === 'sign-in'
      ? { config: { rateLimit: { max: signInsPerMinute, timeWindow: '1 minute' } } }
      : {}),
    schema: describeOperation(declaration),
    ...callPath(context, endpoint),
  })
}
