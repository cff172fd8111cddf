import { type Kysely, sql } from 'kysely'
import type { HouseholdFactRead } from '#src/queries/households/facts.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

type Owner = { readonly jurisdiction: number; readonly day: string }

/** A fact with the digests it has, by kind. */
export type DigestedHouseholdFact = Pick<HouseholdFactRead, 'id' | 'happening' | 'sealed'> & {
  readonly kind: string
  readonly digest: Buffer
}

/** Digests of the facts of a day, with what they were made from, in order after a fact. */
export const readDigestedHouseholdFacts = async (
  query: Query,
  owner: Owner,
  after: string,
  limit: number,
): Promise<DigestedHouseholdFact[]> => {
  const { rows } = await sql<DigestedHouseholdFact>`
    select f.id, f.happening, f.sealed, d.kind, d.digest
    from household_facts f
    join household_digests d on d.jurisdiction = f.jurisdiction and d.fact_id = f.id
    where f.jurisdiction = ${owner.jurisdiction} and f.day = ${owner.day} and f.sealed is not null
      and f.id in (
        select id from household_facts
        where jurisdiction = ${owner.jurisdiction} and day = ${owner.day} and sealed is not null and id > ${after}
        order by id limit ${limit})
    order by f.id, d.kind`.execute(query)
  return rows
}

/** The last of the facts that a step reads, with digests or without; nothing where there is none. */
export const lastHouseholdFactAfter = async (
  query: Query,
  owner: Owner,
  after: string,
  limit: number,
): Promise<string | undefined> => {
  const { rows } = await sql<{ id: string }>`
    select id from household_facts
    where jurisdiction = ${owner.jurisdiction} and day = ${owner.day} and sealed is not null and id > ${after}
    order by id limit ${limit}`.execute(query)
  return rows.at(-1)?.id
}

export type DigestedEscalation = {
  readonly id: string
  readonly addressSealed: Buffer
  readonly kind: string
  readonly digest: Buffer
}

/** Digests of the addresses that lists of a day send somebody to. */
export const readDigestedEscalations = async (query: Query, owner: Owner): Promise<DigestedEscalation[]> => {
  const { rows } = await sql<DigestedEscalation>`
    select f.id, f.address_sealed as "addressSealed", d.kind, d.digest
    from worklists l
    join worklist_facts f on f.jurisdiction = l.jurisdiction and f.occurred_at = l.occurred_at and f.list_id = l.id
    join household_digests d on d.jurisdiction = f.jurisdiction and d.fact_id = f.id
    where l.jurisdiction = ${owner.jurisdiction} and l.day = ${owner.day} and f.address_sealed is not null`.execute(
    query,
  )
  return rows
}

/** Digests of doors that carry the id of an episode, by its address, for episodes that are kept until a day. */
export const readDigestedQuarantineDoors = async (
  query: Query,
  owner: Owner,
): Promise<DigestedEscalation[]> => {
  const { rows } = await sql<DigestedEscalation>`
    select d.fact_id as id, s.sealed as "addressSealed", d.kind, d.digest
    from quarantine_seals s
    join quarantine_doors q on q.jurisdiction = s.jurisdiction and q.occurred_at = s.occurred_at
      and q.quarantine_id = s.quarantine_id and q.household_id = s.quarantine_id
    join household_digests d on d.jurisdiction = s.jurisdiction and d.fact_id = s.quarantine_id
    where s.jurisdiction = ${owner.jurisdiction} and s.kept_day = ${owner.day} and s.place = 'address'`.execute(
    query,
  )
  return rows
}

export const replaceHouseholdDigest = async (
  query: Query,
  jurisdiction: number,
  { id, kind, digest }: { readonly id: string; readonly kind: string; readonly digest: Buffer },
): Promise<void> => {
  await query
    .updateTable('household_digests')
    .set({ digest })
    .where('jurisdiction', '=', jurisdiction)
    .where('fact_id', '=', id)
    .where('kind', '=', kind)
    .execute()
}
