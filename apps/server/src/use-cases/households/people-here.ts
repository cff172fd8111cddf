import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { type HouseholdFactRead, readFactsOfPeopleHere } from '@guankou/db/queries/households/facts.ts'
import { householdsOf } from '@guankou/domain/households/household-state.ts'
import { bareFacts } from '#src/use-cases/households/sealed-facts.ts'

/** Whom a fact describes; undefined where it says no more than who is who and where. */
const describedBy = ({ id, kind, happening }: HouseholdFactRead): string | undefined => {
  if (kind === 'member-added') return id
  return kind === 'member-changed' || kind === 'member-left'
    ? (happening as { readonly personId: string }).personId
    : undefined
}

/**
 * Facts of other households that tell who lives in some, for a team that goes there. Of somebody who turns out to live elsewhere
 * they say that much, and nothing of who it is.
 * @param own  all facts of the households themselves
 */
export const readFactsElsewhere = async (
  tx: AreaTransaction,
  jurisdiction: number,
  householdIds: readonly string[],
  own: readonly HouseholdFactRead[],
): Promise<readonly HouseholdFactRead[]> => {
  const elsewhere = await readFactsOfPeopleHere(tx, jurisdiction, householdIds)
  const households = householdsOf(bareFacts([...own, ...elsewhere]))
  const here = new Set(
    householdIds.flatMap((id) =>
      (households.get(id)?.people ?? []).flatMap((person) => [person.id, ...person.mergedIds]),
    ),
  )
  return elsewhere.filter((row) => {
    const person = describedBy(row)
    return person === undefined || here.has(person)
  })
}
