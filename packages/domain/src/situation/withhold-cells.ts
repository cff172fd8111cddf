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

type Reached = { readonly distance: number; readonly by: Step; readonly from: number }

/** Takes the nearest of the nodes that are open; there are a few hundred at most, so a plain scan will do. */
const takeNearest = (open: Map<number, number>): number => {
  let nearest = -1
  let distance = Number.POSITIVE_INFINITY
  for (const [node, at] of open)
    if (at < distance) {
      nearest = node
      distance = at
    }
  open.delete(nearest)
  return nearest
}

const wayBack = (reached: ReadonlyMap<number, Reached>, start: number, goal: number): number[] => {
  const cells: number[] = []
  for (let node = goal; node !== start; ) {
    const step = reached.get(node)
    if (step === undefined) throw new Error('a way was lost that had been found')
    cells.push(step.by.cell)
    node = step.from
  }
  return cells
}

/** The cheapest way from one node to another that does not use `without`; cells that are withheld cost nothing. */
const cheapestWay = (
  { steps, tableOf }: Graph,
  { start, goal, without }: { readonly start: number; readonly goal: number; readonly without: number },
  withheld: ReadonlySet<number>,
): { readonly cost: number; readonly cells: readonly number[] } | undefined => {
  const best = new Map<number, number>([[start, 0]])
  const reached = new Map<number, Reached>()
  const open = new Map<number, number>([[start, 0]])
  while (open.size > 0) {
    const node = takeNearest(open)
    const distance = best.get(node) ?? 0
    if (node === goal) return { cost: distance, cells: wayBack(reached, start, goal) }
    for (const by of steps[node] ?? []) {
      if (by.cell === without) continue
      const cost = withheld.has(by.cell) ? 0 : (tableOf.cells[by.cell]?.cost ?? 0)
      if (distance + cost >= (best.get(by.to) ?? Number.POSITIVE_INFINITY)) continue
      best.set(by.to, distance + cost)
      open.set(by.to, distance + cost)
      reached.set(by.to, { distance: distance + cost, by, from: node })
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
      ? cheapestWay(graph, { start: from, goal: to, without: index }, withheld)
      : undefined
  if (raised === undefined) return lowered?.cells
  return lowered === undefined || raised.cost <= lowered.cost ? raised.cells : lowered.cells
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
