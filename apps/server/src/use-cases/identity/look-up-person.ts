import type { BodyOf } from '@guankou/contract/endpoint.ts'
import { type LookUpAnswer, type lookUpPerson, mostMatches } from '@guankou/contract/identity/look-up.ts'
import { identityFields, lookUpPurposesOf } from '@guankou/contract/identity/purposes.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { type FoundPerson, findPeople } from '@guankou/db/queries/identity-access/find-people.ts'
import type { IdentityAccess } from '@guankou/db/queries/identity-access/insert-accesses.ts'
import { readAccountNames } from '@guankou/db/queries/identity-access/read-accesses.ts'
import { isCorrectionOf, readCorrectionsOfAll } from '@guankou/db/queries/subject-access/corrections.ts'
import { normaliseSought } from '@guankou/domain/identity/normalise.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { isReason } from '#src/use-cases/identity/reasons.ts'
import { sealAccess } from '#src/use-cases/identity/seal-access.ts'
import { showPerson } from '#src/use-cases/identity/show-person.ts'
import { mayLookUp, writeLookUp } from '#src/use-cases/identity/write-look-up.ts'

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

const checkInput = (actor: Actor, { purpose, reason, sought }: Input): Result<string> => {
  if (lookUpPurposesOf[actor.role]?.includes(purpose) !== true)
    return refused('PURPOSE_NOT_ALLOWED', '/purpose')
  if (!reason.isWellFormed()) return refused('TEXT_NOT_WELL_FORMED', '/reason')
  if (!sought.text.isWellFormed()) return refused('TEXT_NOT_WELL_FORMED', '/sought/text')
  if (!isReason(reason)) return refused('REASON_TOO_SHORT', '/reason')
  const text = normaliseSought(sought.kind, sought.text)
  return text === '' ? refused('INVALID_INPUT', '/sought/text') : done(text)
}

const accessesOf = (
  context: ServerContext,
  actor: Actor,
  at: Date,
  input: Input,
  people: readonly FoundPerson[],
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

/** What was corrected of people, and who did. */
const correctionsOf = ({ db }: ServerContext, actor: Actor, people: readonly FoundPerson[]) =>
  inArea(db, actor.areaCode, async (transaction) => {
    const corrections = await readCorrectionsOfAll(transaction, people)
    const names = await readAccountNames(
      transaction,
      corrections.map(({ grantedBy }) => grantedBy),
    )
    return { corrections, names }
  })

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
    const may = await mayLookUp(transaction, actor, at)
    if (!may.ok) return may
    return done(
      await findPeople(transaction, jurisdictions, { kind, digests, among: input.among }, mostMatches + 1),
    )
  })
  if (!found.ok) return found
  const people = found.value.slice(0, mostMatches)
  const written = await writeLookUp(context, actor, {
    at,
    owner: keyOwnerOf(context, actor.areaCode),
    purpose: input.purpose,
    reason: input.reason,
    kind,
    text: text.value,
    matches: people.length,
    accesses: await accessesOf(context, actor, at, input, people),
  })
  if (!written.ok) return written
  const { corrections, names } = await correctionsOf(context, actor, people)
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
