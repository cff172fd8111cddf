import { areaFieldOf, type EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import type { Refusal } from '@guankou/contract/errors.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import type { Actor } from '#src/actor.ts'
import type { ReferenceData } from '#src/reference/reference-cache.ts'

/** What a call brings along, as far as it may name an area. */
export type CallInput = { readonly query: unknown; readonly body: unknown }

/**
 * Whether an actor may make a call: role first, then area. Commands that name their own jurisdiction (`per-command`)
 * are judged one by one with `mayActIn`.
 * @returns the refusal, or `undefined` where the call may go on
 */
export const authorise = (
  endpoint: EndpointDeclaration,
  actor: Actor | undefined,
  input: CallInput,
  reference: ReferenceData,
): Refusal | undefined => {
  const { roles, area } = endpoint.access
  if (roles === 'anyone') return undefined
  if (actor === undefined) return { code: 'NOT_SIGNED_IN' }
  if (!roles.includes(actor.role)) return { code: 'ROLE_NOT_ALLOWED' }
  const named = areaFieldOf(area)
  if (named === undefined) return undefined
  const asked = (input[named.part] as Readonly<Record<string, unknown>> | null | undefined)?.[named.field]
  if (asked === undefined) return undefined
  const path = `/${named.field}`
  if (typeof asked !== 'number' || !mayActIn(actor, asked)) return { code: 'OUTSIDE_AREA', path }
  return reference.jurisdictionsIn(asked) === undefined ? { code: 'UNKNOWN_AREA', path } : undefined
}

/** Whether an area lies in the actor's own. */
export const mayActIn = (actor: Actor, area: number): boolean => liesIn(area, actor.areaCode)
