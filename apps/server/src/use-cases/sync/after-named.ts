const propertyOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined

/** Ids of the screenings or quarantines that a command names, or whose people it names; of anything malformed none. */
const namedIn = (command: unknown): readonly string[] => {
  const about = propertyOf(propertyOf(command, 'about'), 'screeningId')
  if (typeof about === 'string') return [about]
  const quarantineId = propertyOf(command, 'quarantineId')
  if (typeof quarantineId === 'string') return [quarantineId]
  const travellers = propertyOf(command, 'travellers')
  if (!Array.isArray(travellers)) return []
  return travellers.flatMap((traveller: unknown) => {
    const id = propertyOf(propertyOf(traveller, 'sameAs'), 'screeningId')
    return typeof id === 'string' ? [id] : []
  })
}

export type Turns = {
  /** Says what becomes of the command at a place of the push. */
  readonly begun: (place: number, id: string | null, over: Promise<unknown>) => void
  /** Resolves when those that a command names, and that stand before it, are over. */
  readonly named: (place: number, command: unknown) => Promise<void>
}

/**
 * Lets the commands of one push go at once, but those that name somebody of another one wait for it: a phone that was offline
 * sends the morning and the evening of a car together. Only what stands before is waited for, so that nobody waits in a
 * circle.
 */
export const createTurns = (): Turns => {
  const begun = new Map<string, { readonly place: number; readonly over: Promise<unknown> }>()
  return {
    begun(place, id, over) {
      if (id !== null && !begun.has(id)) begun.set(id, { place, over })
    },
    async named(place, command) {
      const before = namedIn(command).flatMap((id) => {
        const other = begun.get(id)
        return other === undefined || other.place >= place ? [] : [other.over]
      })
      if (before.length > 0) await Promise.allSettled(before)
    },
  }
}
