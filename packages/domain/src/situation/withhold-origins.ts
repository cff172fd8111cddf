import { liesIn } from '#src/places/areas.ts'
import { type Cell, type TwoWayTable, withholdCells } from '#src/situation/withhold-cells.ts'

/** People by origin in one jurisdiction on one day, as counted. */
export type OriginCount = {
  readonly jurisdiction: number
  readonly originCode: number
  readonly travellers: number
  readonly febrile: number
}

/** What may be told of an origin in an area; null where it is withheld. */
export type ToldOrigin = { readonly travellers: number | null; readonly febrile: number | null }

/** What may be told of an area: its origins, or none of them where there are too few people to be told apart. */
export type ToldOrigins = {
  readonly tooFew: boolean
  readonly origins: ReadonlyMap<number, ToldOrigin>
}

type Columns = { readonly leaves: readonly number[]; readonly top: number }

type Counts = {
  readonly columns: Columns
  readonly origins: readonly number[]
  /** By column, then by origin; the last column is the sum of the others. */
  readonly travellers: readonly (readonly number[])[]
  readonly febrile: readonly (readonly number[])[]
}

const sumColumn = (columns: readonly (readonly number[])[], length: number): number[] =>
  Array.from({ length }, (_, row) => columns.reduce((sum, column) => sum + (column[row] ?? 0), 0))

const countsOf = (counts: readonly OriginCount[], top: number): Counts => {
  const leaves = [...new Set(counts.map(({ jurisdiction }) => jurisdiction))].sort((a, b) => a - b)
  const origins = [...new Set(counts.map(({ originCode }) => originCode))].sort((a, b) => a - b)
  const by = (value: (count: OriginCount) => number): number[][] => {
    const columns = leaves.map((leaf) => {
      const here = new Map(
        counts.filter((one) => one.jurisdiction === leaf).map((one) => [one.originCode, value(one)]),
      )
      return origins.map((origin) => here.get(origin) ?? 0)
    })
    return [...columns, sumColumn(columns, origins.length)]
  }
  return {
    columns: { leaves, top },
    origins,
    travellers: by((count) => count.travellers),
    febrile: by((count) => count.febrile),
  }
}

const isSmall = (count: number, threshold: number): boolean => count > 0 && count < threshold

/** Hiding a figure of the whole costs every reader, hiding one of a part its own readers alone. */
const costOf = (value: number, isTop: boolean): number => (1 + value) * (isTop ? 4 : 1)

/**
 * With one part the whole says the same again: one column, and no row adds up to anything. Cells of one row stand for
 * that, because between two nodes any two cells make a cycle.
 */
const tableOf = (
  { columns, origins }: Counts,
  cellAt: (column: number, row: number) => Cell | undefined,
): { readonly table: TwoWayTable; readonly at: ReadonlyMap<string, number> } => {
  const isSingle = columns.leaves.length === 1
  const cells: Cell[] = []
  const at = new Map<string, number>()
  const count = isSingle ? 1 : columns.leaves.length + 1
  for (let column = 0; column < count; column += 1)
    for (let row = 0; row < origins.length; row += 1) {
      const cell = cellAt(column, row)
      if (cell === undefined) continue
      at.set(`${column}|${row}`, cells.length)
      cells.push(isSingle ? { ...cell, row: 0 } : cell)
    }
  const table = {
    rows: isSingle ? 1 : origins.length,
    columns: count,
    cells,
    sumColumns: new Set(isSingle ? [] : [columns.leaves.length]),
  }
  return { table, at }
}

/** The columns that name no origin at all, and in the others the cells that are withheld, as `column|row`. */
type Choice = { readonly unnamed: ReadonlySet<number>; readonly cells: ReadonlySet<string> }

const everyColumn = ({ columns }: Counts): ReadonlySet<number> =>
  new Set(Array.from({ length: columns.leaves.length + 1 }, (_, column) => column))

/** Both columns of a single part say the same; what is chosen for the one holds for the other. */
const mirrored = (counts: Counts, keys: Iterable<string>): ReadonlySet<string> => {
  const all = [...keys]
  if (counts.columns.leaves.length !== 1) return new Set(all)
  return new Set([...all, ...all.map((key) => `1|${key.split('|')[1] ?? ''}`)])
}

const keysOf = (at: ReadonlyMap<string, number>, chosen: ReadonlySet<number>): string[] =>
  [...at].filter(([, index]) => chosen.has(index)).map(([key]) => key)

const columnOf = (table: TwoWayTable, cell: number): number => table.cells[cell]?.column ?? 0

const chooseTravellers = (
  counts: Counts,
  threshold: number,
  unnamed: ReadonlySet<number> = new Set(),
): Choice => {
  const { table, at } = tableOf(counts, (column, row) => {
    const value = counts.travellers[column]?.[row] ?? 0
    // Where origins are named, naming one says that somebody came from there; where none is, even that is open.
    if (value === 0 && !unnamed.has(column)) return undefined
    const isTop = column === counts.columns.leaves.length
    return {
      row,
      column,
      value,
      lower: unnamed.has(column) ? 0 : 1,
      upper: Number.POSITIVE_INFINITY,
      cost: costOf(value, isTop),
    }
  })
  const indices = table.cells.map((_, index) => index)
  const sensitive = indices.filter((index) => isSmall(table.cells[index]?.value ?? 0, threshold))
  const already = indices.filter((index) => unnamed.has(columnOf(table, index)))
  const chosen = withholdCells(table, sensitive, already)
  if (chosen.ok) return { unnamed, cells: mirrored(counts, keysOf(at, chosen.cells)) }
  const column = columnOf(table, chosen.cell)
  if (unnamed.has(column) || counts.columns.leaves.length === 1)
    return { unnamed: everyColumn(counts), cells: new Set() }
  return chooseTravellers(counts, threshold, new Set([...unnamed, column]))
}

/** @returns the cells whose fever count is withheld, or `undefined` where that cannot protect the small ones */
const chooseFebrile = (
  counts: Counts,
  threshold: number,
  { unnamed, cells: hidden }: Choice,
): ReadonlySet<string> | undefined => {
  const isHidden = (column: number, row: number): boolean =>
    unnamed.has(column) || hidden.has(`${column}|${row}`)
  const { table, at } = tableOf(counts, (column, row) => {
    const travellers = counts.travellers[column]?.[row] ?? 0
    if (travellers === 0 && !unnamed.has(column)) return undefined
    const value = counts.febrile[column]?.[row] ?? 0
    return {
      row,
      column,
      value,
      lower: 0,
      upper: isHidden(column, row) ? Number.POSITIVE_INFINITY : travellers,
      cost: costOf(value, column === counts.columns.leaves.length),
    }
  })
  const found = [...at]
  const sensitive = found.filter(([, index]) => isSmall(table.cells[index]?.value ?? 0, threshold))
  const already = found.filter(([key]) => {
    const [column = '', row = ''] = key.split('|')
    return isHidden(Number(column), Number(row))
  })
  const indexOf = ([, index]: readonly [string, number]): number => index
  const chosen = withholdCells(table, sensitive.map(indexOf), already.map(indexOf))
  return chosen.ok ? mirrored(counts, keysOf(at, chosen.cells)) : undefined
}

const toldColumn = (
  counts: Counts,
  column: number,
  choice: Choice,
  febrile: ReadonlySet<string>,
): ToldOrigins => {
  if (choice.unnamed.has(column)) return { tooFew: true, origins: new Map() }
  const told = counts.origins.flatMap((origin, row): [number, ToldOrigin][] => {
    const travellers = counts.travellers[column]?.[row] ?? 0
    if (travellers === 0) return []
    const key = `${column}|${row}`
    const isHidden = choice.cells.has(key)
    return [
      [
        origin,
        {
          travellers: isHidden ? null : travellers,
          febrile: isHidden || febrile.has(key) ? null : (counts.febrile[column]?.[row] ?? 0),
        },
      ],
    ]
  })
  return { tooFew: false, origins: new Map(told) }
}

const addTold = (a: number | null | undefined, b: number | null): number | null =>
  a === undefined ? b : a === null || b === null ? null : a + b

/** An area between the whole and its parts tells what its parts tell, so that it adds nothing to be worked out. */
const toldTogether = (parts: readonly ToldOrigins[]): ToldOrigins => {
  const origins = new Map<number, ToldOrigin>()
  for (const part of parts)
    for (const [origin, told] of part.origins) {
      const before = origins.get(origin)
      origins.set(origin, {
        travellers: addTold(before?.travellers, told.travellers),
        febrile: addTold(before?.febrile, told.febrile),
      })
    }
  return parts.some((part) => part.tooFew) ? { tooFew: true, origins: new Map() } : { tooFew: false, origins }
}

/**
 * What may be told of the origins of one day, area by area, so that no count of 1 to `threshold` − 1 people, feverish
 * or not, can be worked out from everything that is told of the day: all areas together, their totals, and that an
 * origin is named where somebody came from it. Only exact disclosure is ruled out; how narrow a reader can bound a
 * withheld count is not.
 * @param counts  of the whole, by jurisdiction
 * @param top  the area that all jurisdictions lie in
 * @param threshold  the smallest count that is told, 5 as a rule
 * @returns a function of an area's code
 * @example withholdOrigins([{ jurisdiction: 440402, originCode: 442000, travellers: 9, febrile: 0 }], 440400, 5)(440402).origins.get(442000)?.travellers // 9
 */
export const withholdOrigins = (
  counts: readonly OriginCount[],
  top: number,
  threshold: number,
): ((area: number) => ToldOrigins) => {
  const counted = countsOf(
    counts.filter(({ travellers }) => travellers > 0),
    top,
  )
  const { leaves } = counted.columns
  const travellers = chooseTravellers(counted, threshold)
  const febrile = chooseFebrile(counted, threshold, travellers)
  const choice =
    febrile === undefined ? { unnamed: everyColumn(counted), cells: new Set<string>() } : travellers
  const told = (column: number) => toldColumn(counted, column, choice, febrile ?? new Set())
  return (area) => {
    if (area === top || leaves.every((leaf) => liesIn(leaf, area))) return told(leaves.length)
    const exact = leaves.indexOf(area)
    if (exact >= 0) return told(exact)
    return toldTogether(leaves.flatMap((leaf, column) => (liesIn(leaf, area) ? [told(column)] : [])))
  }
}
