import { type Insertable, type Kysely, type Selectable, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type StoredProposal = Selectable<Tables['rule_proposals']>
export type StoredPutAlone = Selectable<Tables['rules_put_alone']>

export const insertProposal = async (
  query: Query,
  proposal: Insertable<Tables['rule_proposals']>,
): Promise<void> => {
  await query.insertInto('rule_proposals').values(proposal).execute()
}

/** A proposal of a city. @param lock  held until the transaction ends, so that of two who decide at once one does */
export const findProposal = (
  query: Query,
  jurisdiction: number,
  id: string,
  lock = false,
): Promise<StoredProposal | undefined> => {
  const found = query
    .selectFrom('rule_proposals')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', id)
  return (lock ? found.forUpdate() : found).executeTakeFirst()
}

export type ProposalOutcome = Pick<
  StoredProposal,
  'state' | 'decided_at' | 'decided_by' | 'decider_zh' | 'decider_en' | 'reason_sealed' | 'version'
>

export const closeProposal = async (
  query: Query,
  { jurisdiction, id }: Pick<StoredProposal, 'jurisdiction' | 'id'>,
  outcome: ProposalOutcome,
): Promise<void> => {
  await query
    .updateTable('rule_proposals')
    .set(outcome)
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', id)
    .execute()
}

/** Those that nobody decided on before the others, each newest first. */
export const readProposals = (
  query: Query,
  jurisdiction: number,
  responseId: string,
  most: number,
): Promise<StoredProposal[]> =>
  query
    .selectFrom('rule_proposals')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('response_id', '=', responseId)
    .orderBy(sql`state = 'waiting'`, 'desc')
    .orderBy('proposed_at', 'desc')
    .limit(most)
    .execute()

export const insertPutAlone = async (query: Query, alone: StoredPutAlone): Promise<void> => {
  await query.insertInto('rules_put_alone').values(alone).execute()
}

/** Versions that one person put into force alone, those that no auditor has looked at first. */
export const readPutAlone = (query: Query, jurisdiction: number, most: number) =>
  query
    .selectFrom('rules_put_alone as a')
    .innerJoin('rule_set_publications as p', (join) =>
      join.onRef('p.response_id', '=', 'a.response_id').onRef('p.version', '=', 'a.version'),
    )
    .selectAll('a')
    .select(['p.published_at', 'p.name_zh', 'p.name_en'])
    .where('a.jurisdiction', '=', jurisdiction)
    .orderBy(sql`a.reviewed_at is null`, 'desc')
    .orderBy('p.published_at', 'desc')
    .limit(most)
    .execute()

/** Notes who looked at it; the first time stays. @returns undefined where there is no such version */
export const reviewPutAlone = async (
  query: Query,
  { jurisdiction, response_id, version }: Pick<StoredPutAlone, 'jurisdiction' | 'response_id' | 'version'>,
  review: Pick<StoredPutAlone, 'reviewed_at' | 'reviewed_by' | 'reviewer_zh' | 'reviewer_en'>,
): Promise<Date | undefined> => {
  const of = { jurisdiction, response_id, version }
  await query
    .updateTable('rules_put_alone')
    .set(review)
    .where((eb) => eb.and(of))
    .where('reviewed_at', 'is', null)
    .execute()
  const row = await query
    .selectFrom('rules_put_alone')
    .select('reviewed_at')
    .where((eb) => eb.and(of))
    .executeTakeFirst()
  return row?.reviewed_at ?? undefined
}
