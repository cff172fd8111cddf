import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { HouseholdField, unmaskHouseholdField } from '@guankou/contract/households/look-up.ts'
import { shownForSeconds, unmaskWithinMinutes } from '@guankou/contract/identity/purposes.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { insertIdentityAccesses } from '@guankou/db/queries/identity-access/insert-accesses.ts'
import { findOwnLookUpOf, lockAccountLookUps } from '@guankou/db/queries/identity-access/look-ups.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import {
  addressLine,
  memberOf,
  type OpenHousehold,
  openHousehold,
} from '#src/use-cases/households/household-file.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { readAllowance, readLimits } from '#src/use-cases/identity/limits.ts'
import { openReason, sealAccess } from '#src/use-cases/identity/seal-access.ts'

type Input = BodyOf<typeof unmaskHouseholdField>
type Answer = OutputOf<typeof unmaskHouseholdField>
type OwnLookUp = NonNullable<Awaited<ReturnType<typeof findOwnLookUpOf>>>

/** The household, where this account looked it up shortly before, with the purpose and reason it gave. */
const findLookedUp = (context: ServerContext, actor: Actor, { jurisdiction, householdId }: Input) => {
  const since = new Date(context.now() - unmaskWithinMinutes * 60_000)
  const occurredAt = new Date(uuidTimeMs(householdId))
  return inArea(context.db, actor.areaCode, async (tx) => {
    const person = { screeningId: householdId, occurredAt, seat: 0 }
    const own = await findOwnLookUpOf(tx, actor.accountId, person, since)
    if (own === undefined || own.jurisdiction !== jurisdiction) return undefined
    const open = await openHousehold(context, tx, jurisdiction, householdId)
    return open && { own, open }
  })
}

/** Of an address and of people, what a field says; undefined where it is not held. */
const textOf = (open: OpenHousehold, personId: string | null, field: HouseholdField): string | undefined => {
  if (personId === null)
    return field === 'address' && open.address !== undefined ? addressLine(open.address) : undefined
  const person = open.people.find(({ id }) => id === personId)
  if (person === undefined) return undefined
  const { name, document, phone } = memberOf(person)
  return { name, document: document?.number, phone, address: undefined }[field]
}

/** Writes the access and its audit; refuses where the limit is reached meanwhile. */
const writeUnmask = async (
  context: ServerContext,
  actor: Actor,
  { jurisdiction, householdId, personId, field }: Input,
  own: OwnLookUp,
): Promise<Result<Answer['limits']>> => {
  const nowMs = context.now()
  const { sealer } = context.identity
  // Of a field of somebody the person reads, wherever they live by then; of the address everybody who lives there.
  const seenId = personId ?? householdId
  const access = await sealAccess(sealer, {
    about: 'household',
    jurisdiction,
    occurredAt: new Date(uuidTimeMs(seenId)),
    day: own.day,
    screeningId: seenId,
    seat: 0,
    at: new Date(nowMs),
    accountId: actor.accountId,
    role: actor.role,
    purpose: own.purpose,
    reason: await openReason(sealer, own),
    fields: [field],
    via: 'unmask',
    exportId: null,
  })
  return inArea(context.db, actor.areaCode, async (tx): Promise<Result<Answer['limits']>> => {
    await lockAccountLookUps(tx, actor.accountId)
    const { waitSeconds } = await readAllowance(tx, 'unmasks', actor.accountId, nowMs)
    if (waitSeconds > 0)
      return { ok: false, refusal: { code: 'LOOK_UP_LIMIT_REACHED', retryAfterSeconds: waitSeconds } }
    await insertIdentityAccesses(tx, [access])
    const detail = `${own.purpose}, ${field} of ${personId === null ? 'the household' : 'a member'}`
    const act = { action: 'households.unmask', subject: seenId, outcome: 'done', detail }
    await auditIdentity(tx, actor, act, nowMs)
    return done(await readLimits(tx, actor.accountId, nowMs))
  })
}

/** Shows one field in full, under the purpose and reason of the look-up that found the household. */
export const unmaskHousehold = async (
  context: ServerContext,
  actor: Actor,
  input: Input,
): Promise<Result<Answer>> => {
  const found = await findLookedUp(context, actor, input)
  if (found === undefined) return refused('NOT_LOOKED_UP')
  const text = textOf(found.open, input.personId, input.field)
  if (text === undefined) return refused('FIELD_NOT_HELD', '/field')
  const limits = await writeUnmask(context, actor, input, found.own)
  return limits.ok ? done({ field: input.field, text, shownForSeconds, limits: limits.value }) : limits
}
