import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'
import { type HouseholdFactRead, readFactsOf, readUndoingOf } from './facts.ts'

type Query = Kysely<Tables>

/** Somebody of a household who stands under a digest of their document. */
export type KnownByDocument = {
  readonly digest: Buffer
  readonly householdId: string
  readonly personId: string
}

/** Local days of a jurisdiction on which a document of anybody in a household was recorded. */
export const readDocumentDays = async (
  query: Query,
  jurisdictions: readonly number[],
): Promise<readonly { readonly jurisdiction: number; readonly day: string }[]> => {
  const { rows } = await sql<{ jurisdiction: number; day: string }>`
    select distinct f.jurisdiction, f.day from household_facts f
    join household_digests d on d.jurisdiction = f.jurisdiction and d.fact_id = f.id and d.kind = 'document'
    where f.jurisdiction = any(${jurisdictions}::integer[]) order by f.day desc`.execute(query)
  return rows
}

/** People of households in a jurisdiction by their documents, the latest entry first; without what was undone. */
export const findByDocuments = async (
  query: Query,
  jurisdiction: number,
  digests: readonly Buffer[],
): Promise<readonly KnownByDocument[]> => {
  if (digests.length === 0) return []
  const { rows } = await sql<KnownByDocument>`
    select d.digest, d.household_id as "householdId", d.person_id as "personId" from household_digests d
    where d.jurisdiction = ${jurisdiction} and d.kind = 'document' and d.person_id is not null
      and d.digest = any(${digests}::bytea[])
      and not exists (select from household_facts u where u.jurisdiction = d.jurisdiction and u.kind = 'undone'
        and u.happening ->> 'factId' = d.fact_id::text
        and not exists (select from household_facts v where v.jurisdiction = u.jurisdiction and v.kind = 'undone'
          and v.happening ->> 'factId' = u.id::text))
    order by d.fact_id desc`.execute(query)
  return rows
}

/** Facts by which one knows where some people live now: of their households, and about them anywhere. */
export const readFactsAbout = async (
  query: Query,
  jurisdiction: number,
  {
    householdIds,
    personIds,
  }: { readonly householdIds: readonly string[]; readonly personIds: readonly string[] },
): Promise<readonly HouseholdFactRead[]> => {
  const own = await readFactsOf(query, jurisdiction, householdIds)
  if (personIds.length === 0) return own
  const elsewhere = await query
    .selectFrom('household_facts')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('household_id', 'not in', householdIds)
    .where(sql<boolean>`happening ? 'personId'`)
    .where(sql<string>`happening ->> 'personId'`, 'in', personIds)
    .execute()
  const ids = elsewhere.map(({ id }) => id)
  return [...own, ...elsewhere, ...(await readUndoingOf(query, jurisdiction, ids))]
}

export type SentTo = {
  readonly jurisdiction: number
  readonly householdId: string
  readonly at: Date
  readonly dueBy: string
}

/** Sends somebody to a household that is on file; what was asked of it before and is still due keeps the earlier day. */
export const sendToHousehold = async (
  query: Query,
  { jurisdiction, householdId, at, dueBy }: SentTo,
): Promise<void> => {
  await sql`
    update household_states set escalated_at = ${at}, escalated_due_by = case
      when escalated_at > coalesce((settled ->> 'escalated')::timestamptz, '-infinity')
        then least(escalated_due_by, ${dueBy}::date)
      else ${dueBy}::date end
    where jurisdiction = ${jurisdiction} and household_id = ${householdId}`.execute(query)
}
