import type { FigureInterval } from '@guankou/contract/models/model-stamp.ts'

const [width, height] = [90, 12]

/**
 * An interval drawn beside its number: a line from bound to bound, a mark at the value. It says nothing that the text
 * does not, and is not read out.
 * @param most  value at the right end; what lies beyond is cut there
 */
export const IntervalBar = ({ of, most }: { readonly of: FigureInterval; readonly most: number }) => {
  const at = (value: number | null): number =>
    value === null || most <= 0 ? width : Math.min(width, (value / most) * width)
  const [low, high] = [at(of.low ?? 0), at(of.high)]
  return (
    <svg
      className="interval-bar"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      aria-hidden="true"
    >
      <line className="interval-axis" x1={0} y1={height / 2} x2={width} y2={height / 2} />
      <line className="interval-line" x1={low} y1={height / 2} x2={high} y2={height / 2} />
      {of.value === null ? null : (
        <circle className="interval-mark" cx={at(of.value)} cy={height / 2} r={3} />
      )}
    </svg>
  )
}
