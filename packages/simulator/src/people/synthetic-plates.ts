import type { Conveyance } from '@guankou/contract/screening/record-screening.ts'
import { type ConveyanceKind, platedConveyances } from '@guankou/contract/screening/vocabulary.ts'
import { platePrefixes } from '@guankou/geodata/plates/plate-prefixes.ts'
import { below, happens, pick, type Random, uniform } from '#src/random/stream.ts'

const macao = 820000
const hongKong = 810000

/** No I and no O, as on real plates (GA 36). */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'.split('')

/** Prefixes by division; a municipality uses several letters, of which three stand for all. */
const prefixes: ReadonlyMap<number, readonly string[]> = new Map(
  platePrefixes.flatMap(([character, provinceCode, entries]): [number, string[]][] => {
    if (entries === '') return [[provinceCode, ['A', 'B', 'N'].map((letter) => character + letter)]]
    const pairs = entries.split(' ').map((entry) => [Number(entry.slice(1)), character + entry[0]] as const)
    return [...Map.groupBy(pairs, ([code]) => code)].map(([code, list]) => [code, list.map(([, p]) => p)])
  }),
)
const everyPrefix = [...prefixes.values()].flat()

type Journey = { readonly originCode: number; readonly cityCode: number }

const drawPrefix = ({ originCode, cityCode }: Journey, random: Random): string => {
  const kind = uniform(random)
  if (kind < 0.05) return pick(random, everyPrefix)
  const local = prefixes.get(cityCode) ?? everyPrefix
  return pick(random, kind < 0.2 ? local : (prefixes.get(originCode) ?? local))
}

const digits = (random: Random, count: number): string =>
  String(below(random, 10 ** count)).padStart(count, '0')

/** Five characters, four of them letters and one a digit, in any place. */
const ordinarySerial = (random: Random): string => {
  const serial = Array.from({ length: 5 }, () => pick(random, letters))
  serial[below(random, 5)] = String(below(random, 10))
  return serial.join('')
}

const drawPlate = (journey: Journey, random: Random): string => {
  const { originCode } = journey
  if ((originCode === macao || originCode === hongKong) && happens(random, 0.5))
    return `粤Z${ordinarySerial(random).slice(0, 4)}${originCode === macao ? '澳' : '港'}`
  const prefix = drawPrefix(journey, random)
  return happens(random, 0.08) ? `${prefix}KZ${digits(random, 4)}` : prefix + ordinarySerial(random)
}

/**
 * The conveyance as it is entered. Its plate has the legal alphabet and length: province and office, then five characters,
 * or six for new energy. Mostly it is registered where the vehicle comes from; one in seven or so at its destination, one
 * in twenty anywhere at all.
 *
 * Serials are taken from where issuing offices have hardly been: four letters among five characters, where real ones are
 * mostly digits, and for new energy the very end of the series, K and Z. That a plate of this kind is on no car is
 * therefore likely but not promised; a plate leads to no person in this software.
 */
export const drawConveyance = (
  { kind, ...journey }: Journey & { readonly kind: ConveyanceKind },
  random: Random,
): Conveyance => {
  if (!platedConveyances.has(kind)) return { kind }
  if (happens(random, 0.003)) return { kind, withoutPlate: true }
  return { kind, plate: drawPlate(journey, random) }
}
