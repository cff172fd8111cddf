import type { Jurisdiction } from '@guankou/contract/places/place.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'

/** Areas that a person may choose: their own and what lies in it, the whole before its parts. */
export const areasOf = (jurisdictions: readonly Jurisdiction[], own: number): readonly Jurisdiction[] =>
  jurisdictions.filter((each) => liesIn(each.code, own)).toSorted((a, b) => a.code - b.code)

/** The area of the address where it may be seen, else the person's own. */
export const chosenArea = (
  areas: readonly Jurisdiction[],
  asked: number | undefined,
  own: number,
): Jurisdiction | undefined =>
  areas.find((area) => area.code === asked) ?? areas.find((area) => area.code === own) ?? areas[0]
