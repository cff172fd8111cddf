import { lookAlikes } from '#src/identity/look-alikes.ts'
import { type PlateValue, readPlate } from '#src/identity/plates/read-plate.ts'
import { normalisePlate } from '#src/screening/plates.ts'

/** Longest plate, and so the most characters that are looked at. */
const longest = 10
const mostOffered = 8

const oneChange = (plate: readonly string[]): string[] =>
  plate.flatMap((symbol, at) => lookAlikes(symbol).map((other) => plate.with(at, other).join('')))

const readMainland = (plates: Iterable<string>): PlateValue[] =>
  [...plates].flatMap((plate) => {
    const reading = readPlate(plate)
    return reading.ok && reading.value.form !== 'elsewhere' ? [reading.value] : []
  })

/**
 * Plates that may have been meant where the typed one cannot be painted: O for 0 and I for 1, which no serial holds, and
 * other look-alikes, one or two of them. Plates have no check digit, so that a wrong plate of a right form stays unseen, and
 * what is offered here is only ever to be compared with the vehicle.
 * @example offerPlateRepairs('粤C1234O').map(({ plate }) => plate) // ['粤C12340']
 */
export const offerPlateRepairs = (typed: string): readonly PlateValue[] => {
  const plate = [...normalisePlate(typed)]
  if (plate.length === 0 || plate.length > longest || readPlate(typed).ok) return []
  const once = new Set(oneChange(plate))
  const offered = readMainland(once)
  if (offered.length > 0) return offered.slice(0, mostOffered)
  const twice = new Set([...once].flatMap((other) => oneChange([...other])))
  return readMainland(twice).slice(0, mostOffered)
}
