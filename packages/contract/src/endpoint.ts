import type { Static, TSchema } from 'typebox'
import type { ErrorCode } from './errors.ts'
import type { Role } from './roles.ts'

/** Why an endpoint may touch data; shown to the person concerned when identities are read. */
export const purposes = [
  'screening',
  'monitoring',
  'administration',
  'sign-in',
  'public-information',
  'service-health',
  'pairing',
  'identity-look-up',
  'identity-export',
  /** Somebody of a list is called, or a household is visited, and told why. */
  'follow-up',
  'oversight',
  'subject-access',
  'retention',
  'audit',
  'drill',
] as const

export type Purpose = (typeof purposes)[number]

/**
 * Those for which the work of the epidemic is changed: records, people, posts, orders. Whoever watches over data
 * protection may read along but not act for one of them.
 */
export const operationalPurposes: readonly Purpose[] = [
  'screening',
  'monitoring',
  'administration',
  'pairing',
]

/**
 * Where the area that an actor needs is read from.
 * `none`: no area is involved. `actor`: what is read or changed is cut to the actor's own area.
 * `query.area` and the like: the field names a division that must lie inside the actor's area; where the field may be
 * left out and is, the actor's own area is meant.
 * `per-command`: each command names its jurisdiction and is judged alone.
 */
export const areaRules = [
  'none',
  'actor',
  'query.area',
  'query.jurisdiction',
  'body.area',
  'body.jurisdiction',
  'per-command',
] as const

export type AreaRule = (typeof areaRules)[number]

/** The part of a call and the field in it that a rule reads the area from; `undefined` where it reads none. */
export const areaFieldOf = (
  rule: AreaRule,
): { readonly part: 'query' | 'body'; readonly field: string } | undefined => {
  const [part, field] = rule.split('.')
  return (part === 'query' || part === 'body') && field !== undefined ? { part, field } : undefined
}

/**
 * What a session can still lack after signing in: proof of the second factor its account has, or a second factor
 * where the role needs one and the account has none.
 */
export const lacks = ['second-factor', 'second-factor-set-up'] as const
export type Lack = (typeof lacks)[number]

export type Access = {
  readonly roles: readonly Role[] | 'anyone'
  readonly area: AreaRule
  readonly purpose: Purpose
  /** A session that lacks one of these may make the call nevertheless; every other call of it is refused. */
  readonly despite?: readonly Lack[]
  /** The caller must have proved a factor within the last minutes, see `requireRecentFactor`. */
  readonly recentFactor?: true
}

/** `every`: each call leaves an audit event. `denied`: aggregates only, so that refused calls alone do. */
export type AuditRule = { readonly action: string; readonly record: 'every' | 'denied' }

export type LimitGroup = 'sign-in' | 'read' | 'write' | 'sync' | 'stream'

export type EndpointDeclaration = {
  /** Stable name, `capability.action`; the server's handler file carries the same words. */
  readonly id: string
  readonly method: 'GET' | 'POST'
  readonly path: `/${string}`
  readonly summary: string
  readonly description: string
  readonly access: Access
  readonly audit: AuditRule
  readonly limits: { readonly group: LimitGroup; readonly bodyBytes: number }
  readonly query?: TSchema
  readonly body?: TSchema
  readonly output: TSchema
  /** `sse` answers a stream of server-sent events, each carrying one `output`; `file` a file to be saved. */
  readonly stream?: 'sse' | 'file'
  /** Answers a browser that was sent here by a link: with 302 and where to go on, refusals included. */
  readonly redirects?: true
  readonly successStatus?: 200 | 201 | 202
  readonly errors: readonly ErrorCode[]
}

/** Keeps the literal types of a declaration; leaving out access or audit does not compile. */
export const defineEndpoint = <const D extends EndpointDeclaration>(declaration: D): D => declaration

export type QueryOf<D extends EndpointDeclaration> = D['query'] extends TSchema
  ? Static<D['query']>
  : undefined
export type BodyOf<D extends EndpointDeclaration> = D['body'] extends TSchema ? Static<D['body']> : undefined
export type OutputOf<D extends EndpointDeclaration> = Static<D['output']>
