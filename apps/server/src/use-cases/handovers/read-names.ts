import type { QueryOf } from '@guankou/contract/endpoint.ts'
import type { readHandoverNames as declared, HandoverNames } from '@guankou/contract/handovers/endpoints.ts'
import type { DocumentKind } from '@guankou/contract/screening/vocabulary.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readHandoverFile } from '@guankou/db/queries/handovers/handovers.ts'
import { type FoundPerson, findPerson } from '@guankou/db/queries/identity-access/find-people.ts'
import { insertIdentityAccesses } from '@guankou/db/queries/identity-access/insert-accesses.ts'
import { maskField } from '@guankou/domain/identity/mask.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { handoverKey } from '#src/use-cases/handovers/handover-facts.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { sealAccess } from '#src/use-cases/identity/seal-access.ts'
import { openField } from '#src/use-cases/identity/show-person.ts'

type Query = QueryOf<typeof declared>

/** Those who are taken along; who sat near stays, and is not shown to whoever takes the others. */
const findTaken = (context: ServerContext, actor: Actor, { jurisdiction, id }: Query) =>
  inArea(context.db, actor.areaCode, async (tx) => {
    const file = await readHandoverFile(tx, handoverKey(jurisdiction, id))
    const screeningId = file?.opening?.screeningId
    if (file === undefined || screeningId === undefined) return undefined
    const found: FoundPerson[] = []
    for (const { seat, part } of file.people) {
      if (part === 'near') continue
      const occurredAt = new Date(uuidTimeMs(screeningId))
      const person = await findPerson(tx, { jurisdiction, occurredAt, screeningId, seat })
      if (person !== undefined) found.push(person)
    }
    return found
  })

/** Writes down, where each person sees it, that they are looked at, and why; nothing is answered before it stands. */
const noteAccess = async (
  context: ServerContext,
  actor: Actor,
  { people, handoverId }: { readonly people: readonly FoundPerson[]; readonly handoverId: string },
): Promise<void> => {
  const at = new Date(context.now())
  const accesses = await Promise.all(
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
        purpose: 'hand-over',
        reason: null,
        fields: ['name'],
        via: 'look-up',
        exportId: null,
      }),
    ),
  )
  await inArea(context.db, actor.areaCode, async (tx) => {
    await insertIdentityAccesses(tx, accesses)
    const detail = `${people.length} people, covered`
    const act = { action: 'handovers.names', subject: handoverId, outcome: 'done', detail }
    await auditIdentity(tx, actor, act, at.getTime())
  })
}

/** Covered names of those who are handed over, for whoever takes them. */
export const readNames = async (
  context: ServerContext,
  actor: Actor,
  query: Query,
): Promise<Result<HandoverNames>> => {
  const people = await findTaken(context, actor, query)
  if (people === undefined) return refused('UNKNOWN_HANDOVER')
  await noteAccess(context, actor, { people, handoverId: query.id })
  const { sealer } = context.identity
  const shown: HandoverNames['people'] = []
  for (const person of people) {
    const opened = await openField(sealer, person, 'name')
    shown.push({
      seat: person.seat,
      documentKind: person.documentKind as DocumentKind,
      maskedName: opened.is === 'text' ? maskField('name', opened.text) : null,
    })
  }
  return done({ people: shown })
}
