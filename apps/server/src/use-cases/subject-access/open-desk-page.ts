import type { BodyOf } from '@guankou/contract/endpoint.ts'
import { householdFields } from '@guankou/contract/households/look-up.ts'
import { unmaskWithinMinutes } from '@guankou/contract/identity/purposes.ts'
import type { openDeskPage } from '@guankou/contract/subject-access/desk-endpoints.ts'
import type { PersonPage } from '@guankou/contract/subject-access/person-page.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import {
  insertIdentityAccesses,
  type PersonKey,
} from '@guankou/db/queries/identity-access/insert-accesses.ts'
import { findOwnLookUpOf } from '@guankou/db/queries/identity-access/look-ups.ts'
import type { StoredRecord } from '@guankou/db/queries/subject-access/records.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import { readSlipCode } from '@guankou/domain/subject-access/slip-code.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { isReason } from '#src/use-cases/identity/reasons.ts'
import { sealAccess } from '#src/use-cases/identity/seal-access.ts'
import { buildPage, recordsOf } from '#src/use-cases/subject-access/build-page.ts'
import type { HouseholdOfPerson } from '#src/use-cases/subject-access/find-households.ts'
import { candidatesOf, withTail } from '#src/use-cases/subject-access/match-slip.ts'
import { refusalOfSlip } from '#src/use-cases/subject-access/open-page.ts'

type Input = BodyOf<typeof openDeskPage>
type By<Key extends string> = Extract<Input['by'], Record<Key, unknown>>

/** By slip: with the last characters where a number was recorded; in person alone only where none was. */
const bySlip = async (
  context: ServerContext,
  actor: Actor,
  { code: typed, tail }: By<'code'>,
): Promise<Result<PersonKey>> => {
  const code = readSlipCode(typed)
  if (code === undefined) return refused('SLIP_CODE_MISTYPED', '/by/code')
  let found: StoredRecord | undefined
  const tried = await context.subjects.guard.attemptAtDesk(code, actor.accountId, async () => {
    const candidates = await candidatesOf(context, code, actor.areaCode)
    const [only, ...others] = candidates
    const unproved = others.length === 0 && only?.proof.is === 'none' ? only.record : undefined
    found = tail === undefined ? unproved : withTail(context, candidates, tail)
    return found !== undefined
  })
  if (tried.is !== 'passed') return refusalOfSlip(tried)
  return found === undefined ? refused('SLIP_NOT_OPENED') : done(found)
}

/** Of somebody whom the same account looked up shortly before, because they asked what is held. */
const byLookUp = (
  context: ServerContext,
  actor: Actor,
  { screeningId, seat }: By<'screeningId'>,
): Promise<Result<PersonKey>> => {
  const occurredAt = new Date(uuidTimeMs(screeningId))
  const since = new Date(context.now() - unmaskWithinMinutes * 60_000)
  return inArea(context.db, actor.areaCode, async (transaction) => {
    const own = await findOwnLookUpOf(transaction, actor.accountId, { screeningId, occurredAt, seat }, since)
    if (own?.purpose !== 'subject-request') return refused('NOT_LOOKED_UP')
    return done({ jurisdiction: own.jurisdiction, occurredAt, screeningId, seat })
  })
}

/** Where each person shown sees it: who opened their page for them, and how they were recognised. */
const accessesTo = (
  { identity, now }: ServerContext,
  actor: Actor,
  records: readonly StoredRecord[],
  reason: string,
) =>
  Promise.all(
    records.map((record) =>
      sealAccess(identity.sealer, {
        jurisdiction: record.jurisdiction,
        occurredAt: record.occurredAt,
        screeningId: record.screeningId,
        seat: record.seat,
        day: record.day,
        at: new Date(now()),
        accountId: actor.accountId,
        role: actor.role,
        purpose: 'subject-request',
        reason,
        fields: (['name', 'document', 'phone', 'plate'] as const).filter((field) => record[field] !== null),
        via: 'subject-request',
        exportId: null,
      }),
    ),
  )

const accessToHousehold = (
  { identity, now }: ServerContext,
  actor: Actor,
  { jurisdiction, householdId, day }: HouseholdOfPerson,
  reason: string,
) =>
  sealAccess(identity.sealer, {
    about: 'household',
    jurisdiction,
    occurredAt: new Date(uuidTimeMs(householdId)),
    screeningId: householdId,
    seat: 0,
    day,
    at: new Date(now()),
    accountId: actor.accountId,
    role: actor.role,
    purpose: 'subject-request',
    reason,
    fields: [...householdFields],
    via: 'subject-request',
    exportId: null,
  })

/** Opens a person's page at a desk, to be printed: as far as the desk's own area goes. */
export const openAtDesk = async (
  context: ServerContext,
  actor: Actor,
  { reason, by }: Input,
): Promise<Result<PersonPage>> => {
  if (!reason.isWellFormed()) return refused('TEXT_NOT_WELL_FORMED', '/reason')
  if (!isReason(reason)) return refused('REASON_TOO_SHORT', '/reason')
  const person = 'code' in by ? await bySlip(context, actor, by) : await byLookUp(context, actor, by)
  if (!person.ok) return person
  const found = await recordsOf(context, person.value, actor.areaCode)
  if (found === undefined) return refused('SLIP_NOT_OPENED')
  const accesses = [
    ...(await accessesTo(context, actor, found.records, reason)),
    ...(await Promise.all(
      found.households.map((household) => accessToHousehold(context, actor, household, reason)),
    )),
  ]
  const act = {
    action: 'subject-access.desk-page',
    subject: person.value.screeningId,
    outcome: 'done',
    detail: `${'code' in by ? 'by slip' : 'by look-up'}, ${found.records.length} records`,
  }
  return done(
    await buildPage(context, found, actor.areaCode, async (transaction) => {
      await insertIdentityAccesses(transaction, accesses)
      await auditIdentity(transaction, actor, act, context.now())
    }),
  )
}
