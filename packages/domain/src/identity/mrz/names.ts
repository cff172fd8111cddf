const latin: Readonly<Record<string, string>> = {
  Ä: 'AE',
  Å: 'AA',
  Æ: 'AE',
  Ð: 'D',
  Ö: 'OE',
  Ø: 'OE',
  Ü: 'UE',
  Þ: 'TH',
  ẞ: 'SS',
  Đ: 'D',
  Ħ: 'H',
  ĸ: 'Q',
  Ŀ: 'L',
  Ł: 'L',
  Ŋ: 'N',
  Œ: 'OE',
  Ŧ: 'T',
  Ĳ: 'IJ',
  Ə: 'E',
  İ: 'I',
}

const cyrillic: Readonly<Record<string, string>> = {
  А: 'A',
  Б: 'B',
  В: 'V',
  Г: 'G',
  Д: 'D',
  Е: 'E',
  Ё: 'E',
  Ж: 'ZH',
  З: 'Z',
  И: 'I',
  Й: 'I',
  К: 'K',
  Л: 'L',
  М: 'M',
  Н: 'N',
  О: 'O',
  П: 'P',
  Р: 'R',
  С: 'S',
  Т: 'T',
  У: 'U',
  Ф: 'F',
  Х: 'KH',
  Ц: 'TS',
  Ч: 'CH',
  Ш: 'SH',
  Щ: 'SHCH',
  Ъ: 'IE',
  Ы: 'Y',
  Ь: '',
  Э: 'E',
  Ю: 'IU',
  Я: 'IA',
  І: 'I',
  Ї: 'I',
  Є: 'IE',
  Ґ: 'G',
  Ў: 'U',
}

const letterFor = (symbol: string): string => {
  const known = latin[symbol] ?? cyrillic[symbol]
  if (known !== undefined) return known
  const plain = symbol.normalize('NFD').replace(/\p{M}/gu, '')
  if (/^[A-Z]+$/.test(plain)) return plain
  return /^[\s\-‐‑,]$/u.test(symbol) ? '<' : ''
}

/**
 * A name in the letters of a machine readable zone: fillers for blanks, hyphens and commas, no apostrophes, other letters
 * as ICAO recommends; where it leaves a choice the longer form is taken (Ä is AE, Ø is OE). Letters of other scripts than
 * Latin and Cyrillic are left out: a name in Chinese characters has its own Latin form in the document.
 * Source: ICAO Doc 9303-3, 8th edition, section 4.6 and section 6, tables A and B.
 * @example toMrzName("D'Arcy-Müller") // 'DARCY<MUELLER'
 * @example toMrzName('Щеглова') // 'SHCHEGLOVA'
 */
export const toMrzName = (name: string): string =>
  [...name.normalize('NFC').toUpperCase().normalize('NFC')]
    .map(letterFor)
    .join('')
    .replace(/<+/g, '<')
    .replace(/^<|<$/g, '')

/** Cut so that the last place holds a letter, the sign of a name that went on. */
const cutToLetter = (text: string, width: number): string => {
  let rest = text
  while (rest.charAt(width - 1) === '<') {
    const fillersAt = rest.slice(0, width).search(/<+$/)
    rest = rest.slice(0, fillersAt - 1) + rest.slice(fillersAt)
  }
  return rest.slice(0, width)
}

/**
 * Both names as they fill a field of the zone. A name too long is cut, of the given names at least one letter staying.
 * @param width  places of the field: 39 on a passport, 31 and 30 on cards
 * Source: ICAO Doc 9303-3, 4.6; 9303-4, 4.2.3 for cutting.
 * @example mrzNameField('Eriksson', 'Anna Maria', 30) // 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'
 */
export const mrzNameField = (surname: string, givenNames: string, width: number): string => {
  const given = toMrzName(givenNames)
  const family = toMrzName(surname)
  if (given === '') return cutToLetter(family, width).padEnd(width, '<')
  const both = `${cutToLetter(family, width - 3)}<<${given}`
  return (both.length > width ? cutToLetter(both, width) : both).padEnd(width, '<')
}

/**
 * The names of a field of the zone, blanks for fillers. `isCut` where the field is full: the name may go on.
 * @example readMrzNames('ERIKSSON<<ANNA<MARIA<<<<<<<<<<').givenNames // 'ANNA MARIA'
 */
export const readMrzNames = (
  field: string,
): { readonly surname: string; readonly givenNames: string; readonly isCut: boolean } => {
  const [surname = '', ...rest] = field.split('<<')
  const plain = (text: string): string => text.replace(/<+/g, ' ').trim()
  return { surname: plain(surname), givenNames: plain(rest.join(' ')), isCut: !field.endsWith('<') }
}
