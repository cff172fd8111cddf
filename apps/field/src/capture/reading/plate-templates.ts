import { plateProvinceCharacters } from '@guankou/geodata/plates/plate-region.ts'
import type { Template } from './automaton.ts'

const province = plateProvinceCharacters().join('')
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const digits = '0123456789'
const place = letters + digits
const energy = 'DABCEFGHJK'
const military = 'ABCDEFGHJKLMNPQRSTUVXYZ'

/**
 * How usual a form is on the roads, as a logarithm. Only its order of size counts: it decides where the picture does not, and
 * keeps a plate whose province was not seen from being taken for one of elsewhere.
 */
const usual = 0
const uncommon = Math.log(0.2)
const rare = Math.log(0.02)
const elsewhere = Math.log(0.001)

const repeat = (symbols: string, times: number): string[] => Array.from({ length: times }, () => symbols)
const template = (weight: number, ...places: readonly (string | readonly string[])[]): Template => ({
  places: places.flat(),
  weight,
})

/**
 * Plates a camera may see, by place. Written apart from the rules of the domain, which are patterns and cannot be walked one
 * character at a time; a property test holds the two against each other.
 */
export const plateTemplates: readonly Template[] = [
  template(usual, province.replace('粤', ''), letters, repeat(place, 5)),
  template(usual, '粤', letters.replace('Z', ''), repeat(place, 5)),
  template(usual, province, letters, energy, place, repeat(digits, 4)),
  template(uncommon, province, letters, repeat(digits, 5), energy),
  template(uncommon, province, `${letters}O`, repeat(place, 4), '警'),
  ...['挂', '学'].map((mark) => template(uncommon, province, letters, repeat(place, 4), mark)),
  ...['试', '超'].map((mark) => template(rare, province, letters, repeat(place, 4), mark)),
  ...[4, 5].map((many) => template(rare, province, letters, repeat(place, many), '临')),
  template(uncommon, province, 'SX', place, repeat(digits, 3), '应', '急'),
  ...['港', '澳'].map((mark) => template(usual, '粤', 'Z', repeat(place, 4), mark)),
  template(rare, '使', repeat(digits, 6)),
  template(rare, repeat(digits, 6), '使'),
  ...[4, 5].map((many) => template(rare, province, letters, repeat(digits, many), '领')),
  template(rare, military, letters, repeat(digits, 5)),
  template(rare, 'W', 'ABCDEFGHKLMNPQRSTUVWXYZ', repeat(digits, 5)),
  template(rare, 'W', 'J', province, repeat(digits, 4), place),
  template(rare, 'W', 'J', repeat(digits, 4), place),
  template(rare, province, repeat(digits, 2), repeat(place, 5)),
]

const anyPlace = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** Hong Kong, Macao and abroad, where no form is prescribed; a digit stands at the end or before it. */
export const elsewhereTemplates: readonly Template[] = [4, 5, 6, 7, 8].map((many) =>
  template(elsewhere, repeat(anyPlace, many - 1), digits),
)

/** Every character a plate may bear. */
export const plateSymbols = `${province}ABCDEFGHIJKLMNOPQRSTUVWXYZ${digits}警挂学试超临应急港澳使领`

/** What a recogniser writes for a character where no serial holds it. */
export const plateAliases: Readonly<Record<string, string>> = {
  '0': 'Oo〇',
  '1': 'Il|',
  Q: 'O',
  应: '應',
  学: '學',
  领: '領',
}

/** Painted between office and serial, or nothing: bolts, dots and blanks. */
export const plateSeparators = '·•.-—_ :：,，、。\'"'
