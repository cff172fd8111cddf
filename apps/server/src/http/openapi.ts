import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { Access, EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import { type ErrorCode, errors } from '@guankou/contract/errors.ts'
import type { FastifyInstance, FastifySchema } from 'fastify'
import Type from 'typebox'
import type { Drill } from '#src/drill/drill-clock.ts'
import { markPage } from '#src/http/drill-marks.ts'
import { version } from '#src/version.ts'

const ErrorSchema = Type.Object(
  {
    code: Type.String({ description: 'stable; branch on this' }),
    retry: Type.Unsafe<string>({ type: 'string', enum: ['never', 'later', 'after-sign-in'] }),
    text: Type.Object({ zh: Type.String(), en: Type.String() }),
    path: Type.Optional(Type.String({ description: 'JSON Pointer (RFC 6901) into the input' })),
    detail: Type.Optional(Type.String()),
    retryAfterSeconds: Type.Optional(Type.Integer({ minimum: 1 })),
    correlationId: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)

/** Refusals of a session that is not complete, of a proof that is too old, and of a key without the scope. */
const codesOfSignIn = ({ roles, despite = [], recentFactor }: Access): readonly ErrorCode[] => {
  if (roles === 'anyone') return []
  return [
    ...(despite.includes('second-factor') ? [] : (['SECOND_FACTOR_NEEDED'] as const)),
    ...(despite.includes('second-factor-set-up') ? [] : (['SECOND_FACTOR_NOT_SET_UP'] as const)),
    ...(roles.includes('service-account') ? (['SCOPE_NOT_ALLOWED'] as const) : []),
    ...(recentFactor === true ? (['RECENT_FACTOR_NEEDED'] as const) : []),
  ]
}

/** Whether a request says of which area it is, so that it can name one outside. */
const areaIsNamed = ({ access }: EndpointDeclaration): boolean => /^(?:query|body)\./.test(access.area)

/** Refusals that any endpoint may answer, besides those it names. */
const everywhere = (declaration: EndpointDeclaration): readonly ErrorCode[] => [
  ...(declaration.access.roles === 'anyone' ? [] : (['NOT_SIGNED_IN', 'ROLE_NOT_ALLOWED'] as const)),
  ...codesOfSignIn(declaration.access),
  ...(areaIsNamed(declaration) ? (['OUTSIDE_AREA'] as const) : []),
  ...(declaration.body === undefined
    ? []
    : (['INVALID_JSON', 'ORIGIN_NOT_ALLOWED', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'BUSY'] as const)),
  ...(declaration.body === undefined && declaration.query === undefined ? [] : (['INVALID_INPUT'] as const)),
  'TOO_MANY_REQUESTS',
  'DATABASE_UNAVAILABLE',
  'INTERNAL',
]

/** Every code an endpoint may answer. */
export const codesOf = (declaration: EndpointDeclaration): readonly ErrorCode[] => [
  ...new Set([...everywhere(declaration), ...declaration.errors]),
]

const errorResponses = (declaration: EndpointDeclaration): Record<string, object> => {
  const byStatus = Map.groupBy(codesOf(declaration), (code) => errors[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      { description: codes.join(', '), content: { 'application/json': { schema: ErrorSchema } } },
    ]),
  )
}

const successResponse = (declaration: EndpointDeclaration): Record<string, object> => {
  if (declaration.redirects === true) return { 302: { type: 'null', description: 'Sends the browser on' } }
  return declaration.stream === 'sse'
    ? { 200: { description: 'Events', content: { 'text/event-stream': { schema: declaration.output } } } }
    : declaration.stream === 'file'
      ? {
          200: {
            description: 'A file',
            content: { 'application/octet-stream': { schema: Type.String({ format: 'binary' }) } },
          },
        }
      : {
          [declaration.successStatus ?? 200]: {
            description: 'Done',
            content: { 'application/json': { schema: declaration.output } },
          },
        }
}

const accessText = ({ access }: EndpointDeclaration): string => {
  const who = access.roles === 'anyone' ? 'anyone' : access.roles.join(', ')
  return `\n\n**Access** ${who} · area: ${access.area} · purpose: ${access.purpose}`
}

/** The schema of a route, from which validation, serialisation and the OpenAPI document come. */
export const describeOperation = (declaration: EndpointDeclaration): FastifySchema => ({
  operationId: declaration.id,
  summary: declaration.summary,
  description: declaration.description + accessText(declaration),
  tags: [declaration.id.split('.')[0] ?? 'other'],
  ...(declaration.query === undefined ? {} : { querystring: declaration.query }),
  ...(declaration.body === undefined ? {} : { body: declaration.body }),
  ...(declaration.access.roles === 'anyone' ? {} : { security: [{ session: [] }, { bearer: [] }] }),
  response: { ...successResponse(declaration), ...errorResponses(declaration) },
})

/** Serves the OpenAPI 3.1 document at `/api/openapi.json` and a readable page at `/api/docs`. */
export const registerOpenApi = async (app: FastifyInstance, drill: Drill | null): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Guankou 关口',
        version,
        description: 'Every endpoint of Guankou, generated from the contract that server and clients share.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'guankou_console' },
          bearer: { type: 'http', scheme: 'bearer' },
        },
      },
    },
  })
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger())
  await app.register(async (page) => {
    if (drill !== null)
      page.addHook('onSend', async (_, reply, payload) =>
        typeof payload === 'string' && String(reply.getHeader('content-type')).startsWith('text/html')
          ? markPage(payload, drill)
          : payload,
      )
    await page.register(swaggerUi, {
      routePrefix: '/api/docs',
      theme: { title: 'Guankou 关口' },
      uiConfig: {
        // Without its bar, which would open documents of other hosts.
        layout: 'BaseLayout',
        // Nothing is sent from the page: it would be sent as whoever is signed in.
        supportedSubmitMethods: [],
        validatorUrl: null,
        deepLinking: true,
        docExpansion: 'list',
        defaultModelsExpandDepth: -1,
        filter: true,
      },
    })
  })
}
