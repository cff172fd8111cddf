import type { PersonState } from '@guankou/domain/households/household-state.ts'

/** Somebody of a household by any of their entries. */
export const personWith = (people: readonly PersonState[], id: string | undefined): PersonState | undefined =>
  people.find((person) => person.id === id || (id !== undefined && person.mergedIds.includes(id)))
