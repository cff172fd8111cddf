import { abolishedCounties } from '#src/divisions/abolished-counties.generated.ts'
import { abolishedPrefectures } from '#src/divisions/abolished-prefectures.generated.ts'
import { findOrigin, originAround } from '#src/divisions/origins.ts'

const movedCounties: ReadonlyMap<number, number> = new Map(abolishedCounties)
const movedPrefectures: ReadonlyMap<number, number> = new Map(abolishedPrefectures)

/** The first two digits of mainland residence permits for people from Taiwan, which are no division of their own. */
const taiwanPermitCode = 830000
const taiwanCode = 710000

/**
 * The origin code a division code lies in today: 440402 -> 440400, 110101 -> 110000, 429004 -> itself, abolished
 * 341402 -> 340100 (Chaohu went to Hefei). Country codes (900000 + ISO numeric) are their own origin.
 *
 * A county whose prefecture still exists is placed by its prefix, whether or not the county does. Idempotent.
 *
 * @param code six digits, GB/T 2260, current or abolished; of nine, a street or town, the first six count
 * @returns undefined when the code is no code, or names a whole province, or nothing is known about it
 */
export function originOfDivision(code: number): number | undefined {
  if (findOrigin(code) !== undefined) return code
  if (code >= 100_000_000 && code <= 999_999_999) return originOfDivision(Math.floor(code / 1_000))
  if (!Number.isInteger(code) || code < 110_000 || code > 839_999) return undefined
  const moved = movedCounties.get(code)
  if (moved !== undefined) return moved
  if (Math.floor(code / 10_000) * 10_000 === taiwanPermitCode) return taiwanCode
  return originAround(code) ?? movedPrefectures.get(Math.floor(code / 100) * 100)
}
