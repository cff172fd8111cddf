import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type OriginCount, type ToldOrigin, type ToldOrigins, withholdOrigins } from './withhold-origins.ts'

const top = 440400
const threshold = 5
/** An origin that nobody came from: where no origin is named, a reader cannot rule it out. */
const elsewhere = 650100

type Figure = keyof ToldOrigin
type Column = readonly number[]

const figureOf = (counts: readonly OriginCount[], figure: Figure, leaf: number, origin: number): number =>
  counts
    .filter((one) => one.originCode === origin && (leaf === top || one.jurisdiction === leaf))
    .reduce((sum, one) => sum + one[figure], 0)

/** What a reader knows of one count: the fewest and the most it can be, from what is told of its area alone. */
const boundsOf = (told: ToldOrigins, origin: number, figure: Figure): readonly [number, number] => {
  if (told.tooFew) return [0, 999]
  const row = told.origins.get(origin)
  if (row === undefined) return [0, 0]
  const value = row[figure]
  if (value !== null) return [value, value]
  return figure === 'travellers' ? [1, 999] : [0, row.travellers ?? 999]
}

/** Every way to split a total over the origins within bounds. */
function* splits(total: number, bounds: readonly (readonly [number, number])[]): Generator<number[]> {
  const [first, ...rest] = bounds
  if (first === undefined) {
    if (total === 0) yield []
    return
  }
  for (let value = first[0]; value <= Math.min(first[1], total); value += 1)
    for (const others of splits(total - value, rest)) yield [value, ...others]
}

function* tables(columns: readonly (readonly Column[])[]): Generator<readonly Column[]> {
  const [first, ...rest] = columns
  if (first === undefined) {
    yield []
    return
  }
  for (const column of first) for (const others of tables(rest)) yield [column, ...others]
}

/**
 * A reader with all of what is told and nothing else to do: goes through every table that agrees with it.
 * @returns the small counts that are the same in all of them, as `area|origin`
 */
const workOut = (counts: readonly OriginCount[], figure: Figure): string[] => {
  const told = withholdOrigins(counts, top, threshold)
  const leaves = [...new Set(counts.map((one) => one.jurisdiction))]
  const origins = [...new Set([...counts.map((one) => one.originCode), elsewhere])]
  const small = new Map<string, Set<number>>()
  for (const area of [...leaves, top])
    for (const origin of origins) {
      const value = figureOf(counts, figure, area, origin)
      if (value > 0 && value < threshold) small.set(`${area}|${origin}`, new Set([value]))
    }
  const columns = leaves.map((leaf) => {
    const total = origins.reduce((sum, origin) => sum + figureOf(counts, figure, leaf, origin), 0)
    return [
      ...splits(
        total,
        origins.map((origin) => boundsOf(told(leaf), origin, figure)),
      ),
    ]
  })
  const whole = origins.map((origin) => boundsOf(told(top), origin, figure))
  for (const table of tables(columns)) {
    const sums = origins.map((_, row) => table.reduce((sum, column) => sum + (column[row] ?? 0), 0))
    if (!whole.every(([least, most], row) => (sums[row] ?? 0) >= least && (sums[row] ?? 0) <= most)) continue
    for (const [key, values] of small) {
      const [area, origin] = key.split('|').map(Number)
      const row = origins.indexOf(origin ?? 0)
      const column = leaves.indexOf(area ?? 0)
      values.add((column < 0 ? sums[row] : table[column]?.[row]) ?? 0)
    }
    if ([...small.values()].every((values) => values.size > 1)) return []
  }
  return [...small].filter(([, values]) => values.size === 1).map(([key]) => key)
}

const countsOf = (leaves: number, origins: number, most: number): fc.Arbitrary<OriginCount[]> =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: most }), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: leaves * origins,
      maxLength: leaves * origins,
    })
    .map((cells) =>
      cells.flatMap(([travellers, share], index) =>
        travellers === 0
          ? []
          : [
              {
                jurisdiction: 440402 + Math.floor(index / origins),
                originCode: 442000 + 100 * (index % origins),
                travellers,
                febrile: Math.round(travellers * share * share),
              },
            ],
      ),
    )

const shapes = fc.oneof(countsOf(1, 4, 8), countsOf(2, 3, 7), countsOf(2, 4, 3), countsOf(3, 2, 6))

const one = (jurisdiction: number, originCode: number, travellers: number, febrile = 0): OriginCount => ({
  jurisdiction,
  originCode,
  travellers,
  febrile,
})

describe('what is told of origins', () => {
  it.each(['travellers', 'febrile'] as const)('lets nobody work out a small count of %s', (figure) => {
    fc.assert(
      fc.property(shapes, (counts) => {
        expect(workOut(counts, figure)).toEqual([])
      }),
      { numRuns: 600 },
    )
  })

  it('is the truth wherever it is told, and names every origin of a named area', () => {
    fc.assert(
      fc.property(shapes, (counts) => {
        const told = withholdOrigins(counts, top, threshold)
        for (const area of [440402, 440403, 440404, top])
          for (const [origin, row] of told(area).origins)
            for (const figure of ['travellers', 'febrile'] as const) {
              const value = figureOf(counts, figure, area, origin)
              if (row[figure] !== null) expect(row[figure]).toBe(value)
              if (value > 0 && value < threshold) expect(row[figure]).toBeNull()
            }
        for (const { jurisdiction, originCode } of counts)
          for (const area of [jurisdiction, top])
            expect(told(area).tooFew || told(area).origins.has(originCode)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('withholds a second count where one hole alone could be filled from the total', () => {
    const told = withholdOrigins(
      [one(440402, 1, 100), one(440402, 2, 40), one(440402, 3, 2)],
      440402,
      threshold,
    )
    expect([...told(440402).origins].map(([origin, row]) => [origin, row.travellers])).toEqual([
      [1, 100],
      [2, null],
      [3, null],
    ])
  })

  it('withholds in a second district what city minus district would give away', () => {
    const counts = [
      one(440402, 1, 100),
      one(440403, 1, 3),
      one(440402, 2, 60),
      one(440403, 2, 70),
      one(440402, 3, 500),
      one(440403, 3, 500),
    ]
    const told = withholdOrigins(counts, top, threshold)
    const nulls = [440402, 440403, top].map((area) =>
      [...told(area).origins].filter(([, row]) => row.travellers === null).map(([origin]) => origin),
    )
    expect(nulls).toEqual([[1, 2], [1, 2], []])
  })

  it('names no origin where a district had one alone, and few from it', () => {
    const told = withholdOrigins([one(440402, 1, 100), one(440402, 2, 90), one(440403, 1, 3)], top, threshold)
    expect(told(440403)).toEqual({ tooFew: true, origins: new Map() })
    expect(told(top).tooFew).toBe(false)
  })

  it('leaves large counts alone where nothing is small', () => {
    const counts = [
      one(440402, 1, 100, 0),
      one(440403, 1, 30, 8),
      one(440402, 2, 50, 6),
      one(440403, 2, 9, 0),
    ]
    const told = withholdOrigins(counts, top, threshold)
    expect(told(top).origins).toEqual(
      new Map([
        [1, { travellers: 130, febrile: 8 }],
        [2, { travellers: 59, febrile: 6 }],
      ]),
    )
  })

  it('tells of a province what it tells of the only city in it, and of nothing nothing', () => {
    const told = withholdOrigins([one(440402, 1, 10), one(440403, 2, 20)], top, threshold)
    expect(told(440000)).toEqual(told(top))
    expect(withholdOrigins([], top, threshold)(top)).toEqual({ tooFew: false, origins: new Map() })
  })
})
