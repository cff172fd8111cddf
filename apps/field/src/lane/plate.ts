/** Provinces in the order of GA 36, the city's own first. */
export const provinceCharacters = [...'粤京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵青藏川宁琼']

/** Letters on plates: all but I and O, which read as digits. */
export const plateLetters = [...'ABCDEFGHJKLMNPQRSTUVWXYZ']
export const plateDigits = [...'1234567890']

/** Marks that end a plate: Hong Kong, Macao, training, police, consulate, embassy, trailer, emergency, trial, oversize. */
export const plateSuffixes = ['港', '澳', '学', '警', '领', '使', '挂', '应急', '试', '超'] as const

export const longestPlate = 9

const symbols = new Set([...provinceCharacters, ...plateLetters, ...plateDigits, ...plateSuffixes.join('')])

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

export type PlateColour = 'blue' | 'green' | 'black'

/** The ground of the plate: green for new-energy vehicles (eight characters), black across the border. */
export const plateColour = (plate: string): PlateColour => {
  if (/[港澳]$/u.test(plate)) return 'black'
  return /^\p{Script=Han}[A-Z][A-Z0-9]{6}$/u.test(plate) ? 'green' : 'blue'
}

/** A plate that could be painted: province, letter, and at least four more. Others are taken after a second look. */
export const looksComplete = (plate: string): boolean =>
  /^\p{Script=Han}[A-Z][A-Z0-9]{4,6}(?:[港澳学警领挂试超]|应急)?$/u.test(plate) || /^使[0-9]{6}$/u.test(plate)
