import type { VisitRules } from '@guankou/contract/households/visit-rules.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { readFactsOf } from '@guankou/db/queries/households/facts.ts'
import {
  type DerivedState,
  type HouseholdStateRead,
  updateHousehold,
} from '@guankou/db/queries/households/states.ts'
import { doorNextOf, lastCompleteMs, lastTried, settledTasks } from '@guankou/domain/households/due.ts'
import { emptyHousehold, householdsOf } from '@guankou/domain/households/household-state.ts'
import { bareFacts } from '#src/use-cases/households/sealed-facts.ts'

const dateOf = (ms: number | null | undefined): Date | null =>
  ms === null || ms === undefined ? null : new Date(ms)

/** Whether a door is in another place of the work than it was. */
const isElsewhere = (before: HouseholdStateRead, after: DerivedState): boolean =>
  !before.has_facts ||
  Object.entries(after).some(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof DerivedState]),
  )

/**
 * Writes where a door stands after all of its facts, so that it does not matter which of them came first.
 * @param state  as it was, held by this transaction
 * @returns whether that is another place than before
 */
export const settleHousehold = async (
  tx: AreaTransaction,
  state: HouseholdStateRead,
  { rules, timeZone }: { readonly rules: VisitRules; readonly timeZone: string },
): Promise<boolean> => {
  const { jurisdiction, household_id } = state
  const facts = bareFacts(await readFactsOf(tx, jurisdiction, [household_id]))
  const household = householdsOf(facts).get(household_id) ?? emptyHousehold(household_id)
  const next = doorNextOf(rules, timeZone, household)
  const tried = lastTried(household)
  const settled: DerivedState = {
    jurisdiction,
    household_id,
    // A door that a list sends somebody to keeps the cell it was found to lie in until a team says otherwise.
    grid_cell_id: household.gridCellId ?? state.grid_cell_id,
    asked: household.asked.map(({ task, dueBy, atMs }) => ({
      task,
      dueBy,
      askedAt: new Date(atMs).toISOString(),
    })),
    settled: Object.fromEntries(
      [...settledTasks(rules, household)].map(([task, atMs]) => [task, new Date(atMs).toISOString()]),
    ),
    tried_at: dateOf(tried?.atMs),
    tried_by: tried?.accountId ?? null,
    complete_at: dateOf(lastCompleteMs(rules, household)),
    last_outcome: next?.outcome ?? null,
    again_from: dateOf(next?.againFromMs),
  }
  await updateHousehold(tx, settled)
  return isElsewhere(state, settled)
}
