import { addDays } from '#src/places/calendar.ts'

/**
 * The day until which a request is answered: that of the clock of the installation, or the day before what it is about is
 * destroyed, whichever comes first; never before the day after it was asked.
 * @param askedOn  local day   @param answerDays  by law or stricter
 * @param destroyFrom  day on which the identity is destroyed; null where it is already
 * @example dueOn('2020-02-10', 30, '2020-03-09') // '2020-03-08'
 */
export const dueOn = (askedOn: string, answerDays: number, destroyFrom: string | null): string => {
  const byClock = addDays(askedOn, answerDays)
  if (destroyFrom === null) return byClock
  const before = addDays(destroyFrom, -1)
  const earliest = addDays(askedOn, 1)
  if (before >= byClock) return byClock
  return before > earliest ? before : earliest
}
