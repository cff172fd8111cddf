import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withholdOrigins } from '../situation/withhold-origins.ts'
import { withholdPosts } from './withhold-posts.ts'

const threshold = 3
const district = 440402

/** Two to three posts and two to three origins with small numbers, so that every table that agrees can be tried. */
const counts = fc
  .record({ posts: fc.integer({ min: 2, max: 3 }), origins: fc.integer({ min: 2, max: 3 }) })
  .chain(({ posts, origins }) =>
    fc
      .array(fc.integer({ min: 0, max: 4 }), { minLength: posts * origins, maxLength: posts * origins })
      .map((values) =>
        values.map((travellers, index) => ({
          postId: 1 + (index % posts),
          originCode: 440_100 + 100 * Math.floor(index / posts),
          travellers,
        })),
      ),
  )

type Count = { readonly postId: number; readonly originCode: number; readonly travellers: number }

const sumBy = (rows: readonly Count[], key: (row: Count) => number): Map<number, number> => {
  const sums = new Map<number, number>()
  for (const row of rows) sums.set(key(row), (sums.get(key(row)) ?? 0) + row.travellers)
  return sums
}

const tellingOf = (rows: readonly Count[]) => {
  const sums = sumBy(rows, ({ originCode }) => originCode)
  const told = withholdOrigins(
    [...sums].map(([originCode, travellers]) => ({
      jurisdiction: district,
      originCode,
      travellers,
      febrile: 0,
    })),
    district,
    threshold,
  )(district)
  return { told, posts: withholdPosts(rows, told, threshold) }
}

/** Everything that a reader sees: what the district tells, totals of posts, and counts by post. */
const seenIn = (rows: readonly Count[]) => {
  const { told, posts } = tellingOf(rows)
  return {
    tooFew: told.tooFew,
    origins: [...told.origins].map(([code, { travellers }]) => [code, travellers]),
    totals: [...sumBy(rows, ({ postId }) => postId)],
    posts: [...posts].map(([code, row]) => [code, [...row]]),
  }
}

type Seen = ReturnType<typeof seenIn>

/** Whether a table agrees with what was told, whatever would be told of it itself. */
const agrees = (seen: Seen, table: readonly Count[]): boolean => {
  const rows = sumBy(table, ({ originCode }) => originCode)
  const totals = sumBy(table, ({ postId }) => postId)
  if (seen.totals.some(([post, total]) => totals.get(Number(post)) !== total)) return false
  if (seen.tooFew) return true
  const named = new Map(seen.origins.map(([code, value]) => [code, value] as const))
  for (const [code, sum] of rows) {
    const told = named.get(code)
    if (told === undefined ? sum !== 0 : told === null ? sum === 0 : told !== sum) return false
  }
  return seen.posts.every(([code, cells]) => {
    const known = new Map(cells as [number, number | null][])
    return table
      .filter(({ originCode }) => originCode === code)
      .every(({ postId, travellers }) => {
        const told = known.get(postId)
        return told === undefined ? travellers === 0 : told === null ? travellers > 0 : told === travellers
      })
  })
}

/** Every table of the same totals by post, by columns. */
const tablesOf = function* (rows: readonly Count[], seen: Seen): Generator<Count[]> {
  const total = new Map(seen.totals.map(([post, sum]) => [Number(post), Number(sum)]))
  const fill = function* (index: number, table: Count[]): Generator<Count[]> {
    const row = rows[index]
    if (row === undefined) {
      yield [...table]
      return
    }
    const used = table
      .filter(({ postId }) => postId === row.postId)
      .reduce((sum, one) => sum + one.travellers, 0)
    const left = (total.get(row.postId) ?? 0) - used
    const isLast = !rows.slice(index + 1).some(({ postId }) => postId === row.postId)
    for (let travellers = isLast ? left : 0; travellers <= left; travellers += 1)
      yield* fill(index + 1, [...table, { ...row, travellers }])
  }
  yield* fill(0, [])
}

const small = (rows: readonly Count[]) =>
  rows.filter(({ travellers }) => travellers > 0 && travellers < threshold)

/** For each small count every value that it has in some table that agrees with what is seen. */
const possibleValues = (rows: readonly Count[], seen: Seen): readonly ReadonlySet<number>[] => {
  const possible = small(rows).map(() => new Set<number>())
  for (const table of tablesOf(rows, seen)) {
    if (!agrees(seen, table)) continue
    for (const [index, one] of small(rows).entries())
      possible[index]?.add(
        table.find(({ postId, originCode }) => postId === one.postId && originCode === one.originCode)
          ?.travellers ?? 0,
      )
    if (possible.every((values) => values.size > 1)) break
  }
  return possible
}

describe('withholdPosts', () => {
  it('gives no small count away that the district and the totals of its posts do not give away alone', () => {
    let held = 0
    fc.assert(
      fc.property(counts, (rows) => {
        const seen = seenIn(rows)
        const without = possibleValues(rows, { ...seen, posts: [] })
        const withPosts = possibleValues(rows, seen)
        for (const [index, values] of without.entries()) {
          if (values.size < 2) continue
          held += 1
          expect(withPosts[index]?.size).toBeGreaterThan(1)
        }
      }),
      { numRuns: 150 },
    )
    expect(held).toBeGreaterThan(100)
  })

  it('tells what it tells truly, and leaves large counts of a told origin', () => {
    const rows = [
      { postId: 1, originCode: 442000, travellers: 40 },
      { postId: 2, originCode: 442000, travellers: 60 },
      { postId: 1, originCode: 440100, travellers: 30 },
      { postId: 2, originCode: 440100, travellers: 20 },
    ]
    const { posts } = tellingOf(rows)
    for (const { originCode, postId, travellers } of rows)
      expect(posts.get(originCode)?.get(postId)).toBe(travellers)
  })

  it('tells nothing by post where the district tells nothing', () => {
    const none = { tooFew: true, origins: new Map() }
    expect(withholdPosts([{ postId: 1, originCode: 442000, travellers: 90 }], none, 5).size).toBe(0)
  })
})
