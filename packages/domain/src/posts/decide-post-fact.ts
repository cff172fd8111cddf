import type { ErrorCode, Refusal } from '@guankou/contract/errors.ts'
import type { HealthCheck, PostHappening, RecordPostFact } from '@guankou/contract/posts/record-post-fact.ts'
import { senderRoles } from '@guankou/contract/posts/vocabulary.ts'
import type { Role } from '@guankou/contract/roles.ts'
import { daySlotOf, instantMs } from '#src/places/calendar.ts'
import type { KeptFact } from '#src/posts/kept-fact.ts'
import { longestReinforcementMs } from '#src/posts/reinforcement.ts'
import { tellsIdentity } from '#src/posts/tells-identity.ts'
import { clockToleranceMs, type Reference } from '#src/screening/decide.ts'
import { uuidTimeMs } from '#src/screening/uuid-time.ts'

/** Who records. */
export type PostMaker = { readonly accountId: string; readonly role: Role }

/** The fact, with what an officer’s health check found kept apart from it. */
export type PostFactRecorded = KeptFact & {
  readonly jurisdiction: number
  /** Local day in the time zone of the jurisdiction. */
  readonly day: string
  readonly health: HealthCheck | undefined
}

export type DecidedPostFact =
  | { readonly ok: true; readonly fact: PostFactRecorded }
  | { readonly ok: false; readonly refusal: Refusal }

const refusal = (code: ErrorCode, path: string): Refusal => ({ code, path: `/happening${path}` })

/** What who is not at the post may record of it. */
const fromOutside = new Set<PostHappening['is']>(['reinforcement-sent', 'withdrawn', 'supply-low-at'])

const refusalOfHealth = (health: HealthCheck): Refusal | undefined => {
  if (health.is === 'skipped') return undefined
  const { temperatureCelsius, underThreshold } = health
  if ((temperatureCelsius === undefined) === (underThreshold === undefined))
    return refusal('READING_INCOMPLETE', '/health')
  const tenths = (temperatureCelsius ?? 0) * 10
  return Math.abs(tenths - Math.round(tenths)) > 1e-9
    ? refusal('READING_TOO_FINE', '/health/temperatureCelsius')
    : undefined
}

type Movement = Extract<PostHappening, { is: 'clocked-out' | 'reinforcement-arrived' | 'reinforcement-left' }>

const refusalOfMovement = (happening: Movement, { accountId, role }: PostMaker): Refusal | undefined => {
  const isLead = role === 'post-lead'
  const { officerId } = happening
  if (officerId !== undefined && officerId !== accountId && !isLead)
    return refusal('NOT_YOURSELF', '/officerId')
  if (happening.is === 'clocked-out') return undefined
  if (happening.others !== undefined && !isLead) return refusal('NOT_OF_THIS_ROLE', '/others')
  return officerId === undefined && happening.others === undefined
    ? refusal('NOBODY_NAMED', '/officerId')
    : undefined
}

const refusalOfSending = (
  happening: Extract<PostHappening, { is: 'reinforcement-sent' }>,
  role: Role,
  occurredAtMs: number,
): Refusal | undefined => {
  if (!senderRoles.includes(role)) return refusal('NOT_OF_THIS_ROLE', '/is')
  if (happening.officerIds.length > happening.officers) return refusal('INVALID_INPUT', '/officers')
  const lastsMs = (instantMs(happening.until) ?? Number.NaN) - occurredAtMs
  return lastsMs > 0 && lastsMs <= longestReinforcementMs
    ? undefined
    : refusal('REINFORCEMENT_TOO_LONG', '/until')
}

const refusalOfHappening = (
  happening: PostHappening,
  maker: PostMaker,
  { lanes, occurredAtMs }: { readonly lanes: number; readonly occurredAtMs: number },
): Refusal | undefined => {
  const isLead = maker.role === 'post-lead'
  switch (happening.is) {
    case 'clocked-in':
      return refusalOfHealth(happening.health)
    case 'clocked-out':
    case 'reinforcement-arrived':
    case 'reinforcement-left':
      return refusalOfMovement(happening, maker)
    case 'lane-set':
      return happening.lane > lanes ? refusal('UNKNOWN_LANE', '/lane') : undefined
    case 'reinforcement-sent':
      return tellsIdentity(happening.unit)
        ? refusal('BOOK_NAMES_SOMEBODY', '/unit')
        : refusalOfSending(happening, maker.role, occurredAtMs)
    case 'reinforcement-requested':
      return tellsIdentity(happening.note ?? '') ? refusal('BOOK_NAMES_SOMEBODY', '/note') : undefined
    case 'book-written':
      return tellsIdentity(happening.text) ? refusal('BOOK_NAMES_SOMEBODY', '/text') : undefined
    case 'book-taken-over':
      return isLead ? undefined : refusal('NOT_OF_THIS_ROLE', '/is')
    case 'supply-low-at':
      return senderRoles.includes(maker.role) ? undefined : refusal('NOT_OF_THIS_ROLE', '/is')
    default:
      return undefined
  }
}

/** A happening as everybody at the post may know it, and the health check apart. */
const apart = (happening: PostHappening): Pick<PostFactRecorded, 'happening' | 'health'> => {
  if (happening.is !== 'clocked-in') return { happening, health: undefined }
  const { health } = happening
  return {
    happening: { is: 'clocked-in', health: health.is === 'checked' ? { is: 'checked' } : health },
    health: health.is === 'checked' ? health : undefined,
  }
}

/**
 * The rule that phone and server share: a command becomes a fact, or a refusal that says what and where.
 * @param command  of the shape of the contract   @param nowMs  Unix time, milliseconds, of whoever decides
 */
export const decidePostFact = (
  reference: Reference,
  command: RecordPostFact,
  maker: PostMaker,
  nowMs: number,
): DecidedPostFact => {
  const refuse = (code: ErrorCode, path: string): DecidedPostFact => ({ ok: false, refusal: { code, path } })
  const occurredAtMs = instantMs(command.occurredAt)
  if (occurredAtMs === undefined) return refuse('IMPOSSIBLE_TIME', '/occurredAt')
  if (uuidTimeMs(command.id) !== occurredAtMs) return refuse('ID_TIME_MISMATCH', '/id')
  if (occurredAtMs > nowMs + clockToleranceMs) return refuse('OCCURRED_IN_FUTURE', '/occurredAt')
  const place = reference.jurisdiction(command.jurisdiction)
  const post = reference.post(command.postId)
  if (place === undefined || post?.jurisdiction !== command.jurisdiction)
    return refuse('UNKNOWN_POST', '/postId')
  const { happening, id, jurisdiction, postId } = command
  const isAtPost = maker.role === 'inspector' || maker.role === 'post-lead'
  if (!isAtPost && !fromOutside.has(happening.is)) return refuse('NOT_OF_THIS_ROLE', '/happening/is')
  const wrong = refusalOfHappening(happening, maker, { lanes: post.lanes, occurredAtMs })
  if (wrong !== undefined) return { ok: false, refusal: wrong }
  const { day } = daySlotOf(place.timeZone, occurredAtMs)
  const byLead = maker.role === 'post-lead'
  return {
    ok: true,
    fact: {
      id,
      jurisdiction,
      postId,
      occurredAtMs,
      day,
      makerId: maker.accountId,
      byLead,
      ...apart(happening),
    },
  }
}
