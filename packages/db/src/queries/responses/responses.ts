import type { Response, RuleSet, RulesBy } from '@guankou/contract/responses/response.ts'
import type { Kysely } from 'kysely'
import { readRenewedEnds } from '#src/queries/retention/renewals.ts'
import type { Tables } from '#src/rows/tables.ts'

/** Every response with every version of its rules, oldest version first; it ends when its newest renewal says. */
export const readResponses = async (query: Kysely<Tables>): Promise<Response[]> => {
  const responses = await query.selectFrom('responses').selectAll().orderBy('id').execute()
  const ruleSets = await query
    .selectFrom('rule_sets')
    .selectAll()
    .orderBy('response_id')
    .orderBy('version')
    .execute()
  const renewedEnds = await readRenewedEnds(query)
  return responses.map((row) => ({
    id: row.id,
    name: { zh: row.name_zh, en: row.name_en },
    collectionFrom: row.collection_from,
    collectionUntil: renewedEnds.get(row.id) ?? row.collection_until,
    ...(row.rules_by === 'one-person' ? { rulesBy: 'one-person' as const } : {}),
    ruleSets: ruleSets
      .filter((ruleSet) => ruleSet.response_id === row.id)
      .map((ruleSet) => ruleSet.document as unknown as RuleSet),
  }))
}

/** Adds a response with its rule sets. @param tx  a transaction, so that it is all or nothing */
export const insertResponse = async (tx: Kysely<Tables>, response: Response): Promise<void> => {
  await tx
    .insertInto('responses')
    .values({
      id: response.id,
      name_zh: response.name.zh,
      name_en: response.name.en,
      collection_from: response.collectionFrom,
      collection_until: response.collectionUntil,
      rules_by: response.rulesBy ?? 'two-people',
    })
    .execute()
  await tx
    .insertInto('rule_sets')
    .values(
      response.ruleSets.map((ruleSet) => ({
        response_id: response.id,
        version: ruleSet.version,
        document: JSON.stringify(ruleSet),
      })),
    )
    .execute()
}

/** Says who puts areas at risk of a response into force. */
export const updateRulesBy = async (tx: Kysely<Tables>, id: string, by: RulesBy): Promise<void> => {
  await tx.updateTable('responses').set({ rules_by: by }).where('id', '=', id).execute()
}

/** How many versions of rules there are, of all responses. */
export const countRuleSets = async (query: Kysely<Tables>): Promise<number> => {
  const { versions } = await query
    .selectFrom('rule_sets')
    .select((eb) => eb.fn.countAll<string>().as('versions'))
    .executeTakeFirstOrThrow()
  return Number(versions)
}
