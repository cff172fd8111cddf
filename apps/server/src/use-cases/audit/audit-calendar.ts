import type { Jurisdiction } from '@guankou/contract/places/place.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import { instantsOfDay } from '#src/projections/situation/days.ts'

/** Where days begin and end for each chain. */
export type AuditCalendar = {
  readonly dayOf: (jurisdiction: number, instantMs: number) => string
  readonly startOfDay: (jurisdiction: number, day: string) => Date
  /** First instant after the day. */
  readonly endOfDay: (jurisdiction: number, day: string) => Date
}

/**
 * The local days of each jurisdiction. Chains of divisions that are not in the list, such as the province of an account,
 * go by the clock of the city, and by UTC where there is none.
 */
export const createAuditCalendar = (
  jurisdictions: readonly Jurisdiction[],
  cityCode: number | undefined,
): AuditCalendar => {
  const zones = new Map(jurisdictions.map(({ code, timeZone }) => [code, timeZone]))
  const zoneOf = (jurisdiction: number): string =>
    zones.get(jurisdiction) ?? zones.get(cityCode ?? 0) ?? 'UTC'
  return {
    dayOf: (jurisdiction, instantMs) => daySlotOf(zoneOf(jurisdiction), instantMs).day,
    startOfDay: (jurisdiction, day) => instantsOfDay(zoneOf(jurisdiction), day).from,
    endOfDay: (jurisdiction, day) => instantsOfDay(zoneOf(jurisdiction), day).until,
  }
}
