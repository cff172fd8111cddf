import { smallCountThreshold } from '@guankou/contract/situation/endpoints.ts'
import {
  type OriginCount,
  type ToldOrigins,
  withholdOrigins,
} from '@guankou/domain/situation/withhold-origins.ts'

/** Days whose counts were weighed lately, by what was counted; the oldest first. */
const lately = new Map<string, (area: number) => ToldOrigins>()
/** Some months, as the page of origins asks for. */
const mostDays = 200

/** A function of what was counted alone: another count is another text. */
const textOf = (counts: readonly OriginCount[], top: number): string =>
  [
    top,
    ...counts.map((one) => [one.jurisdiction, one.originCode, one.travellers, one.febrile].join()).toSorted(),
  ].join(';')

/**
 * What may be told of a day, weighed once for as long as its counts stay: every open console asks for the same, and for the
 * day before, which moves no more. To weigh a full day keeps the thread that takes records for some milliseconds.
 * @param counts  of all jurisdictions in `top` on that day, in any order
 * @returns a function of an area's code
 */
export const toldOfDay = (counts: readonly OriginCount[], top: number): ((area: number) => ToldOrigins) => {
  const text = textOf(counts, top)
  const told = lately.get(text) ?? withholdOrigins(counts, top, smallCountThreshold)
  lately.delete(text)
  lately.set(text, told)
  for (const oldest of lately.keys()) {
    if (lately.size <= mostDays) break
    lately.delete(oldest)
  }
  return told
}
