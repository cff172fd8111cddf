import { type Cell, withholdCells } from '#src/situation/withhold-cells.ts'
import type { ToldOrigins } from '#src/situation/withhold-origins.ts'

/** How many came from an origin to a post of one district on one day. */
export type PostOriginCount = {
  readonly postId: number
  readonly originCode: number
  readonly travellers: number
}

/** What may be told by post: counts by origin and post, null where withheld; nothing of origins that are left out. */
export type ToldPosts = ReadonlyMap<number, ReadonlyMap<number, number | null>>

const untold: ToldPosts = new Map()

const cellKey = (originCode: number, postId: number): string => `${originCode}|${postId}`

/** With one post the district tells it all already. */
const asTheDistrict = (postId: number, { origins }: ToldOrigins): ToldPosts =>
  new Map([...origins].map(([origin, { travellers }]) => [origin, new Map([[postId, travellers]])]))

/**
 * What may be told of origins by post, so that no count of 1 to `threshold` − 1 people can be worked out from it, from
 * what is told of the district, and from the totals of its posts.
 *
 * An origin that the district withholds is left out altogether, by post too. For the others, who reads knows the sum of
 * the row, that of each post, and that an origin is named where somebody came from it: the two-way table that
 * `withholdCells` protects. Rows that are left out are free in it, whatever their sums. What the district and the totals of
 * its posts give away by themselves, as where everybody came from one origin, is no business of this function.
 * @param counts  of one district and day
 * @param district  what is told of that district and day, by `withholdOrigins`
 * @param threshold  the smallest count that is told
 * @example withholdPosts([{ postId: 1, originCode: 442000, travellers: 9 }], { tooFew: true, origins: new Map() }, 5).size // 0
 */
export const withholdPosts = (
  counts: readonly PostOriginCount[],
  district: ToldOrigins,
  threshold: number,
): ToldPosts => {
  if (district.tooFew) return untold
  const present = counts.filter(({ travellers }) => travellers > 0)
  const posts = [...new Set(present.map(({ postId }) => postId))].sort((a, b) => a - b)
  const origins = [...new Set(present.map(({ originCode }) => originCode))].sort((a, b) => a - b)
  const [only] = posts
  if (only === undefined) return untold
  if (posts.length === 1) return asTheDistrict(only, district)
  const isLeftOut = (origin: number): boolean => (district.origins.get(origin)?.travellers ?? null) === null
  const value = new Map(
    present.map((count) => [cellKey(count.originCode, count.postId), count.travellers] as const),
  )
  const cells: Cell[] = []
  const sensitive: number[] = []
  const already: number[] = []
  const at = new Map<string, number>()
  for (const [row, origin] of origins.entries())
    for (const [column, postId] of posts.entries()) {
      const key = cellKey(origin, postId)
      const travellers = value.get(key) ?? 0
      const leftOut = isLeftOut(origin)
      if (travellers === 0 && !leftOut) continue
      if (leftOut) already.push(cells.length)
      if (travellers > 0 && travellers < threshold && !leftOut) sensitive.push(cells.length)
      at.set(key, cells.length)
      cells.push({
        row,
        column,
        value: travellers,
        lower: leftOut ? 0 : 1,
        upper: Number.POSITIVE_INFINITY,
        cost: 1 + travellers,
      })
    }
  const table = { rows: origins.length, columns: posts.length, cells, sumColumns: new Set<number>() }
  const chosen = withholdCells(table, sensitive, already)
  if (!chosen.ok) return untold
  const told = new Map<number, Map<number, number | null>>()
  for (const { originCode, postId, travellers } of present) {
    if (isLeftOut(originCode)) continue
    const row = told.get(originCode) ?? new Map<number, number | null>()
    const isHidden = chosen.cells.has(at.get(cellKey(originCode, postId)) ?? -1)
    told.set(originCode, row.set(postId, isHidden ? null : travellers))
  }
  return told
}
