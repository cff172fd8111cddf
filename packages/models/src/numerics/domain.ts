/**
 * Refuses an argument outside its domain, so that no function returns NaN.
 * @throws RangeError that names the function, the argument and what was given
 */
export const requireDomain = (holds: boolean, what: string): void => {
  if (!holds) throw new RangeError(`not defined: ${what}`)
}

export const isPositive = (value: number): boolean => value > 0 && Number.isFinite(value)

export const isProbability = (value: number): boolean => value >= 0 && value <= 1
