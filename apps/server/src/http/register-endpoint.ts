import { Readable } from 'node:stream'
import type { EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import type { Refusal } from '@guankou/contract/errors.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import type { Extras, Implemented } from '#src/endpoint.ts'
import { admitCall, type Gate } from '#src/http/admit-call.ts'
import { sendRefusal } from '#src/http/answers.ts'
import { codeOfFailure } from '#src/http/failure-code.ts'
import { describeOperation } from '#src/http/openapi.ts'
import { createStreamCount } from '#src/http/rate-limits.ts'
import { sendEvents } from '#src/http/server-sent-events.ts'
import { authenticate, forgetSession, frontOf, setSessionCookie } from '#src/http/sessions.ts'
import type { Shedder } from '#src/http/shed-load.ts'
import { authorise } from '#src/use-cases/access/authorise.ts'
import { requireRecentFactor } from '#src/use-cases/access/recent-factor.ts'

const mostOfAgent = 200

/** Versions the caller says it holds (RFC 9110 §13.1.2), without quotes and weakness marks. */
const heldVersions = (request: FastifyRequest): readonly string[] =>
  (headerText(request.headers['if-none-match']) ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^(?:W\/)?"(.*)"$/, '$1'))

const headerText = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value

type Refuse = (
  reply: FastifyReply,
  refusal: Refusal,
  actor: Actor | undefined,
  more?: Pick<Extras, 'redirectTo' | 'subject'>,
) => FastifyReply

/** Audits a call that was refused or failed. */
const noteRefusal = (
  context: ServerContext,
  { audit }: EndpointDeclaration,
  actor: Actor | undefined,
  { code, subject }: { readonly code: Refusal['code']; readonly subject?: string | undefined },
): void =>
  context.access.denials.note({
    jurisdiction: actor?.areaCode ?? context.reference.current().installation?.cityCode ?? 0,
    accountId: actor?.accountId ?? null,
    deviceId: actor?.deviceId ?? null,
    action: audit.action,
    ...(subject === undefined ? {} : { subject }),
    code,
  })

/** Answers a refusal and audits it. */
const refuser =
  (context: ServerContext, declaration: EndpointDeclaration): Refuse =>
  (reply, refusal, actor, { redirectTo, subject } = {}) => {
    noteRefusal(context, declaration, actor, { code: refusal.code, subject })
    return redirectTo === undefined ? sendRefusal(reply, refusal) : sendOn(reply, redirectTo)
  }

const callOf = (context: ServerContext, request: FastifyRequest): Parameters<Handle>[0] => ({
  context,
  actor: request.actor ?? undefined,
  query: request.query,
  body: request.body,
  headers: { lastEventId: headerText(request.headers['last-event-id']), cookie: request.headers.cookie },
  client: {
    address: request.ip,
    front: frontOf(request) ?? null,
    agent: headerText(request.headers['user-agent'])?.slice(0, mostOfAgent) ?? null,
    origin: `${request.protocol}://${request.host}`,
  },
})

type Handle = NonNullable<Implemented['handle']>

/** Sends a browser on; nothing on the way may keep the address, which can hold what is good once. */
const sendOn = (reply: FastifyReply, address: string): FastifyReply =>
  reply.header('cache-control', 'no-store').redirect(address, 302)

/** Sends a file to be saved, as fast as it is taken; nothing on the way may keep it. */
const sendFile = (
  reply: FastifyReply,
  { contentType, name, content }: NonNullable<Extras['file']>,
): FastifyReply =>
  reply
    .type(contentType)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
    .send(Readable.from(content))

/** Sends what was compressed beforehand, in the best encoding that the caller takes. */
const sendReady = (
  request: FastifyRequest,
  reply: FastifyReply,
  { contentType, ...encodings }: NonNullable<Extras['ready']>,
): FastifyReply => {
  const accepted = headerText(request.headers['accept-encoding']) ?? ''
  const encoding = (['br', 'gzip'] as const).find((name) => new RegExp(`\\b${name}\\b`).test(accepted))
  if (encoding !== undefined) reply.header('content-encoding', encoding)
  return reply
    .type(contentType)
    .header('vary', 'accept-encoding')
    .header('cache-control', 'public, max-age=31536000, immutable')
    .send(encodings[encoding ?? 'plain'])
}

/** Answers what a handler came to: session, version and body. */
const answer = (
  context: ServerContext,
  declaration: EndpointDeclaration,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  result: Extract<Awaited<ReturnType<Handle>>, { ok: true }>,
): FastifyReply => {
  if (result.session !== undefined) setSessionCookie(request, reply, result.session)
  if (result.session === 'ended') forgetSession(context, request)
  for (const cookie of result.cookies ?? []) reply.header('set-cookie', cookie)
  if (result.redirectTo !== undefined) return sendOn(reply, result.redirectTo)
  if (result.file !== undefined) return sendFile(reply, result.file)
  if (result.ready !== undefined) return sendReady(request, reply, result.ready)
  if (result.etag !== undefined) {
    reply.header('etag', `"${result.etag}"`).header('cache-control', 'private, no-cache')
    if (heldVersions(request).includes(result.etag)) return reply.code(304).send()
  }
  return reply.code(declaration.successStatus ?? 200).send(result.value)
}

/** Whether who opened a stream could open it now: signed in, with the role, in the area. */
const mayStillCall = async (
  context: ServerContext,
  declaration: EndpointDeclaration,
  request: FastifyRequest,
): Promise<boolean> => {
  const found = await authenticate(context, request, declaration)
  if (found.is !== 'actor' || declaration.access.roles === 'anyone') return found.is === 'nobody'
  if (!declaration.access.roles.includes(found.actor.role)) return false
  return authorise(declaration, found.actor, request, context.reference.current()) === undefined
}

/**
 * Which line a call stands in: what phones bring after an outage, and the look for a pack that comes before its content; everything else
 * is little and bounded by its rate, or is asked for by whoever was let in already.
 */
const lineOf = (
  { shedder, looks }: Gate,
  { method, limits, access }: EndpointDeclaration,
): Shedder | undefined => {
  if (limits.group !== 'sync') return undefined
  if (method === 'POST') return shedder
  return access.roles === 'anyone' ? undefined : looks
}

/** Lets a call in until it is answered. @returns seconds to wait where there is no room for it */
const letIn = (shedder: Shedder, request: FastifyRequest, reply: FastifyReply): number | undefined => {
  const bytes = Number(headerText(request.headers['content-length']) ?? Number.NaN)
  const entered = shedder.enter(Number.isFinite(bytes) ? bytes : undefined)
  if ('waitSeconds' in entered) return entered.waitSeconds
  reply.raw.once('close', entered.leave)
  return undefined
}

/** The one path of a call: authenticate, authorise, handle, answer; what is refused is audited. */
const callPath = (gate: Gate, { declaration, handle, stream }: Implemented) => {
  const { context } = gate
  const refuse = refuser(context, declaration)
  const line = lineOf(gate, declaration)
  const streams = createStreamCount()
  return {
    /** Before the body is read: nobody makes us parse what they may not send. */
    onRequest: async (request: FastifyRequest, reply: FastifyReply) => {
      const waitSeconds = line === undefined ? undefined : letIn(line, request, reply)
      if (waitSeconds !== undefined)
        return refuse(reply, { code: 'BUSY', retryAfterSeconds: waitSeconds }, undefined)
      const admission = await admitCall(gate, declaration, request)
      if (admission.is === 'refused') return refuse(reply, admission.refusal, admission.actor)
      request.actor = admission.actor
    },
    preHandler: async (request: FastifyRequest, reply: FastifyReply) => {
      const actor = request.actor ?? undefined
      const refusal = authorise(declaration, actor, request, context.reference.current())
      if (refusal !== undefined) return refuse(reply, refusal, actor)
      if (actor === undefined || declaration.access.recentFactor !== true) return
      const stale = requireRecentFactor(actor, context.now())
      if (stale !== undefined) return refuse(reply, stale, actor)
    },
    /** What was malformed, too large, too frequent, or met a bug of ours; the error handler answers it. */
    onError: async (request: FastifyRequest, _reply: FastifyReply, error: Error) =>
      noteRefusal(context, declaration, request.actor ?? undefined, { code: codeOfFailure(error) }),
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const call = callOf(context, request)
      if (stream !== undefined) {
        const session = call.actor?.sessionId ?? call.client.address
        if (streams.isFull(session)) return refuse(reply, { code: 'TOO_MANY_REQUESTS' }, call.actor)
        reply.raw.once('close', streams.add(session))
        return sendEvents(reply, {
          open: (send) => stream(call, send),
          mayGoOn: () => mayStillCall(context, declaration, request),
        })
      }
      if (handle === undefined) throw new Error(`${declaration.id} has no handler`)
      const result = await handle(call)
      if (!result.ok) return refuse(reply, result.refusal, call.actor, result)
      return answer(context, declaration, { request, reply }, result)
    },
  }
}

const isHot = ({ limits }: EndpointDeclaration): boolean =>
  limits.group === 'write' || limits.group === 'sync'

/** Registers one endpoint of the contract with the framework. */
export const registerEndpoint = (app: FastifyInstance, gate: Gate, endpoint: Implemented): void => {
  const { declaration } = endpoint
  app.route({
    method: declaration.method,
    url: declaration.path,
    ...(declaration.limits.bodyBytes > 0 ? { bodyLimit: declaration.limits.bodyBytes } : {}),
    // Answers to writes are short JSON for programs: nothing to compress, and no page to protect.
    ...(isHot(declaration) ? { compress: false, helmet: false } : {}),
    // Answering HEAD would open a stream that nobody reads.
    exposeHeadRoute: endpoint.stream === undefined,
    schema: describeOperation(declaration),
    ...callPath(gate, endpoint),
  })
}
