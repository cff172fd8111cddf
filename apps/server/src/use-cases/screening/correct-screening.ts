import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { correctScreening as declared } from '@guankou/contract/screening/corrections.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { executeIn, lockAuditHead, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { type FoundPerson, findPersonAnywhere } from '@guankou/db/queries/identity-access/find-people.ts'
import { insertRecordCorrection } from '@guankou/db/queries/screening/corrections.ts'
import { readCorrectionsOf, type StoredCorrection } from '@guankou/db/queries/subject-access/corrections.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { normalField } from '#src/use-cases/identity/normal-field.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import { openField } from '#src/use-cases/identity/show-person.ts'
import { openCorrection, recordCorrectionPlace } from '#src/use-cases/subject-access/show-corrections.ts'

type Input = BodyOf<typeof declared>
type Answer = OutputOf<typeof declared>

/** Where the words of a correction belong. */
export const correctionWordsPlace = (id: string): string => `screening-correction|${id}|words`

/** Kinds of digests by which a field is found; names are found by none. */
const digestKind = (field: Input['field'], { documentKind }: FoundPerson): string | null => {
  if (field === 'name') return null
  return field === 'document' ? documentKind : field
}

type Present = { readonly last: StoredCorrection | undefined; readonly text: string | null }

/** What a field reads now: as last corrected, or as recorded; null where it was never given. */
const presentOf = async (
  { identity: { sealer } }: ServerContext,
  person: FoundPerson,
  field: Input['field'],
  corrections: readonly StoredCorrection[],
): Promise<Result<Present>> => {
  const last = corrections.findLast((correction) => correction.field === field)
  if (last !== undefined) {
    const text = await openCorrection(sealer, last)
    return text === null ? refused('IDENTITY_DESTROYED') : done({ last, text })
  }
  const opened = await openField(sealer, person, field)
  if (opened.is === 'destroyed') return refused('IDENTITY_DESTROYED')
  return done({ last, text: opened.is === 'text' ? opened.text : null })
}

/** Digests and sealed texts of a correction; null where the key of its day is destroyed. */
const sealCorrection = (
  { identity: { sealer } }: ServerContext,
  person: FoundPerson,
  { id, input, value, before }: { id: string; input: Input; value: string; before: string | null },
) => {
  const valueKind = digestKind(input.field, person)
  const digest = (kind: string, text: string | null) =>
    text === null ? Promise.resolve(null) : sealer.digestText(person, kind, text)
  return unlessDestroyed(
    (async () => ({
      valueKind,
      beforeDigest: await digest(valueKind ?? input.field, before),
      valueDigest: valueKind === null ? null : await digest(valueKind, value),
      valueSealed: await sealer.sealText(person, recordCorrectionPlace(id), value),
      wordsSealed:
        input.words === undefined
          ? null
          : await sealer.sealText(person, correctionWordsPlace(id), input.words),
    }))(),
  )
}

const write = async (
  context: ServerContext,
  transaction: AreaTransaction,
  actor: Actor,
  { person, input, value }: { person: FoundPerson; input: Input; value: string },
): Promise<Result<Answer>> => {
  const { jurisdiction, occurredAt, screeningId, day } = person
  const { field, ground } = input
  await executeIn(transaction)(lockAuditHead(jurisdiction))
  const present = await presentOf(context, person, field, await readCorrectionsOf(transaction, person))
  if (!present.ok) return present
  const { last, text: before } = present.value
  if (before === value) return refused('CORRECTION_CHANGES_NOTHING', '/value')
  const at = new Date(context.now())
  const id = v7({ msecs: at.getTime() })
  const sealed = await sealCorrection(context, person, { id, input, value, before })
  if (sealed === null) return refused('IDENTITY_DESTROYED')
  // A plate is one for everyone aboard.
  const seat = field === 'plate' ? 0 : person.seat
  const { accountId, role, deviceId } = actor
  const key = { jurisdiction, occurredAt, screeningId, seat, id, day }
  const who = { madeAt: at, recordedAt: at, accountId, role, deviceId }
  await insertRecordCorrection(transaction, {
    ...key,
    ...sealed,
    ...who,
    field,
    ground,
    corrects: last?.id ?? null,
  })
  const detail = `${id}, seat ${seat}, ${field}, ${ground}`
  const action = 'screening.correct'
  const entry = { accountId, deviceId, action, subject: screeningId, outcome: 'recorded', detail }
  await recordAudit(executeIn(transaction), jurisdiction, [entry], at.getTime())
  return done({ id, recordedAt: at.toISOString() })
}

/** Puts a correction beside what was recorded, with the digest of what it takes the place of. */
export const correctScreening = async (
  context: ServerContext,
  actor: Actor,
  input: Input,
): Promise<Result<Answer>> => {
  for (const text of ['value', 'words'] as const)
    if (input[text]?.isWellFormed() === false) return refused('TEXT_NOT_WELL_FORMED', `/${text}`)
  const value = normalField(input.field, input.value)
  if (value === '') return refused('CORRECTION_EMPTY', '/value')
  const { screeningId, seat } = input
  return inArea(context.db, actor.areaCode, async (transaction): Promise<Result<Answer>> => {
    const occurredAt = new Date(uuidTimeMs(screeningId))
    const person = await findPersonAnywhere(transaction, { screeningId, occurredAt, seat })
    if (person === undefined) return refused('UNKNOWN_SCREENING', '/screeningId')
    return write(context, transaction, actor, { person, input, value })
  })
}
