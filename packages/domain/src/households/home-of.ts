import type { Household } from '#src/households/household-state.ts'

/** The household in which somebody lives now, under whichever of their entries; undefined where they left. */
export const homeOf = (households: ReadonlyMap<string, Household>, personId: string): string | undefined =>
  [...households.values()].find(({ people }) =>
    people.some(({ id, mergedIds }) => id === personId || mergedIds.includes(personId)),
  )?.id
