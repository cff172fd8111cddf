import { requireDomain } from './domain.ts'

/** A matrix by columns: column j is `columns[j]`, all of one length. */
export type Columns = readonly Float64Array[]

/** What a least-squares fit leaves behind. */
export type LeastSquares = {
  /** One coefficient for each column; 0 for a column that depends on those before it. */
  readonly coefficients: Float64Array
  /** Column numbers that took part. */
  readonly used: readonly number[]
  /** Upper triangular factor over the columns used, by columns. */
  readonly factor: Columns
  /** Sum of squares of each row of the orthonormal factor: the leverages. */
  readonly leverages: Float64Array
}

const smallestPivot = 1e-11

/** Takes the part along `direction`, of length 1, out of `vector`; returns its size. */
const takeOut = (direction: Float64Array, vector: Float64Array): number => {
  let size = 0
  for (let i = 0; i < vector.length; i++) size += (direction[i] ?? 0) * (vector[i] ?? 0)
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) - size * (direction[i] ?? 0)
  return size
}

const lengthOf = (vector: Float64Array): number => Math.hypot(...chunked(vector))

/** Partial norms, so that long vectors need not be spread into arguments. */
const chunked = (vector: Float64Array): number[] => {
  let scale = 0
  for (const value of vector) scale = Math.max(scale, Math.abs(value))
  if (scale === 0) return [0]
  let sum = 0
  for (const value of vector) sum += (value / scale) ** 2
  return [scale * Math.sqrt(sum)]
}

/**
 * Least squares by orthogonalisation: b that minimises |y − X b|².
 * @param columns  X by columns   @param response  y, as long as each column
 * @returns coefficients, rank and factor; columns that depend on earlier ones are left out, as in R
 * @throws RangeError where lengths differ or a value is not finite
 * Method: modified Gram-Schmidt, each column orthogonalised twice; O(n p²). A column is dependent where less than 1e-11 of
 * its length is left.
 * Source: Björck 1994, doi:10.1016/0024-3795(94)90493-6
 * @example leastSquares([new Float64Array([1, 1, 1])], new Float64Array([1, 2, 6])).coefficients[0] // 3
 */
export const leastSquares = (columns: Columns, response: Float64Array): LeastSquares => {
  requireDomain(
    columns.every((column) => column.length === response.length),
    'least squares with columns of different length',
  )
  const directions: Float64Array[] = []
  const factor: Float64Array[] = []
  const used: number[] = []
  for (const [index, column] of columns.entries()) {
    const rest = column.slice()
    const length = lengthOf(rest)
    requireDomain(Number.isFinite(length), `least squares with values that are not finite in column ${index}`)
    const sizes = new Float64Array(directions.length + 1)
    for (let pass = 0; pass < 2; pass++)
      for (const [at, direction] of directions.entries())
        sizes[at] = (sizes[at] ?? 0) + takeOut(direction, rest)
    const left = lengthOf(rest)
    if (left <= smallestPivot * length) continue
    sizes[directions.length] = left
    directions.push(rest.map((value) => value / left))
    factor.push(sizes)
    used.push(index)
  }
  const rest = response.slice()
  const projected = directions.map((direction) => takeOut(direction, rest))
  const solution = solveUpper(factor, projected)
  const coefficients = new Float64Array(columns.length)
  for (const [at, index] of used.entries()) coefficients[index] = solution[at] ?? 0
  const leverages = new Float64Array(response.length)
  for (const direction of directions)
    for (let i = 0; i < leverages.length; i++) leverages[i] = (leverages[i] ?? 0) + (direction[i] ?? 0) ** 2
  return { coefficients, used, factor, leverages }
}

/** R b = c for an upper triangular R by columns. */
const solveUpper = (factor: Columns, right: readonly number[]): number[] => {
  const solution = [...right]
  for (let j = factor.length - 1; j >= 0; j--) {
    const column = factor[j] ?? new Float64Array()
    const value = (solution[j] ?? 0) / (column[j] ?? 1)
    solution[j] = value
    for (let i = 0; i < j; i++) solution[i] = (solution[i] ?? 0) - (column[i] ?? 0) * value
  }
  return solution
}

/**
 * x (XᵀX)⁻¹ xᵀ: the variance of a prediction at x, over the dispersion.
 * @param fit  a least-squares fit   @param x  one value for each column of X
 * @returns the value ≥ 0, in the square of the unit of 1 / X times x
 * Method: forward substitution with the triangular factor; O(p²).
 * @example predictionVariance(leastSquares([new Float64Array([1, 1])], new Float64Array([3, 5])), [1]) // 0.5
 */
export const predictionVariance = (fit: LeastSquares, x: readonly number[]): number => {
  const solved: number[] = []
  let sum = 0
  for (const [j, index] of fit.used.entries()) {
    let value = x[index] ?? 0
    for (let i = 0; i < j; i++) value -= (fit.factor[j]?.[i] ?? 0) * (solved[i] ?? 0)
    const next = value / (fit.factor[j]?.[j] ?? 1)
    solved.push(next)
    sum += next * next
  }
  return sum
}
