const two = (n: number): string => String(n).padStart(2, '0')

/** Hour and minute on this phone’s clock: `08:05`. */
export const clockOf = (instant: string | number): string => {
  const at = new Date(instant)
  return `${two(at.getHours())}:${two(at.getMinutes())}`
}
