import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { unmaskField } from '@guankou/contract/identity/look-up.ts'
import { shownForSeconds, unmaskWithinMinutes } from '@guankou/contract/identity/purposes.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { type FoundPerson, findPerson } from '@guankou/db/queries/identity-access/find-people.ts'
import { insertIdentityAccesses } from '@guankou/db/queries/identity-access/insert-accesses.ts'
import { findOwnLookUpOf, lockAccountLookUps } from '@guankou/db/queries/identity-access/look-ups.ts'
import { readCorrectionsOf, type StoredCorrection } from '@guankou/db/queries/subject-access/corrections.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { readAllowance, readLimits } from '#src/use-cases/identity/limits.ts'
import { openReason, sealAccess } from '#src/use-cases/identity/seal-access.ts'
import { openField } from '#src/use-cases/identity/show-person.ts'
import { openCorrection } from '#src/use-cases/subject-access/show-corrections.ts'

type Input = BodyOf<typeof unmaskField>
type Answer = OutputOf<typeof unmaskField>

type Found = {
  readonly person: FoundPerson
  readonly purpose: string
  readonly reason: string | null
  readonly corrections: readonly StoredCorrection[]
}

/** The person, where this account looked them up shortly before, with the purpose and reason it gave. */
const findLookedUp = async (
  context: ServerContext,
  actor: Actor,
  { screeningId, seat }: Input,
  nowMs: number,
): Promise<Result<Found>> => {
  const occurredAt = new Date(uuidTimeMs(screeningId))
  const since = new Date(nowMs - unmaskWithinMinutes * 60_000)
  const found = await inArea(context.db, actor.areaCode, async (transaction) => {
    const own = await findOwnLookUpOf(transaction, actor.accountId, { screeningId, occurredAt, seat }, since)
    if (own === undefined) return undefined
    const key = { jurisdiction: own.jurisdiction, occurredAt, screeningId, seat }
    const person = await findPerson(transaction, key)
    return person && { own, person, corrections: await readCorrectionsOf(transaction, person) }
  })
  if (found === undefined) return refused('NOT_LOOKED_UP')
  const reason = await openReason(context.identity.sealer, found.own)
  const { person, corrections } = found
  return done({ person, corrections, purpose: found.own.purpose, reason })
}

/** Writes the access and its audit; refuses where the limit is reached meanwhile. */
const writeUnmask = async (
  context: ServerContext,
  actor: Actor,
  { person, purpose, reason }: Found,
  { field, nowMs }: { readonly field: Input['field']; readonly nowMs: number },
): Promise<Result<Answer['limits']>> => {
  const { jurisdiction, occurredAt, screeningId, seat, day } = person
  const access = await sealAccess(context.identity.sealer, {
    jurisdiction,
    occurredAt,
    screeningId,
    seat,
    day,
    at: new Date(nowMs),
    accountId: actor.accountId,
    role: actor.role,
    purpose,
    reason,
    fields: [field],
    via: 'unmask',
    exportId: null,
  })
  return inArea(context.db, actor.areaCode, async (transaction) => {
    await lockAccountLookUps(transaction, actor.accountId)
    const { waitSeconds } = await readAllowance(transaction, 'unmasks', actor.accountId, nowMs)
    if (waitSeconds > 0)
      return {
        ok: false,
        refusal: { code: 'LOOK_UP_LIMIT_REACHED', retryAfterSeconds: waitSeconds },
      }
    await insertIdentityAccesses(transaction, [access])
    await auditIdentity(
      transaction,
      actor,
      {
        action: 'identity.unmask',
        subject: screeningId,
        outcome: 'done',
        detail: `${purpose}, ${field} of seat ${seat}`,
      },
      nowMs,
    )
    return done(await readLimits(transaction, actor.accountId, nowMs))
  })
}

/** Shows one field in full, under the purpose and reason of the look-up that found the person. */
export const unmask = async (context: ServerContext, actor: Actor, input: Input): Promise<Result<Answer>> => {
  const nowMs = context.now()
  const found = await findLookedUp(context, actor, input, nowMs)
  if (!found.ok) return found
  const opened = await openField(context.identity.sealer, found.value.person, input.field)
  if (opened.is === 'missing') return refused('FIELD_NOT_HELD', '/field')
  if (opened.is !== 'text') return refused('IDENTITY_DESTROYED')
  const limits = await writeUnmask(context, actor, found.value, { field: input.field, nowMs })
  if (!limits.ok) return limits
  const correction = found.value.corrections.findLast(({ field }) => field === input.field)
  const correctedTo =
    correction === undefined ? null : await openCorrection(context.identity.sealer, correction)
  return done({ field: input.field, text: opened.text, correctedTo, shownForSeconds, limits: limits.value })
}
