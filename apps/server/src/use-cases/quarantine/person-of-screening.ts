import type { OrderQuarantine } from '@guankou/contract/quarantine/commands.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { type FoundPerson, findPerson } from '@guankou/db/queries/identity-access/find-people.ts'
import { insertIdentityAccesses } from '@guankou/db/queries/identity-access/insert-accesses.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { sealAccess } from '#src/use-cases/identity/seal-access.ts'
import { openField } from '#src/use-cases/identity/show-person.ts'
import type { NamedPerson } from '#src/use-cases/quarantine/seal-person.ts'

const taken = ['name', 'document', 'phone'] as const

/** Writes down, where the person sees it, that what they gave at a post was taken for their quarantine. */
const noteTaken = async (context: ServerContext, actor: Actor, person: FoundPerson): Promise<void> => {
  const access = await sealAccess(context.identity.sealer, {
    jurisdiction: person.jurisdiction,
    occurredAt: person.occurredAt,
    day: person.day,
    screeningId: person.screeningId,
    seat: person.seat,
    at: new Date(context.now()),
    accountId: actor.accountId,
    role: actor.role,
    purpose: 'follow-up',
    reason: null,
    fields: [...taken],
    via: 'look-up',
    exportId: null,
  })
  await inArea(context.db, actor.areaCode, (tx) => insertIdentityAccesses(tx, [access]))
}

/** Whom an order is about: as typed, and what is not typed as the screening has it. Nothing of it is answered. */
export const personOfOrder = async (
  context: ServerContext,
  actor: Actor,
  { jurisdiction, person, screening }: OrderQuarantine,
): Promise<Result<NamedPerson>> => {
  const { name, document, phone, address } = person
  if (screening === undefined)
    return name === undefined
      ? refused('QUARANTINE_PERSON_UNKNOWN', '/person/name')
      : done({ name, document, phone, address })
  const occurredAt = new Date(uuidTimeMs(screening.screeningId))
  const found = await inArea(context.db, actor.areaCode, (tx) =>
    findPerson(tx, { jurisdiction, occurredAt, ...screening }),
  )
  if (found === undefined) return refused('QUARANTINE_PERSON_UNKNOWN', '/screening')
  const { sealer } = context.identity
  const opened = await Promise.all(taken.map((field) => openField(sealer, found, field)))
  const [knownName, number, knownPhone] = opened.map((field) =>
    field.is === 'text' ? field.text : undefined,
  )
  const whole = name ?? knownName
  if (whole === undefined)
    return opened[0]?.is === 'destroyed'
      ? refused('IDENTITY_DESTROYED', '/screening')
      : refused('QUARANTINE_PERSON_UNKNOWN', '/person/name')
  await noteTaken(context, actor, found)
  return done({
    name: whole,
    document: document ?? (number === undefined ? undefined : { kind: found.documentKind, number }),
    phone: phone ?? knownPhone,
    address,
  })
}
