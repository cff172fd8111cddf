import type { Automaton } from './automaton.ts'

/** Place of a number of 18, and the sum of what stands before it weighted by GB 11643, modulo 11. */
export type CitizenNumberState = { readonly place: number; readonly sum: number }

const digits = '0123456789'
const checks = '10X98765432'
const weightOf = (place: number): number => 2 ** (17 - place) % 11

/** By place: division, then YYYYMMDD, serial. Days are looked at as two digits each; the domain has the calendar. */
const allowedAt = (place: number): string => {
  if (place === 0) return '123456789'
  if (place === 6) return '12'
  if (place === 10) return '01'
  if (place === 12) return '0123'
  return digits
}

const walk = (state: CitizenNumberState, symbols: string): ReadonlyMap<string, CitizenNumberState> =>
  new Map(
    [...symbols].map((symbol) => [
      symbol,
      { place: state.place + 1, sum: (state.sum + Number(symbol) * weightOf(state.place)) % 11 },
    ]),
  )

const ended = { place: 18, sum: 0 }
const none: ReadonlyMap<string, CitizenNumberState> = new Map()

const automaton = (lastOf: (sum: number) => string): Automaton<CitizenNumberState> => ({
  start: { place: 0, sum: 0 },
  next: (state) => {
    if (state.place >= 18) return none
    if (state.place < 17) return walk(state, allowedAt(state.place))
    return new Map([...lastOf(state.sum)].map((symbol) => [symbol, ended]))
  },
  endWeight: ({ place }) => (place === 18 ? 0 : undefined),
})

/**
 * Numbers of 18 places as they are printed, whatever their check digit: so that the check digit of what was read is evidence, and
 * not something the search made fit.
 */
export const printedCitizenNumber = automaton(() => `${digits}X`)

/** Only numbers whose check digit fits: what may have been meant where the printed one does not. Source: ISO 7064, MOD 11-2. */
export const checkedCitizenNumber = automaton((sum) => checks[sum] ?? '')
