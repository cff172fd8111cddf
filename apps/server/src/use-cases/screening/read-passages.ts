import type { Role } from '@guankou/contract/roles.ts'
import {
  mostOffered,
  mostPassages,
  type Occupant,
  type Passage,
  type PassagesAnswer,
  passageDays,
} from '@guankou/contract/screening/passages.ts'
import {
  type ConveyanceKind,
  type DocumentKind,
  platedConveyances,
} from '@guankou/contract/screening/vocabulary.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { insertIdentityAccesses } from '@guankou/db/queries/identity-access/insert-accesses.ts'
import { insertLookUp, lockAccountLookUps } from '@guankou/db/queries/identity-access/look-ups.ts'
import {
  readPassagesOf,
  readTravellersOf,
  type SealedTraveller,
  type StoredPassage,
} from '@guankou/db/queries/screening/passages.ts'
import { maskForOffer } from '@guankou/domain/identity/mask.ts'
import { type Offered, offeredOccupants } from '@guankou/domain/screening/offered-occupants.ts'
import { normalisePlate } from '@guankou/domain/screening/plates.ts'
import type { HeldIdentity } from '@guankou/domain/screening/same-as.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { readAllowance } from '#src/use-cases/identity/limits.ts'
import { jurisdictionsOf, keyOwnerOf } from '#src/use-cases/identity/look-up-person.ts'
import { sealAccess } from '#src/use-cases/identity/seal-access.ts'
import { openIdentity } from '#src/use-cases/screening/confirmed-people.ts'

const msPerDay = 86_400_000
/** What is stored as purpose of a look-up that an officer did not ask for in words. */
const purpose = 'screening'

type Known = { readonly traveller: SealedTraveller; readonly held: HeldIdentity | null }

const limitReached = (waitSeconds: number) => ({
  ok: false as const,
  refusal: { code: 'LOOK_UP_LIMIT_REACHED' as const, retryAfterSeconds: waitSeconds },
})

const isSmall = ({ people, conveyanceKind }: StoredPassage): boolean =>
  people <= mostOffered && platedConveyances.has(conveyanceKind as ConveyanceKind)

/** By what two records of one person are known to be of one: a document, else name and phone together. */
const personKey = (held: HeldIdentity | null): string | undefined => {
  if (held?.documentNumber !== undefined) return `document|${held.documentNumber}`
  return held?.name === undefined ? undefined : `name|${held.name}|${held.phone ?? ''}`
}

const offerOf = async (
  context: ServerContext,
  passages: readonly StoredPassage[],
  travellers: readonly SealedTraveller[],
): Promise<readonly Offered<Known>[]> => {
  const known = await Promise.all(
    travellers.map(async (traveller) => ({
      traveller,
      held: await openIdentity(context.identity.sealer, traveller),
    })),
  )
  const grouped = passages.map(({ screeningId }) => ({
    occupants: known
      .filter(({ traveller }) => traveller.screeningId === screeningId)
      .map((person) => ({ person, key: personKey(person.held) })),
  }))
  return offeredOccupants(grouped).slice(0, mostOffered * 2)
}

const shown = ({ person: { traveller, held }, lastAboard }: Offered<Known>): Occupant => ({
  screeningId: traveller.screeningId,
  seat: traveller.seat,
  occurredAt: traveller.occurredAt.toISOString(),
  lastAboard,
  originCode: traveller.originCode,
  documentKind: traveller.documentKind as DocumentKind,
  fields: held === null ? [] : maskForOffer(held),
})

const toPassage = (passage: StoredPassage): Passage => ({
  screeningId: passage.screeningId,
  occurredAt: passage.occurredAt.toISOString(),
  postId: passage.postId,
  conveyanceKind: passage.conveyanceKind as ConveyanceKind,
  people: passage.people,
})

/** What each person offered can see of it: by whom, when, and which fields, covered as they were. */
const accessesOf = (
  context: ServerContext,
  { accountId, role }: { readonly accountId: string; readonly role: Role },
  at: Date,
  offered: readonly Offered<Known>[],
) =>
  Promise.all(
    offered
      .map((one) => ({ ...one.person, fields: shown(one).fields.map(({ field }) => field) }))
      .filter(({ fields }) => fields.length > 0)
      .map(({ traveller, fields }) =>
        sealAccess(context.identity.sealer, {
          jurisdiction: traveller.jurisdiction,
          occurredAt: traveller.occurredAt,
          screeningId: traveller.screeningId,
          seat: traveller.seat,
          day: traveller.day,
          at,
          accountId,
          role,
          purpose,
          reason: null,
          fields,
          via: 'passage',
          exportId: null,
        }),
      ),
  )

type Search = { readonly at: Date; readonly plate: string; readonly offered: readonly Offered<Known>[] }

/** Writes the search, who was offered, and the audit as one; nothing is answered before it stands. */
const writeSearch = async (
  context: ServerContext,
  actor: Actor,
  { at, plate, offered }: Search,
): Promise<Result<void>> => {
  const owner = keyOwnerOf(context, actor.areaCode)
  const id = v7({ msecs: at.getTime() })
  const searchedDigest = await context.identity.sealer.digestText(owner, 'sought-plate', plate)
  const accesses = await accessesOf(context, actor, at, offered)
  return inArea(context.db, actor.areaCode, async (transaction) => {
    await lockAccountLookUps(transaction, actor.accountId)
    const { waitSeconds } = await readAllowance(transaction, 'passages', actor.accountId, at.getTime())
    if (waitSeconds > 0) return limitReached(waitSeconds)
    await insertLookUp(transaction, {
      jurisdiction: actor.areaCode,
      at,
      id,
      accountId: actor.accountId,
      role: actor.role,
      purpose,
      kind: 'plate',
      searchedDigest,
      matches: offered.length,
      day: owner.day,
      reasonSealed: null,
    })
    await insertIdentityAccesses(transaction, accesses)
    const detail = `${offered.length} occupants offered`
    const act = { action: 'screening.passages', subject: id, outcome: 'done', detail }
    await auditIdentity(transaction, actor, act, at.getTime())
    return done(undefined)
  })
}

/** When a plate passed before in the area of whoever asks, and who was aboard, masked. */
export const readPassages = async (
  context: ServerContext,
  actor: Actor,
  input: { readonly plate: string },
): Promise<Result<PassagesAnswer>> => {
  if (!input.plate.isWellFormed()) return refused('TEXT_NOT_WELL_FORMED', '/plate')
  const plate = normalisePlate(input.plate)
  if (plate === '') return refused('INVALID_INPUT', '/plate')
  const at = new Date(context.now())
  const digests = await context.identity.sealer.lookUpDigests('plate', plate)
  const jurisdictions = jurisdictionsOf(context, actor.areaCode)
  const since = new Date(at.getTime() - passageDays * msPerDay)
  const found = await inArea(context.db, actor.areaCode, async (transaction) => {
    const { waitSeconds } = await readAllowance(transaction, 'passages', actor.accountId, at.getTime())
    if (waitSeconds > 0) return limitReached(waitSeconds)
    const passages = await readPassagesOf(transaction, jurisdictions, { digests, since }, mostPassages)
    return done({
      passages,
      travellers: await readTravellersOf(transaction, jurisdictions, passages.filter(isSmall)),
    })
  })
  if (!found.ok) return found
  const { passages, travellers } = found.value
  const offered = await offerOf(context, passages.filter(isSmall), travellers)
  const written = await writeSearch(context, actor, { at, plate, offered })
  if (!written.ok) return written
  return done({ passages: passages.map(toPassage), occupants: offered.map(shown) })
}
