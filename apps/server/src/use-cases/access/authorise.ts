import type { EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import type { Refusal } from '@guankou/contract/errors.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import type { Actor } from '#src/actor.ts'
import type { ReferenceData } from '#src/reference/reference-cache.ts'

/**
 * Whether an actor may call an endpoint with a query: role first, then area. Commands that name their own
 * jurisdiction (`per-command`) are judged one by one with `mayActIn`.
 * @returns the refusal, or `undefined` where the call may go on
 */
export const authorise = (
  endpoint: EndpointDeclaration,
  actor: Actor | undefined,
  query: unknown,
  reference: ReferenceData,
): Refusal | undefined => {
  const { roles, area } = endpoint.access
  if (roles === 'anyone') return undefined
  if (actor === undefined) return { code: 'NOT_SIGNED_IN' }
  if (!roles.includes(actor.role)) return { code: 'ROLE_NOT_ALLOWED' }
  if (area !== 'query.area') return undefined
  const asked = (query as { readonly area: number }).area
  if (!mayActIn(actor, asked)) return { code: 'OUTSIDE_AREA', path: '/area' }
  return reference.jurisdictionsIn(asked) === undefined ? { code: 'UNKNOWN_AREA', path: '/area' } : undefined
}

/** Whether an area lies in the actor's own. */
export const mayActIn = (actor: Actor, area: number): boolean => liesIn(area, actor.areaCode)
