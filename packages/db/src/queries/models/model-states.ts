import type { Kysely } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type StateOwner = {
  readonly jurisdiction: number
  readonly model: string
  readonly modelVersion: string
}

/** A state without its content, to find out which one fits. */
export type StateMark = { readonly part: string; readonly digest: Buffer }

const states = (query: Query, { jurisdiction, model, modelVersion }: StateOwner) =>
  query
    .selectFrom('model_states')
    .where('jurisdiction', '=', jurisdiction)
    .where('model', '=', model)
    .where('model_version', '=', modelVersion)

/** States of this version of the model, the last part first. */
export const readStateMarks = (query: Query, owner: StateOwner): Promise<StateMark[]> =>
  states(query, owner).select(['part', 'digest']).orderBy('part', 'desc').execute()

export const readState = async (query: Query, owner: StateOwner, part: string): Promise<Buffer | undefined> =>
  (await states(query, owner).select('content').where('part', '=', part).executeTakeFirst())?.content

/** Writes a state in place of the one that its part had, of whichever version. */
export const writeState = async (
  query: Query,
  { jurisdiction, model, modelVersion }: StateOwner,
  state: StateMark & { readonly content: Buffer; readonly notedAt: Date },
): Promise<void> => {
  const { part, digest, content, notedAt } = state
  const changing = { model_version: modelVersion, digest, content, noted_at: notedAt }
  await query
    .insertInto('model_states')
    .values({ jurisdiction, model, part, ...changing })
    .onConflict((conflict) => conflict.columns(['jurisdiction', 'model', 'part']).doUpdateSet(changing))
    .execute()
}

/** Drops states of parts before one, and of other versions. */
export const pruneStates = async (query: Query, owner: StateOwner, firstPart: string): Promise<void> => {
  await query
    .deleteFrom('model_states')
    .where('jurisdiction', '=', owner.jurisdiction)
    .where('model', '=', owner.model)
    .where((row) => row.or([row('part', '<', firstPart), row('model_version', '<>', owner.modelVersion)]))
    .execute()
}
