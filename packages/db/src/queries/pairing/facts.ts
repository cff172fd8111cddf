import type { Kysely, Selectable } from 'kysely'
import type { StoredPairing } from '#src/queries/pairing/pairings.ts'
import type { PairingTables } from '#src/rows/pairing.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>
type PairingKey = Pick<StoredPairing, 'jurisdiction' | 'occurred_at' | 'id'>

export type StoredPairingFact = Selectable<PairingTables['pairing_facts']>

const factsOf = (query: Query, { jurisdiction, occurred_at, id }: PairingKey) =>
  query
    .selectFrom('pairing_facts')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '=', occurred_at)
    .where('pairing_id', '=', id)

/** What was said after a place in the order. */
export const readPairingFacts = (
  query: Query,
  key: PairingKey,
  after: number,
): Promise<StoredPairingFact[]> => factsOf(query, key).where('seq', '>', after).orderBy('seq').execute()

export const findPairingFact = (
  query: Query,
  key: PairingKey,
  factId: string,
): Promise<StoredPairingFact | undefined> => factsOf(query, key).where('id', '=', factId).executeTakeFirst()

/** The subject that was at hand when something was asked. */
export const findSubjectBefore = (
  query: Query,
  key: PairingKey,
  seq: number,
): Promise<StoredPairingFact | undefined> =>
  factsOf(query, key)
    .where('kind', '=', 'subject')
    .where('seq', '<', seq)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()

export const insertPairingFact = async (query: Query, fact: StoredPairingFact): Promise<void> => {
  await query.insertInto('pairing_facts').values(fact).execute()
}

/** Facts of several pairings, in order. */
export const readFactsOfAll = (query: Query, pairingIds: readonly string[]): Promise<StoredPairingFact[]> =>
  pairingIds.length === 0
    ? Promise.resolve([])
    : query
        .selectFrom('pairing_facts')
        .selectAll()
        .where('pairing_id', 'in', pairingIds)
        .orderBy('pairing_id')
        .orderBy('seq')
        .execute()
