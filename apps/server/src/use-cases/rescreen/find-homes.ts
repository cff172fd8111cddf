import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { findByDocuments, readDocumentDays, readFactsAbout } from '@guankou/db/queries/households/homes.ts'
import { homeOf } from '@guankou/domain/households/home-of.ts'
import { householdsOf } from '@guankou/domain/households/household-state.ts'
import { normaliseDocumentNumber } from '@guankou/domain/identity/normalise.ts'
import type { DataKeyOwner } from '#src/identity/day-key-store.ts'
import type { DigestsOf } from '#src/identity/identity-sealer.ts'
import { bareFacts } from '#src/use-cases/households/sealed-facts.ts'
import type { WorklistContext } from '#src/use-cases/worklists/list-scope.ts'

/** Somebody who has to be visited, by the document that they gave at a post. */
export type Sought = { readonly position: number; readonly documentKind: string; readonly document: string }

/** The digests under which somebody of a household may stand, by district: made ready once for a run. */
export const prepareHomes = async (
  { db, identity }: WorklistContext,
  own: readonly DataKeyOwner[],
): Promise<ReadonlyMap<number, DigestsOf>> => {
  const days = await readDocumentDays(
    db.query,
    own.map(({ jurisdiction }) => jurisdiction),
  )
  const prepared = new Map<number, DigestsOf>()
  for (const owner of own) {
    const others = days.filter(
      ({ jurisdiction, day }) => jurisdiction === owner.jurisdiction && day !== owner.day,
    )
    prepared.set(owner.jurisdiction, await identity.sealer.digestsOfDays([owner, ...others]))
  }
  return prepared
}

/**
 * The households of a district in which some people live now, found by their documents; who is in none is not in it.
 * @returns households by the position of the person
 */
export const findHomes = async (
  tx: AreaTransaction,
  jurisdiction: number,
  people: readonly Sought[],
  digestsOf: DigestsOf,
): Promise<ReadonlyMap<number, string>> => {
  const positions = new Map<string, number[]>()
  for (const { position, documentKind, document } of people)
    for (const digest of digestsOf(documentKind, normaliseDocumentNumber(document))) {
      const place = digest.toString('hex')
      positions.set(place, [...(positions.get(place) ?? []), position])
    }
  const sought = [...positions.keys()].map((place) => Buffer.from(place, 'hex'))
  const known = await findByDocuments(tx, jurisdiction, sought)
  if (known.length === 0) return new Map()
  const facts = await readFactsAbout(tx, jurisdiction, {
    householdIds: [...new Set(known.map(({ householdId }) => householdId))],
    personIds: [...new Set(known.map(({ personId }) => personId))],
  })
  const households = householdsOf(bareFacts(facts))
  const homes = new Map<number, string>()
  for (const { digest, personId } of known) {
    const home = homeOf(households, personId)
    if (home === undefined) continue
    for (const position of positions.get(digest.toString('hex')) ?? [])
      if (!homes.has(position)) homes.set(position, home)
  }
  return homes
}
