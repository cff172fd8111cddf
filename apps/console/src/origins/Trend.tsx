const width = 84
const height = 18

/** Counts day by day as small bars; a day that is withheld is a dash at the foot. */
export const Trend = ({
  daily,
  label,
}: {
  readonly daily: readonly (number | null)[]
  readonly label: string
}) => {
  const most = Math.max(1, ...daily.map((count) => count ?? 0))
  const step = width / Math.max(1, daily.length)
  return (
    <svg
      className="trend-bars"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={label}
    >
      {daily.map((count, day) => {
        const tall = count === null ? 1 : Math.max(count > 0 ? 1 : 0, (count / most) * (height - 2))
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a day is known by its place
            key={day}
            className={count === null ? 'trend-withheld' : 'trend-count'}
            x={day * step + 0.5}
            y={height - tall}
            width={Math.max(1, step - 1)}
            height={tall}
          />
        )
      })}
    </svg>
  )
}
