import type { RiskInterval } from '@guankou/contract/origin/risk.ts'

const width = 120
const height = 14

/**
 * A risk drawn on a scale of square roots, on which small and large risks are both seen: the 90 % interval thin, that of
 * 50 % thick, and the expectation as a tick. The numbers stand beside it, so it is not read out.
 * @param most  the right end of the scale
 */
export const IntervalBar = ({ risk, most }: { readonly risk: RiskInterval; readonly most: number }) => {
  const at = (value: number): number =>
    most <= 0 ? 0 : Math.sqrt(Math.min(value, most) / most) * (width - 2) + 1
  const bar = (low: number, high: number) => ({ x: at(low), width: Math.max(1, at(high) - at(low)) })
  return (
    <svg
      className="interval-bar"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      aria-hidden="true"
    >
      <line className="interval-axis" x1={0} x2={width} y1={height - 1} y2={height - 1} />
      <rect className="interval-90" y={5} height={4} {...bar(risk.low90, risk.high90)} />
      <rect className="interval-50" y={3} height={8} {...bar(risk.low50, risk.high50)} />
      <line className="interval-mean" x1={at(risk.expected)} x2={at(risk.expected)} y1={0} y2={height - 1} />
    </svg>
  )
}
