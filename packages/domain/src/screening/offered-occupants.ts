/** A passage as far as it matters for whom to offer; `key` tells two records of one person, where anything does. */
export type PassageWithPeople<Person> = {
  readonly occupants: readonly { readonly person: Person; readonly key: string | undefined }[]
}

export type Offered<Person> = { readonly person: Person; readonly lastAboard: boolean }

/**
 * Whom to offer when a vehicle is here again: everyone who was in it last time, and from earlier times those who have a name
 * and were not. Each person once, as they were recorded last.
 * @param passages  of one vehicle, newest first
 */
export const offeredOccupants = <Person>(
  passages: readonly PassageWithPeople<Person>[],
): readonly Offered<Person>[] => {
  const seen = new Set<string>()
  return passages.flatMap(({ occupants }, index) => {
    const lastAboard = index === 0
    return occupants.flatMap(({ person, key }) => {
      if (key === undefined) return lastAboard ? [{ person, lastAboard }] : []
      if (seen.has(key)) return []
      seen.add(key)
      return [{ person, lastAboard }]
    })
  })
}
