import { randomUUID } from 'node:crypto'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import { isConnectionLost } from '@guankou/db/database.ts'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import type { Drill } from '#src/drill/drill-clock.ts'
import { implemented } from '#src/endpoints/all.ts'
import { codeOfFrameworkError, sendRefusal } from '#src/http/answers.ts'
import { drillSources, registerDrillMarks } from '#src/http/drill-marks.ts'
import { registerFronts } from '#src/http/fronts.ts'
import { registerOpenApi } from '#src/http/openapi.ts'
import { registerEndpoint } from '#src/http/register-endpoint.ts'
import { compileValidator, InputError } from '#src/http/validation.ts'
import { KeyServiceUnavailableError } from '#src/identity/key-service.ts'

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null
  }
}

const registerSecurity = async (app: FastifyInstance, drill: Drill | null): Promise<void> => {
  const marks = drill === null ? undefined : drillSources(drill)
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", ...(marks === undefined ? [] : [marks.script])],
        styleSrc: ["'self'", ...(marks === undefined ? [] : [marks.style])],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: false,
  })
  await app.register(cookie)
  await app.register(rateLimit, { global: false })
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

/** The whole HTTP side: security headers, sessions, every endpoint of the contract, the document and the fronts. */
export const buildApp = async (
  context: ServerContext,
  options: { readonly trustProxy?: boolean } = {},
): Promise<FastifyInstance> => {
  const app: FastifyInstance = fastify({
    loggerInstance: context.log as FastifyBaseLogger,
    // One line a request would cost more than most requests do; what fails is logged by the error handler.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: options.trustProxy ?? false,
    routerOptions: { ignoreTrailingSlash: false },
    forceCloseConnections: true,
  })
  app.removeContentTypeParser('text/plain')
  app.setValidatorCompiler(compileValidator)
  app.decorateRequest('actor', null)
  registerErrors(app, context)
  await registerSecurity(app, context.drill)
  await app.register(compress, { global: true, encodings: ['br', 'gzip'], threshold: 2_048 })
  await registerOpenApi(app)
  if (context.drill !== null) registerDrillMarks(app, context.drill)
  await registerFronts(app)
  for (const endpoint of implemented) registerEndpoint(app, context, endpoint)
  return app
}
