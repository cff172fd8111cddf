const two = (n: number): string => String(n).padStart(2, '0')

/** Day and minute of an instant on this phone's clock, the same in both languages: `01-23 14:32`. */
export const formatMoment = (instant: string | number): string => {
  const at = new Date(instant)
  return `${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`
}

/** Minutes and seconds of a wait: `9:05`. */
export const formatWait = (ms: number): string => {
  const seconds = Math.ceil(ms / 1_000)
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`
}

/** A temperature with its tenth: `36.4`. */
export const formatCelsius = (celsius: number): string => celsius.toFixed(1)
