const msPerDay = 86_400_000
/** Where a list does not say when somebody came, a call of so many days ago still counts for it. */
const countsForDays = 3

/**
 * Whether a call that closed one row counts for a new row about the same person: only where it was made after they came this
 * time, since whoever was well before another journey has to be asked again.
 * @param closed.day  local day on which the call was made   @param arrivedOn  as the new row says, YYYY-MM-DD
 * @example callCounts({ atMs: 0, day: '2020-02-01' }, { arrivedOn: '2020-02-05', broughtAtMs: 0 }) // false
 */
export const callCounts = (
  closed: { readonly atMs: number; readonly day: string },
  row: { readonly arrivedOn: string | undefined; readonly broughtAtMs: number },
): boolean =>
  row.arrivedOn === undefined
    ? row.broughtAtMs - closed.atMs <= countsForDays * msPerDay
    : closed.day >= row.arrivedOn
