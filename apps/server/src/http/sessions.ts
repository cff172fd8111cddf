import { type FrontName, frontHeader, frontNames } from '@guankou/contract/client.ts'
import type { EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import type { ErrorCode, Refusal } from '@guankou/contract/errors.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { refusalOfDevice } from '#src/use-cases/devices/device-cache.ts'

const isFront = (name: unknown): name is FrontName => (frontNames as readonly unknown[]).includes(name)

/** Which front calls; an EventSource cannot send the header, and only the console opens one. */
export const frontOf = (request: FastifyRequest): FrontName | undefined => {
  const name = request.headers[frontHeader]
  if (name === undefined) return request.method === 'GET' ? 'console' : undefined
  return isFront(name) ? name : undefined
}

/**
 * Behind TLS with the prefix under which browsers take the cookie from this host alone, not from a subdomain or a page in
 * clear (RFC 6265bis §4.1.3.2).
 */
const cookieName = (request: FastifyRequest, front: FrontName): string =>
  `${request.protocol === 'https' ? '__Host-' : ''}guankou_${front}`

const bearer = /^Bearer ([A-Za-z0-9_-]{16,128})$/

const tokenOf = (request: FastifyRequest): string | undefined => {
  const match = bearer.exec(request.headers.authorization ?? '')
  if (match !== null) return match[1]
  const front = frontOf(request)
  return front === undefined ? undefined : request.cookies[cookieName(request, front)]
}

/** Keeps the session where scripts cannot read it and other sites cannot send it. */
export const setSessionCookie = (
  request: FastifyRequest,
  reply: FastifyReply,
  session: { readonly token: string; readonly expiresAtMs: number } | 'ended',
): void => {
  const name = cookieName(request, frontOf(request) ?? 'console')
  const options = {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
  } as const
  if (session === 'ended') reply.clearCookie(name, options)
  else reply.setCookie(name, session.token, { ...options, expires: new Date(session.expiresAtMs) })
}

export type Authentication =
  | { readonly is: 'actor'; readonly actor: Actor }
  | { readonly is: 'nobody' }
  | { readonly is: 'refused'; readonly refusal: Refusal; readonly actor?: Actor }

/** Forgets a session that ends with this request. */
export const forgetSession = (context: ServerContext, request: FastifyRequest): void => {
  const token = tokenOf(request)
  if (token !== undefined) context.access.sessions.forget(token)
}

/** A revoked phone is told at any call whether it has to wipe itself. */
const revocationOf = async ({ devices }: ServerContext, { deviceId }: Actor): Promise<ErrorCode> => {
  const device = deviceId === null ? undefined : await devices.find(deviceId)
  return refusalOfDevice(device) ?? 'DEVICE_REVOKED'
}

/** Who calls. A POST that names no front and carries no bearer token may come from another site and is refused. */
export const authenticate = async (
  context: ServerContext,
  request: FastifyRequest,
  declaration: EndpointDeclaration,
): Promise<Authentication> => {
  if (
    request.method === 'POST' &&
    request.headers.authorization === undefined &&
    frontOf(request) === undefined
  )
    return { is: 'refused', refusal: { code: 'ORIGIN_NOT_ALLOWED' } }
  if (declaration.access.roles === 'anyone') return { is: 'nobody' }
  const token = tokenOf(request)
  if (token === undefined) return { is: 'nobody' }
  const lookup = await context.access.sessions.find(token)
  if (lookup.is === 'device-revoked')
    return {
      is: 'refused',
      refusal: { code: await revocationOf(context, lookup.actor) },
      actor: lookup.actor,
    }
  return lookup.is === 'signed-in' ? { is: 'actor', actor: lookup.actor } : { is: 'nobody' }
}
