/** A square matrix, row by row. */
export type SquareMatrix = { readonly size: number; readonly values: Float64Array }

/** Four sums at once, since one addition waits for the one before. */
const dot = (values: Float64Array, from: number, other: number, length: number): number => {
  let [a, b, c, d] = [0, 0, 0, 0]
  let k = 0
  for (; k + 3 < length; k += 4) {
    a += (values[from + k] ?? 0) * (values[other + k] ?? 0)
    b += (values[from + k + 1] ?? 0) * (values[other + k + 1] ?? 0)
    c += (values[from + k + 2] ?? 0) * (values[other + k + 2] ?? 0)
    d += (values[from + k + 3] ?? 0) * (values[other + k + 3] ?? 0)
  }
  for (; k < length; k++) a += (values[from + k] ?? 0) * (values[other + k] ?? 0)
  return a + b + c + d
}

/**
 * Lower triangle L with L Lᵀ = A. Only the lower triangle of A is read.
 * @param matrix  symmetric and positive definite
 * @returns L, with zeros above the diagonal
 * @throws RangeError where A is not positive definite
 * Method: row by row; n³ / 6 multiplications.
 */
export const cholesky = ({ size, values }: SquareMatrix): SquareMatrix => {
  const lower = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    const at = row * size
    for (let column = 0; column < row; column++) {
      const rest = (values[at + column] ?? 0) - dot(lower, at, column * size, column)
      lower[at + column] = rest / (lower[column * size + column] ?? 0)
    }
    const square = (values[at + row] ?? 0) - dot(lower, at, at, row)
    if (!(square > 0)) throw new RangeError('the matrix is not positive definite')
    lower[at + row] = Math.sqrt(square)
  }
  return { size, values: lower }
}

type Span = { readonly at: number; readonly width: number }

/**
 * Subtracts from the span of `target` a sum of rows of `source`, each times its weight. Four rows go at once, so that the
 * target is read and written a fourth as often.
 */
const subtractRows = (
  target: Float64Array,
  { at, width }: Span,
  source: Float64Array,
  stride: number,
  weights: Float64Array,
  rows: number,
): void => {
  let row = 0
  for (; row + 3 < rows; row += 4) {
    const [w0, w1, w2, w3] = [
      weights[row] ?? 0,
      weights[row + 1] ?? 0,
      weights[row + 2] ?? 0,
      weights[row + 3] ?? 0,
    ]
    const r0 = row * stride
    const r1 = r0 + stride
    const r2 = r1 + stride
    const r3 = r2 + stride
    for (let j = 0; j < width; j++) {
      const sum =
        w0 * (source[r0 + j] ?? 0) +
        w1 * (source[r1 + j] ?? 0) +
        w2 * (source[r2 + j] ?? 0) +
        w3 * (source[r3 + j] ?? 0)
      target[at + j] = (target[at + j] ?? 0) - sum
    }
  }
  for (; row < rows; row++) {
    const weight = weights[row] ?? 0
    for (let j = 0; j < width; j++)
      target[at + j] = (target[at + j] ?? 0) - weight * (source[row * stride + j] ?? 0)
  }
}

/** Solves L Y = B in place for a B of `columns` columns, row by row. */
export const forwardSolve = ({ size, values }: SquareMatrix, b: Float64Array, columns: number): void => {
  for (let row = 0; row < size; row++) {
    const at = row * columns
    subtractRows(b, { at, width: columns }, b, columns, values.subarray(row * size), row)
    const pivot = values[row * size + row] ?? 1
    for (let j = 0; j < columns; j++) b[at + j] = (b[at + j] ?? 0) / pivot
  }
}

/** Solves Lᵀ x = y in place. */
export const backwardSolve = ({ size, values }: SquareMatrix, y: Float64Array): void => {
  for (let row = size - 1; row >= 0; row--) {
    const solved = (y[row] ?? 0) / (values[row * size + row] ?? 1)
    y[row] = solved
    for (let k = 0; k < row; k++) y[k] = (y[k] ?? 0) - (values[row * size + k] ?? 0) * solved
  }
}

/**
 * A ← A − Yᵀ Y in place.
 * @param matrix  symmetric; it stays so to the last bit   @param rows  Y, row by row, as wide as A
 */
export const subtractSquare = ({ size, values }: SquareMatrix, rows: Float64Array): void => {
  const count = rows.length / size
  const weights = new Float64Array(count)
  for (let i = 0; i < size; i++) {
    for (let row = 0; row < count; row++) weights[row] = rows[row * size + i] ?? 0
    subtractRows(values, { at: i * size, width: i + 1 }, rows, size, weights, count)
    for (let j = 0; j < i; j++) values[j * size + i] = values[i * size + j] ?? 0
  }
}
