import type { BodyOf } from '@guankou/contract/endpoint.ts'
import { type LookUpAnswer, type lookUpPerson, mostMatches } from '@guankou/contract/identity/look-up.ts'
import { identityFields, lookUpPurposesOf } from '@guankou/contract/identity/purposes.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { type FoundPerson, findPeople } from '@guankou/db/queries/identity-access/find-people.ts'
import {
  type IdentityAccess,
  insertIdentityAccesses,
} from '@guankou/db/queries/identity-access/insert-accesses.ts'
import { insertLookUp, lockAccountLookUps } from '@guankou/db/queries/identity-access/look-ups.ts'
import { readAccountNames } from '@guankou/db/queries/identity-access/read-accesses.ts'
import { isCorrectionOf, readCorrectionsOfAll } from '@guankou/db/queries/subject-access/corrections.ts'
import { normaliseSought } from '@guankou/domain/identity/normalise.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { readAllowance, readLimits } from '#src/use-cases/identity/limits.ts'
import { isReason } from '#src/use-cases/identity/reasons.ts'
import { sealAccess } from '#src/use-cases/identity/seal-access.ts'
import { showPerson } from '#src/use-cases/identity/show-person.ts'

type Input = BodyOf<typeof lookUpPerson>

/** The local day of an area now: the key of that day seals what officers write. */
export const keyOwnerOf = ({ reference, now }: ServerContext, areaCode: number) => {
  const data = reference.current()
  const city = data.installation?.cityCode ?? areaCode
  const timeZone = (data.jurisdiction(areaCode) ?? data.jurisdiction(city))?.timeZone ?? 'UTC'
  return { jurisdiction: areaCode, day: daySlotOf(timeZone, now()).day }
}

/** Jurisdictions whose rows an actor may read. */
export const jurisdictionsOf = (
  { reference }: Pick<ServerContext, 'reference'>,
  areaCode: number,
): readonly number[] => reference.current().jurisdictionsIn(areaCode) ?? [areaCode]

const limitReached = (waitSeconds: number) => ({
  ok: false as const,
  refusal: { code: 'LOOK_UP_LIMIT_REACHED' as const, retryAfterSeconds: waitSeconds },
})

const checkInput = (actor: Actor, { purpose, reason, sought }: Input): Result<string> => {
  if (lookUpPurposesOf[actor.role]?.includes(purpose) !== true)
    return refused('PURPOSE_NOT_ALLOWED', '/purpose')
  if (!reason.isWellFormed()) return refused('TEXT_NOT_WELL_FORMED', '/reason')
  if (!sought.text.isWellFormed()) return refused('TEXT_NOT_WELL_FORMED', '/sought/text')
  if (!isReason(reason)) return refused('REASON_TOO_SHORT', '/reason')
  const text = normaliseSought(sought.kind, sought.text)
  return text === '' ? refused('INVALID_INPUT', '/sought/text') : done(text)
}

type Search = {
  readonly id: string
  readonly at: Date
  readonly input: Input
  readonly text: string
  readonly people: readonly FoundPerson[]
}

const accessesOf = (
  context: ServerContext,
  actor: Actor,
  { at, input, people }: Search,
): Promise<IdentityAccess[]> =>
  Promise.all(
    people.map((person) =>
      sealAccess(context.identity.sealer, {
        jurisdiction: person.jurisdiction,
        occurredAt: person.occurredAt,
        day: person.day,
        screeningId: person.screeningId,
        seat: person.seat,
        at,
        accountId: actor.accountId,
        role: actor.role,
        purpose: input.purpose,
        reason: input.reason,
        fields: identityFields.filter((field) => person[field] !== null),
        via: 'look-up',
        exportId: null,
      }),
    ),
  )

/** Writes search, accesses and audit as one; nothing is answered before it stands. */
const writeLookUp = async (context: ServerContext, actor: Actor, search: Search) => {
  const { sealer } = context.identity
  const { id, at, input, people } = search
  const owner = keyOwnerOf(context, actor.areaCode)
  const searchedDigest = await sealer.digestText(owner, `sought-${input.sought.kind}`, search.text)
  const reasonSealed = await sealer.sealText(owner, `look-up|${id}|reason`, input.reason)
  const accesses = await accessesOf(context, actor, search)
  return inArea(context.db, actor.areaCode, async (transaction) => {
    await lockAccountLookUps(transaction, actor.accountId)
    const { waitSeconds } = await readAllowance(transaction, 'look-ups', actor.accountId, at.getTime())
    if (waitSeconds > 0) return limitReached(waitSeconds)
    await insertLookUp(transaction, {
      jurisdiction: actor.areaCode,
      at,
      id,
      accountId: actor.accountId,
      role: actor.role,
      purpose: input.purpose,
      kind: input.sought.kind,
      searchedDigest,
      matches: people.length,
      day: owner.day,
      reasonSealed,
    })
    await insertIdentityAccesses(transaction, accesses)
    const detail = `${input.purpose}, by ${input.sought.kind}, ${people.length} matches`
    await auditIdentity(
      transaction,
      actor,
      { action: 'identity.look-up', subject: id, outcome: 'done', detail },
      at.getTime(),
    )
    return done(await readLimits(transaction, actor.accountId, at.getTime()))
  })
}

/**
 * Finds the screenings of a plate, phone or document in the area of whoever asks. People are opened to be masked only
 * after the limit let the search through, and shown only after the look-up stands where they can see it.
 */
export const lookUp = async (
  context: ServerContext,
  actor: Actor,
  input: Input,
): Promise<Result<LookUpAnswer>> => {
  const text = checkInput(actor, input)
  if (!text.ok) return text
  const at = new Date(context.now())
  const { sealer } = context.identity
  const { kind } = input.sought
  const digests = await sealer.lookUpDigests(kind, text.value)
  const jurisdictions = jurisdictionsOf(context, actor.areaCode)
  const found = await inArea(context.db, actor.areaCode, async (transaction) => {
    const { waitSeconds } = await readAllowance(transaction, 'look-ups', actor.accountId, at.getTime())
    if (waitSeconds > 0) return limitReached(waitSeconds)
    return done(
      await findPeople(transaction, jurisdictions, { kind, digests, among: input.among }, mostMatches + 1),
    )
  })
  if (!found.ok) return found
  const people = found.value.slice(0, mostMatches)
  const search = { id: v7({ msecs: at.getTime() }), at, input, text: text.value, people }
  const written = await writeLookUp(context, actor, search)
  if (!written.ok) return written
  const { corrections, names } = await inArea(context.db, actor.areaCode, async (transaction) => {
    const all = await readCorrectionsOfAll(transaction, people)
    const names = await readAccountNames(
      transaction,
      all.map(({ grantedBy }) => grantedBy),
    )
    return { corrections: all, names }
  })
  return done({
    matches: await Promise.all(
      people.map((person) =>
        showPerson(sealer, person, actor.role, {
          corrections: corrections.filter((correction) => isCorrectionOf(correction, person)),
          names,
        }),
      ),
    ),
    more: found.value.length > mostMatches,
    limits: written.value,
  })
}
