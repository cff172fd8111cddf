import type { ConveyanceKind } from '@guankou/contract/screening/vocabulary.ts'
import type { PlateColour, PlateForm } from '@guankou/domain/identity/plates/plate-rules.ts'
import { readPlate } from '@guankou/domain/identity/plates/read-plate.ts'
import { offerPlateRepairs } from '@guankou/domain/identity/plates/repair-plate.ts'

/** Provinces in the order of GA 36, the city's own first. */
export const provinceCharacters = [...'粤京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵青藏川宁琼']

/** Letters on plates: all but I and O, which read as digits. */
export const plateLetters = [...'ABCDEFGHJKLMNPQRSTUVWXYZ']
export const plateDigits = [...'1234567890']

/** Marks that end a plate: Hong Kong, Macao, training, police, consulate, embassy, trailer, temporary, emergency, trial, oversize. */
export const plateSuffixes = ['港', '澳', '学', '警', '领', '使', '挂', '临', '应急', '试', '超'] as const

/** Letters that no mainland serial holds and plates of elsewhere do. */
export const foreignLetters = ['I', 'O'] as const

export const longestPlate = 12

const symbols = new Set([
  ...provinceCharacters,
  ...plateLetters,
  ...plateDigits,
  ...plateSuffixes.join(''),
  ...foreignLetters,
])

/** What a key of a keyboard adds to a plate; small letters count as capitals, everything else as nothing. */
export const plateSymbolOf = (key: string): string | undefined => {
  const symbol = key.toUpperCase()
  return symbols.has(symbol) ? symbol : undefined
}

export const appendToPlate = (plate: string, symbol: string): string =>
  [...plate, ...symbol].length > longestPlate ? plate : plate + symbol

export const dropLast = (text: string): string => [...text].slice(0, -1).join('')

/** Puts another province in front and keeps the rest. */
export const withProvince = (plate: string, province: string): string => {
  const [first, ...rest] = [...plate]
  if (first === undefined || !provinceCharacters.includes(first)) return province + plate
  return province + rest.join('')
}

/**
 * As it is painted: `粤C·12345`. Plates that do not begin with a province and a letter are shown as typed.
 */
export const displayPlate = (plate: string): string => {
  const [province, letter, ...rest] = [...plate]
  if (province === undefined || letter === undefined || !provinceCharacters.includes(province)) return plate
  return `${province}${letter}·${rest.join('')}`
}

/** The ground a plate has on this kind of vehicle; none while it is no plate yet, or nothing is prescribed. */
export const plateColour = (plate: string, kind: ConveyanceKind): PlateColour | undefined => {
  const reading = readPlate(plate)
  if (!reading.ok) return undefined
  const { colours } = reading.value
  const isHeavy = kind === 'truck' || kind === 'coach'
  return isHeavy && colours.includes('yellow') ? 'yellow' : colours[0]
}

/** What kind of plate it is, once it is one. */
export const plateForm = (plate: string): PlateForm | undefined => {
  const reading = readPlate(plate)
  return reading.ok ? reading.value.form : undefined
}

const leastToRepair = 6

/** Plates that may have been meant by one that cannot be painted; to choose from, never applied. */
export const plateRepairs = (plate: string): readonly string[] =>
  plate.length < leastToRepair
    ? []
    : offerPlateRepairs(plate)
        .map((offered) => offered.plate)
        .slice(0, 3)

/** Forms that are of trucks and coaches alone. */
const isHeavyForm = (form: PlateForm): boolean => form === 'new-energy-large'

const isMainland = (plate: string, heavy: boolean): boolean => {
  const reading = readPlate(plate)
  return reading.ok && reading.value.form !== 'elsewhere' && (heavy || !isHeavyForm(reading.value.form))
}

/**
 * How much of a plate that is being typed may be there: `whole` where no key makes another plate of it, `perhaps` where one
 * does (粤CD1234 is a plate, and 粤CD12345 too), `no` where it is none yet or one of elsewhere, whose length nobody knows.
 */
export const wholePlate = (plate: string, kind: ConveyanceKind): 'whole' | 'perhaps' | 'no' => {
  const heavy = kind === 'truck' || kind === 'coach'
  if (!isMainland(plate, true)) return 'no'
  const grows = [...plateDigits, ...plateLetters].some((symbol) => isMainland(plate + symbol, heavy))
  return grows ? 'perhaps' : 'whole'
}
