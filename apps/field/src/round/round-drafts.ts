/** Something that is being entered at a door and not recorded yet. */
export type KeptDraft = { readonly value: unknown; readonly atMs: number }

/** Drafts by their place: what is entered, and at which door. */
export type RoundDrafts = Readonly<Record<string, KeptDraft>>

/** A visit that is not signed is over by then; what was measured in it must not stand in the next one. */
const draftKeptMs = 4 * 60 * 60_000

/** A place of something that is entered at a door. @example draftPlace('h', 'part', 'health') // "h part health" */
export const draftPlace = (householdId: string, ...what: readonly string[]): string =>
  [householdId, ...what].join(' ')

/** Drafts that still count. @param kept  as they lay on the phone */
export const freshDrafts = (kept: unknown, nowMs: number): RoundDrafts =>
  typeof kept === 'object' && kept !== null
    ? Object.fromEntries(
        Object.entries(kept as RoundDrafts).filter(([, { atMs }]) => nowMs - atMs < draftKeptMs),
      )
    : {}

/** Takes a draft in, in the place of the one before; undefined forgets it. */
export const withDraft = (drafts: RoundDrafts, place: string, value: unknown, nowMs: number): RoundDrafts => {
  const { [place]: _, ...rest } = drafts
  return value === undefined ? rest : { ...rest, [place]: { value, atMs: nowMs } }
}

/** Forgets what was entered of the parts of a visit at a door: a visit begins, or ends in an outcome. */
export const withoutParts = (drafts: RoundDrafts, householdId: string): RoundDrafts =>
  Object.fromEntries(
    Object.entries(drafts).filter(([place]) => !place.startsWith(draftPlace(householdId, 'part', ''))),
  )
