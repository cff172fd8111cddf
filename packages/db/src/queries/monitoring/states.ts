import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** Whose states: the city, and the model that keeps them. Their parts are hours in digits. */
type Keeper = { readonly jurisdiction: number; readonly model: string }

const states = (query: Query, { jurisdiction, model }: Keeper) =>
  query.deleteFrom('model_states').where('jurisdiction', '=', jurisdiction).where('model', '=', model)

/** Drops the states of an hour and later, and those before that are not of the end of a day. */
export const dropStatesFrom = async (query: Query, keeper: Keeper, firstPart: string): Promise<void> => {
  await states(query, keeper)
    .where((row) => row.or([row('part', '>=', firstPart), sql<boolean>`part::integer % 24 <> 23`]))
    .execute()
}

/** Drops every state. */
export const dropStates = async (query: Query, keeper: Keeper): Promise<void> => {
  await states(query, keeper).execute()
}
