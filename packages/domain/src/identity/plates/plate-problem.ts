import { plateProvinceCharacters } from '@guankou/geodata/plates/plate-region.ts'
import { readPlate } from '#src/identity/plates/read-plate.ts'
import { normalisePlate } from '#src/screening/plates.ts'

/** What is most likely wrong about a plate of the mainland that cannot be painted. */
export const plateProblems = ['cross-border', 'mark', 'letters', 'short', 'energy', 'long', 'form'] as const
export type PlateProblem = (typeof plateProblems)[number]

const marks = /(?:警|挂|学|试|超|临|领|港|澳|应急)$/u
const usualLength = 7
/** Only plates of new energy have so many, with the letter of the energy in front or at the end. */
const longest = 8

/**
 * What to look at again, the most telling first; undefined for a plate that could be painted and for an empty text.
 * @example plateProblem('粤C1234O') // 'letters'
 * @example plateProblem('粤C1234') // 'short'
 * @example plateProblem('粤C1234澳') // 'cross-border'
 * @example plateProblem('粤C12345警') // 'mark'
 */
export const plateProblem = (typed: string): PlateProblem | undefined => {
  const plate = normalisePlate(typed)
  if (plate === '' || readPlate(plate).ok) return undefined
  const places = [...plate]
  if (/[港澳]$/u.test(plate) || plate.startsWith('粤Z')) return 'cross-border'
  if (marks.test(plate)) return 'mark'
  if (!plateProvinceCharacters().includes(places[0] ?? '')) return 'form'
  if (/[IO]/.test(plate.slice(1))) return 'letters'
  if (places.length < usualLength) return 'short'
  if (places.length === longest) return 'energy'
  return places.length > longest ? 'long' : 'form'
}
