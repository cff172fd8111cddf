import { type Kysely, type Selectable, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type HouseholdFactRead = Selectable<Tables['household_facts']>
export type HouseholdDigest = Selectable<Tables['household_digests']>
export type StoredHouseholdFact = Omit<HouseholdFactRead, 'happening'> & { readonly happening: object }

/** @returns false where the id is there already */
export const insertHouseholdFact = async (query: Query, fact: StoredHouseholdFact): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('household_facts')
    .values({ ...fact, happening: JSON.stringify(fact.happening) })
    .onConflict((conflict) => conflict.columns(['jurisdiction', 'id']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export const insertHouseholdDigests = async (
  query: Query,
  digests: readonly HouseholdDigest[],
): Promise<void> => {
  if (digests.length > 0)
    await query
      .insertInto('household_digests')
      .values([...digests])
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

export const findHouseholdFact = (query: Query, jurisdiction: number, id: string) =>
  query
    .selectFrom('household_facts')
    .select(['recorded_at as recordedAt', 'content_digest as contentDigest'])
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', id)
    .executeTakeFirst()

const ofJurisdiction = (query: Query, jurisdiction: number) =>
  query.selectFrom('household_facts').selectAll().where('jurisdiction', '=', jurisdiction)

/** Facts of some households. */
export const readFactsOf = async (
  query: Query,
  jurisdiction: number,
  householdIds: readonly string[],
): Promise<HouseholdFactRead[]> =>
  householdIds.length === 0
    ? []
    : ofJurisdiction(query, jurisdiction).where('household_id', 'in', householdIds).execute()

/** Entries of people who were added in some households or moved into one of them. */
const readEntriesHere = async (
  query: Query,
  jurisdiction: number,
  householdIds: readonly string[],
): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ personId: string }>`
    select id::text as "personId" from household_facts
    where jurisdiction = ${jurisdiction} and kind = 'member-added' and household_id = any(${householdIds}::uuid[])
    union
    select happening ->> 'personId' from household_facts
    where jurisdiction = ${jurisdiction} and kind = 'member-moved'
      and happening ->> 'toHouseholdId' = any(${householdIds}::text[])`.execute(query)
  return new Set(rows.map(({ personId }) => personId))
}

/** Entries with all that were ever said to be the same person, however many were merged one into another. */
const withMerged = async (
  query: Query,
  jurisdiction: number,
  entries: ReadonlySet<string>,
): Promise<readonly string[]> => {
  const all = new Set(entries)
  for (let fresh = [...entries]; fresh.length > 0; ) {
    const { rows } = await sql<{ keptId: string; mergedId: string }>`
      select happening ->> 'keptId' as "keptId", happening ->> 'mergedId' as "mergedId" from household_facts
      where jurisdiction = ${jurisdiction} and kind = 'members-merged'
        and (happening ->> 'keptId' = any(${fresh}::text[]) or happening ->> 'mergedId' = any(${fresh}::text[]))`.execute(
      query,
    )
    const linked = rows.flatMap(({ keptId, mergedId }) => [keptId, mergedId])
    fresh = [...new Set(linked)].filter((id) => !all.has(id))
    for (const id of fresh) all.add(id)
  }
  return [...all]
}

/**
 * Facts of others than these households, about people who were added here, moved here, or are the same as one of those: what two
 * teams said of somebody apart from each other may lie in two households. Nothing else of where they came from.
 */
export const readFactsOfPeopleHere = async (
  query: Query,
  jurisdiction: number,
  householdIds: readonly string[],
): Promise<HouseholdFactRead[]> => {
  if (householdIds.length === 0) return []
  const here = await readEntriesHere(query, jurisdiction, householdIds)
  if (here.size === 0) return []
  const people = await withMerged(query, jurisdiction, here)
  const elsewhere = ofJurisdiction(query, jurisdiction).where(
    sql<boolean>`household_id <> all(${householdIds}::uuid[])`,
  )
  const about = [
    ...(await elsewhere.where(sql<boolean>`id = any(${people}::uuid[])`).execute()),
    ...(await elsewhere
      .where(sql<boolean>`happening ? 'personId' and happening ->> 'personId' = any(${people}::text[])`)
      .execute()),
    ...(await elsewhere
      .where('kind', '=', 'members-merged')
      .where(
        sql<boolean>`(happening ->> 'keptId' = any(${people}::text[])
          or happening ->> 'mergedId' = any(${people}::text[]))`,
      )
      .execute()),
  ]
  // An entry may be taken back in another household than it was made in, and so may a merge.
  const undone = await readUndoingOf(query, jurisdiction, [...people, ...about.map(({ id }) => id)])
  return [...about, ...undone.filter((fact) => !householdIds.includes(fact.household_id))]
}

/** What undid some facts, and what undid that. */
export const readUndoingOf = async (
  query: Query,
  jurisdiction: number,
  factIds: readonly string[],
): Promise<HouseholdFactRead[]> => {
  const found: HouseholdFactRead[] = []
  for (let ids = factIds; ids.length > 0; ) {
    const known = new Set(found.map(({ id }) => id))
    const next = await ofJurisdiction(query, jurisdiction)
      .where('kind', '=', 'undone')
      .where(sql<string>`happening ->> 'factId'`, 'in', ids)
      .execute()
    const fresh = next.filter(({ id }) => !known.has(id))
    found.push(...fresh)
    ids = fresh.map(({ id }) => id)
  }
  return found
}

export type FoundDigest = {
  readonly kind: string
  readonly householdId: string
  readonly personId: string | null
  readonly gridCellId: number | null
}

/** Doors and people of a jurisdiction that stand under one of some digests, without what was undone. */
export const findByDigest = async (
  query: Query,
  jurisdiction: number,
  digests: readonly Buffer[],
  most: number,
): Promise<readonly FoundDigest[]> => {
  if (digests.length === 0) return []
  const { rows } = await sql<FoundDigest>`
    select distinct d.kind, d.household_id as "householdId", d.person_id as "personId",
      s.grid_cell_id as "gridCellId"
    from household_digests d
    left join household_states s on s.jurisdiction = d.jurisdiction and s.household_id = d.household_id
    where d.jurisdiction = ${jurisdiction} and d.digest = any(${digests}::bytea[])
      and not exists (select from household_facts u where u.jurisdiction = d.jurisdiction and u.kind = 'undone'
        and u.happening ->> 'factId' = d.fact_id::text
        and not exists (select from household_facts v where v.jurisdiction = u.jurisdiction and v.kind = 'undone'
          and v.happening ->> 'factId' = u.id::text))
    order by d.kind, d.household_id limit ${most}`.execute(query)
  return rows
}

/** Households that some people were said to have moved to. */
export const findMovesOf = async (
  query: Query,
  jurisdiction: number,
  personIds: readonly string[],
): Promise<readonly string[]> => {
  if (personIds.length === 0) return []
  const { rows } = await sql<{ householdId: string }>`
    select distinct happening ->> 'toHouseholdId' as "householdId" from household_facts
    where jurisdiction = ${jurisdiction} and kind = 'member-moved'
      and happening ->> 'personId' = any(${personIds}::text[])`.execute(query)
  return rows.map(({ householdId }) => householdId)
}

/** Accounts among those named that work in a community team. */
export const readCommunityAccounts = async (
  query: Query,
  ids: readonly string[],
  roles: readonly string[],
) =>
  ids.length === 0
    ? []
    : query
        .selectFrom('accounts')
        .select(['id', 'role', 'name_zh', 'name_en', 'area_code as areaCode'])
        .where('id', 'in', ids)
        .where('role', 'in', roles)
        .orderBy('id')
        .execute()

/** Accounts in use that work in a community team, by role and name, at most `most`. */
export const listCommunityAccounts = (query: Query, roles: readonly string[], most: number) =>
  query
    .selectFrom('accounts')
    .select(['id', 'role', 'name_zh', 'name_en', 'area_code as areaCode'])
    .where('role', 'in', roles)
    .where('disabled_at', 'is', null)
    .orderBy('role')
    .orderBy('name_zh')
    .orderBy('id')
    .limit(most)
    .execute()

/** Whether a grid cell lies in a jurisdiction. */
export const hasGridCell = async (query: Query, jurisdiction: number, id: number): Promise<boolean> =>
  (await query
    .selectFrom('grid_cells')
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', id)
    .executeTakeFirst()) !== undefined
