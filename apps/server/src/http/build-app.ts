import { randomUUID } from 'node:crypto'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import { isConnectionLost } from '@guankou/db/database.ts'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  LogController,
} from 'fastify'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { implemented } from '#src/endpoints/all.ts'
import { codeOfFrameworkError, sendRefusal } from '#src/http/answers.ts'
import { answerBrokenRequest } from '#src/http/broken-requests.ts'
import { registerDrillMarks } from '#src/http/drill-marks.ts'
import { type EdgeSettings, usualConnectionLimits } from '#src/http/edge.ts'
import { registerFronts } from '#src/http/fronts.ts'
import { registerOpenApi } from '#src/http/openapi.ts'
import { createRateLimiter, usualRates } from '#src/http/rate-limits.ts'
import { registerEndpoint } from '#src/http/register-endpoint.ts'
import { registerSecurityHeaders } from '#src/http/security-headers.ts'
import { registerSecurityTxt } from '#src/http/security-txt.ts'
import { compileSerializer } from '#src/http/serialization.ts'
import { createLookShedder, createShedder } from '#src/http/shed-load.ts'
import { compileValidator, InputError } from '#src/http/validation.ts'
import { KeyServiceUnavailableError } from '#src/identity/key-service.ts'
import { ScannerUnavailableError } from '#src/scanning/upload-scanner.ts'

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null
  }
}

const registerErrors = (app: FastifyInstance, context: ServerContext): void => {
  app.setErrorHandler((error: Error & { code?: string; statusCode?: number }, request, reply) => {
    const input = error instanceof InputError ? error : undefined
    if (input !== undefined) return sendRefusal(reply, input.refusal, { detail: input.detail })
    const code = codeOfFrameworkError(error)
    if (code !== undefined) return sendRefusal(reply, { code })
    if (isConnectionLost(error)) return sendRefusal(reply, { code: 'DATABASE_UNAVAILABLE' })
    if (error instanceof KeyServiceUnavailableError) {
      context.log.warn({ err: error }, 'no identity could be read')
      return sendRefusal(reply, { code: 'KEY_SERVICE_UNAVAILABLE' })
    }
    if (error instanceof ScannerUnavailableError) {
      context.log.warn({ err: error }, 'a file was not taken')
      return sendRefusal(reply, { code: 'SCANNER_UNAVAILABLE' })
    }
    context.log.error(
      { err: error, correlationId: request.id, route: request.routeOptions.url },
      'request failed',
    )
    return sendRefusal(reply, { code: 'INTERNAL' }, { correlationId: request.id })
  })
  const methodsByPath = Map.groupBy(implemented, ({ declaration }) => declaration.path as string)
  app.setNotFoundHandler((request, reply) => {
    const known = methodsByPath.has(request.url.split('?')[0] ?? '')
    return sendRefusal(reply, { code: known ? 'METHOD_NOT_ALLOWED' : 'NO_SUCH_ENDPOINT' })
  })
}

/** Requests that no endpoint takes may bring this much before they are told so. */
const usualBodyBytes = 16_384

/** The framework with the limits of a connection (RFC 9110 §17 leaves them to the server). */
const openFramework = (context: ServerContext, edge: EdgeSettings): FastifyInstance => {
  const limits = { ...usualConnectionLimits, ...edge.connection }
  const app: FastifyInstance = fastify({
    loggerInstance: context.log as FastifyBaseLogger,
    // One line a request would cost more than most requests do; what fails is logged by the error handler.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: edge.trustProxy ?? false,
    routerOptions: { ignoreTrailingSlash: false },
    forceCloseConnections: true,
    bodyLimit: usualBodyBytes,
    connectionTimeout: limits.idleMs,
    requestTimeout: limits.requestMs,
    http: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      connectionsCheckingInterval: Math.min(5_000, limits.headersMs),
    },
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, _, reply) => {
      void sendRefusal(reply as FastifyReply, { code: codeOfFrameworkError(error) ?? 'MALFORMED_REQUEST' })
    },
  })
  app.server.maxConnections = limits.connections
  return app
}

/** The whole HTTP side: security headers, sessions, every endpoint of the contract, the document and the fronts. */
export const buildApp = async (context: ServerContext, edge: EdgeSettings = {}): Promise<FastifyInstance> => {
  const app = openFramework(context, edge)
  app.removeContentTypeParser('text/plain')
  app.setValidatorCompiler(compileValidator)
  app.setSerializerCompiler(compileSerializer)
  app.decorateRequest('actor', null)
  registerErrors(app, context)
  await registerSecurityHeaders(app, context.drill)
  await app.register(cookie)
  await app.register(compress, { global: true, encodings: ['br', 'gzip'], threshold: 2_048 })
  await registerOpenApi(app, context.drill)
  if (context.drill !== null) registerDrillMarks(app, context.drill)
  await registerFronts(app)
  registerSecurityTxt(app, edge.securityContact, context.now)
  const limiter = createRateLimiter(edge.rates ?? usualRates, context.now)
  const elapsedMs = (): number => performance.now()
  const gate = {
    context,
    limiter,
    shedder: createShedder(elapsedMs),
    looks: createLookShedder(elapsedMs),
  }
  for (const endpoint of implemented) registerEndpoint(app, gate, endpoint)
  return app
}
