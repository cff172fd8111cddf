import type { Jurisdiction } from '@guankou/contract/places/place.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import { originName } from '@guankou/geodata/divisions/origins.ts'
import type { ServerContext } from '#src/context.ts'
import { isAskable } from '#src/projections/situation/days.ts'
import { done, type Result, refused } from '#src/result.ts'

export type TestingScope = {
  readonly area: Jurisdiction
  readonly jurisdictions: readonly number[]
  readonly day: string
  readonly today: string
  readonly nowMs: number
}

/** Area and day of a query, today in the time zone of the area where no day is named. */
export const testingScope = (
  { reference, now }: ServerContext,
  query: { readonly area: number; readonly day?: string | undefined },
): Result<TestingScope> => {
  const data = reference.current()
  const area = data.jurisdiction(query.area)
  const jurisdictions = data.jurisdictionsIn(query.area)
  if (area === undefined || jurisdictions === undefined) return refused('UNKNOWN_AREA', '/area')
  if (query.day !== undefined && !isAskable(query.day)) return refused('INVALID_INPUT', '/day')
  const nowMs = now()
  const today = daySlotOf(area.timeZone, nowMs).day
  return done({ area, jurisdictions, day: query.day ?? today, today, nowMs })
}

export const bilingualOrigin = (code: number) => ({
  zh: originName(code, 'zh') ?? String(code),
  en: originName(code, 'en') ?? String(code),
})
