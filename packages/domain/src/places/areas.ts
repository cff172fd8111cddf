/** Stands for everywhere abroad; the countries follow it as 900000 + ISO 3166-1 numeric. */
const abroad = 900_000

/**
 * Whether one division lies in another, by the code's own hierarchy (GB/T 2260: two digits province, two prefecture,
 * two county; trailing zeros stand for “all of it”). Countries have no hierarchy: 900800, Uganda, does not hold
 * 900826, the United Kingdom.
 * @example liesIn(440402, 440400) // true
 */
export const liesIn = (code: number, area: number): boolean => {
  if (area > abroad) return code === area
  if (area % 10_000 === 0) return Math.floor(code / 10_000) === area / 10_000
  if (area % 100 === 0) return Math.floor(code / 100) === area / 100
  return code === area
}
