import type { SameAs } from '@guankou/contract/screening/record-screening.ts'
import type { DocumentKind } from '@guankou/contract/screening/vocabulary.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import type { Database } from '@guankou/db/database.ts'
import type { SealedIdentity } from '@guankou/db/queries/screening/insert-screenings.ts'
import { readTravellersOf, type SealedTraveller } from '@guankou/db/queries/screening/passages.ts'
import { type HeldIdentity, identityOf, isNamed, takeIdentity } from '@guankou/domain/screening/same-as.ts'
import type { ScreeningRecorded } from '@guankou/domain/screening/screening-recorded.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import type { Actor } from '#src/actor.ts'
import { fieldPlace, type IdentitySealer } from '#src/identity/identity-sealer.ts'
import type { ReferenceCache } from '#src/reference/reference-cache.ts'
import { jurisdictionsOf } from '#src/use-cases/identity/look-up-person.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'

type Parts = { readonly db: Database; readonly reference: ReferenceCache; readonly sealer: IdentitySealer }

type ConfirmedAs = NonNullable<SealedIdentity['confirmedAs']>

export type WithConfirmed = {
  readonly fact: ScreeningRecorded
  /** In the order of `fact.travellers`. */
  readonly confirmedAs: readonly (ConfirmedAs | undefined)[]
  /** Seats that were to have an identity and have none. */
  readonly withoutIdentity: readonly number[]
}

const openText = async (
  sealer: IdentitySealer,
  person: SealedTraveller,
  field: 'document' | 'name' | 'phone',
): Promise<string | undefined> => {
  const envelope = person[field]
  if (envelope === null) return undefined
  return sealer.open(person, fieldPlace(person.screeningId, person.seat, field), envelope)
}

/** Opens what is held of somebody; null where the key of that day is destroyed. */
export const openIdentity = (sealer: IdentitySealer, person: SealedTraveller): Promise<HeldIdentity | null> =>
  unlessDestroyed(
    (async () => ({
      documentKind: person.documentKind as DocumentKind,
      documentNumber: await openText(sealer, person, 'document'),
      name: await openText(sealer, person, 'name'),
      phone: await openText(sealer, person, 'phone'),
    }))(),
  )

const keyOf = ({ screeningId, seat }: SameAs): string => `${screeningId}|${seat}`

const readNamed = async (
  { db, reference }: Parts,
  { areaCode }: Actor,
  named: readonly SameAs[],
): Promise<ReadonlyMap<string, SealedTraveller>> => {
  const keys = [...new Set(named.map(({ screeningId }) => screeningId))].map((screeningId) => ({
    screeningId,
    occurredAt: new Date(uuidTimeMs(screeningId)),
  }))
  const found = await inArea(db, areaCode, (transaction) =>
    readTravellersOf(transaction, jurisdictionsOf({ reference }, areaCode), keys),
  )
  return new Map(found.map((person) => [keyOf(person), person]))
}

/**
 * Puts the identities of those whom the inspector confirmed into the fact, so that they are sealed with it under the key of
 * this day. It is read in the area of whoever confirmed, before the fact is written and not within: a key service may take
 * its time, and nobody else should wait for it. Who cannot be found stays aboard without identity, and is told.
 * @throws KeyServiceUnavailableError
 */
export const withConfirmedPeople = async (
  parts: Parts,
  actor: Actor,
  fact: ScreeningRecorded,
): Promise<WithConfirmed> => {
  const named = fact.travellers.flatMap(({ entered }) => entered.sameAs ?? [])
  if (named.length === 0) return { fact, confirmedAs: [], withoutIdentity: [] }
  const people = await readNamed(parts, actor, named)
  const resolved = await Promise.all(
    fact.travellers.map(async (traveller) => {
      const { sameAs } = traveller.entered
      if (sameAs === undefined) return { traveller, confirmedAs: undefined }
      const person = people.get(keyOf(sameAs))
      const held = person === undefined ? undefined : await openIdentity(parts.sealer, person)
      if (held === null) return { traveller, confirmedAs: 'expired' as const }
      if (held === undefined || !isNamed(held)) return { traveller, confirmedAs: 'unknown' as const }
      const entered = takeIdentity(traveller.entered, held)
      return { traveller: { ...traveller, entered }, confirmedAs: 'resolved' as const }
    }),
  )
  return {
    fact: { ...fact, travellers: resolved.map(({ traveller }) => traveller) },
    confirmedAs: resolved.map(({ confirmedAs }) => confirmedAs),
    withoutIdentity: resolved
      .filter(
        ({ traveller, confirmedAs }) => confirmedAs !== undefined && !isNamed(identityOf(traveller.entered)),
      )
      .map(({ traveller }) => traveller.entered.seat),
  }
}
