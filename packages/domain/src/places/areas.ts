/** Stands for everywhere abroad; the countries follow it as 900000 + ISO 3166-1 numeric. */
const abroad = 900_000

/** Six digits name a division; nine a street or town, numbered within the county of the first six (GB/T 10114). */
const lastOfSixDigits = 999_999

/**
 * Whether one area lies in another, by the code's own hierarchy (GB/T 2260: two digits province, two prefecture, two
 * county; GB/T 10114: three more street or town; trailing zeros stand for “all of it”). Countries have no hierarchy:
 * 900800, Uganda, does not hold 900826, the United Kingdom.
 * @example liesIn(440402, 440400) // true
 * @example liesIn(440402001, 440400) // true
 */
export const liesIn = (code: number, area: number): boolean => {
  if (area > lastOfSixDigits) return area % 1_000 === 0 ? liesIn(code, area / 1_000) : code === area
  if (code > lastOfSixDigits) return liesIn(Math.floor(code / 1_000), area)
  if (area > abroad) return code === area
  if (area % 10_000 === 0) return Math.floor(code / 10_000) === area / 10_000
  if (area % 100 === 0) return Math.floor(code / 100) === area / 100
  return code === area
}

const perSixDigits = 1_000

/**
 * A code on the scale of nine digits, on which every area is a span.
 * @example nineDigits(440402) // 440402000
 */
export const nineDigits = (code: number): number => (code > lastOfSixDigits ? code : code * perSixDigits)

/**
 * The codes that lie in an area, both ends included: a code lies in it exactly where `nineDigits` of it is in the span, so
 * that a database can tell with two comparisons what `liesIn` tells.
 * @example areaSpan(440400) // { first: 440400000, last: 440499999 }
 */
export const areaSpan = (area: number): { readonly first: number; readonly last: number } => {
  if (area > lastOfSixDigits)
    return area % perSixDigits === 0 ? areaSpan(area / perSixDigits) : { first: area, last: area }
  const width = area > abroad ? 1 : area % 10_000 === 0 ? 10_000 : area % 100 === 0 ? 100 : 1
  return { first: area * perSixDigits, last: (area + width) * perSixDigits - 1 }
}
