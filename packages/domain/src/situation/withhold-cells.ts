import FlatQueue from 'flatqueue'

/**
 * Complementary cell suppression in a two-way table whose margins are published. Leaving out the small cells alone
 * protects nobody: a row or column with one hole gives it back as total minus rest. Further cells are left out until
 * none of those that had to be can be worked out.
 *
 * Cells are the edges of a graph between rows and columns, and what a reader of all margins can still doubt are its
 * cycles: along one, the cells can be raised and lowered in turn without changing any margin. A withheld cell is safe
 * if and only if such a cycle, on which no cell leaves what is known of it, runs through it; and because the equations
 * of a two-way table are those of a network, that holds for whole numbers as it does for fractions.
 * Source: L. H. Cox, “Suppression methodology and statistical disclosure control”, JASA 75 (1980) 377–385,
 * doi:10.1080/01621459.1980.10477481; the choice of cheapest cycles follows A. Hundepool et al., Statistical
 * Disclosure Control, Wiley 2012, ch. 4, doi:10.1002/9781118348239.
 */

/** One cell of the table, with what everybody knows of it: it lies between `lower` and `upper`. */
export type Cell = {
  readonly row: number
  readonly column: number
  readonly value: number
  readonly lower: number
  /** `Infinity` where nothing bounds it. */
  readonly upper: number
  /** What leaving it out costs the reader, over 0. */
  readonly cost: number
}

export type TwoWayTable = {
  readonly rows: number
  readonly columns: number
  readonly cells: readonly Cell[]
  /** Columns whose cells are the sums of the others in their row, instead of being added up with them. */
  readonly sumColumns: ReadonlySet<number>
}

/** A step along a cell: raised or lowered by one, from one end of the edge to the other. */
type Step = { readonly cell: number; readonly to: number }

type Graph = { readonly steps: readonly (readonly Step[])[]; readonly tableOf: TwoWayTable }

const endsOf = (table: TwoWayTable, { row, column }: Cell): readonly [from: number, to: number] => {
  const columnNode = table.rows + column
  return table.sumColumns.has(column) ? [columnNode, row] : [row, columnNode]
}

const graphOf = (table: TwoWayTable): Graph => {
  const steps: Step[][] = Array.from({ length: table.rows + table.columns }, () => [])
  for (const [index, cell] of table.cells.entries()) {
    const [from, to] = endsOf(table, cell)
    if (cell.value < cell.upper) steps[from]?.push({ cell: index, to })
    if (cell.value > cell.lower) steps[to]?.push({ cell: index, to: from })
  }
  return { steps, tableOf: table }
}

/** How far each node is, and by which step from where it was reached; -1 where it was not. */
type Reached = { readonly distance: Float64Array; readonly by: Int32Array; readonly from: Int32Array }

const wayBack = ({ by, from }: Reached, start: number, goal: number): number[] => {
  const cells: number[] = []
  for (let node = goal; node !== start; node = from[node] ?? start) {
    const cell = by[node] ?? -1
    if (cell < 0) throw new Error('a way was lost that had been found')
    cells.push(cell)
  }
  return cells
}

type Way = { readonly cost: number; readonly cells: readonly number[] }

/** From where to where, without which cell, and for less than what. */
type Sought = {
  readonly start: number
  readonly goal: number
  readonly without: number
  readonly below?: number | undefined
}

/** The cheapest way from one node to another (Dijkstra); cells that are withheld cost nothing. */
const cheapestWay = (
  { steps, tableOf }: Graph,
  { start, goal, without, below = Number.POSITIVE_INFINITY }: Sought,
  withheld: ReadonlySet<number>,
): Way | undefined => {
  const nodes = steps.length
  const distance = new Float64Array(nodes).fill(below)
  const reached: Reached = {
    distance,
    by: new Int32Array(nodes).fill(-1),
    from: new Int32Array(nodes).fill(-1),
  }
  const open = new FlatQueue<number>()
  distance[start] = 0
  open.push(start, 0)
  while (open.length > 0) {
    const at = open.peekValue() ?? 0
    const node = open.pop() ?? start
    if (node === goal) return { cost: at, cells: wayBack(reached, start, goal) }
    if (at > (distance[node] ?? 0)) continue
    for (const { cell, to } of steps[node] ?? []) {
      if (cell === without) continue
      const next = at + (withheld.has(cell) ? 0 : (tableOf.cells[cell]?.cost ?? 0))
      if (next >= (distance[to] ?? 0)) continue
      distance[to] = next
      reached.by[to] = cell
      reached.from[to] = node
      open.push(to, next)
    }
  }
  return undefined
}

/** The cheapest cycle through a cell, raised or lowered, without the cell itself. */
const cheapestCycle = (
  graph: Graph,
  index: number,
  withheld: ReadonlySet<number>,
): readonly number[] | undefined => {
  const cell = graph.tableOf.cells[index]
  if (cell === undefined) return undefined
  const [from, to] = endsOf(graph.tableOf, cell)
  const raised =
    cell.value < cell.upper
      ? cheapestWay(graph, { start: to, goal: from, without: index }, withheld)
      : undefined
  if (raised?.cost === 0) return raised.cells
  const lowered =
    cell.value > cell.lower
      ? cheapestWay(graph, { start: from, goal: to, without: index, below: raised?.cost }, withheld)
      : undefined
  return (lowered ?? raised)?.cells
}

export type Withheld =
  | { readonly ok: true; readonly cells: ReadonlySet<number> }
  | { readonly ok: false; readonly cell: number }

/**
 * The cells to leave out so that none of `sensitive` can be worked out from the margins and the cells that stay.
 * @param sensitive  indices into `table.cells` of those that must not be known
 * @param already  indices of cells that are left out whatever comes of it
 * @returns all cells to leave out, `sensitive` and `already` among them; or a cell that no choice of cells protects, as
 *   in a column with one entry
 * One search for each sensitive cell, each over the cells of the table at most.
 */
export const withholdCells = (
  table: TwoWayTable,
  sensitive: Iterable<number>,
  already: Iterable<number> = [],
): Withheld => {
  const graph = graphOf(table)
  const asked = [...sensitive]
  const withheld = new Set([...asked, ...already])
  const safe = new Set<number>()
  for (const index of asked) {
    if (safe.has(index)) continue
    const cycle = cheapestCycle(graph, index, withheld)
    if (cycle === undefined) return { ok: false, cell: index }
    for (const cell of [index, ...cycle]) {
      withheld.add(cell)
      safe.add(cell)
    }
  }
  return { ok: true, cells: withheld }
}
