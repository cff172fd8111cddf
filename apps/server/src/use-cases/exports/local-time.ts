import { utcOffsetMinutes } from '@guankou/domain/places/calendar.ts'

/** Local time to the minute, as people write it. */
export const localTime = (timeZone: string, at: Date): string =>
  new Date(at.getTime() + utcOffsetMinutes(timeZone, at.getTime()) * 60_000)
    .toISOString()
    .slice(0, 16)
    .replace('T', ' ')
