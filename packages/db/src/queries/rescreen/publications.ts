import type { RuleSet } from '@guankou/contract/responses/response.ts'
import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type StoredPublication = Selectable<Tables['rule_set_publications']>

/**
 * Adds the next version of a response with who put it into force.
 * @returns false where somebody else was first
 */
export const insertRuleSet = async (
  query: Query,
  ruleSet: RuleSet,
  publication: StoredPublication,
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('rule_sets')
    .values({
      response_id: publication.response_id,
      version: ruleSet.version,
      document: JSON.stringify(ruleSet),
    })
    .onConflict((conflict) => conflict.columns(['response_id', 'version']).doNothing())
    .executeTakeFirst()
  if ((numInsertedOrUpdatedRows ?? 0n) === 0n) return false
  await query.insertInto('rule_set_publications').values(publication).execute()
  return true
}

export const readPublications = (query: Query, responseId: string): Promise<StoredPublication[]> =>
  query
    .selectFrom('rule_set_publications')
    .selectAll()
    .where('response_id', '=', responseId)
    .orderBy('version')
    .execute()
