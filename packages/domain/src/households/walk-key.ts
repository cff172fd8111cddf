import type { DoorAddress } from '@guankou/contract/households/record-household-fact.ts'

const digits: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}

/**
 * A Chinese numeral below a hundred as a number.
 * @example chineseNumber('二十三') // 23
 */
export const chineseNumber = (text: string): number | undefined => {
  const [tens = '', ones = ''] = text.includes('十') ? text.split('十') : ['零', text]
  const ten = text.includes('十') && tens === '' ? 1 : digits[tens]
  const one = ones === '' ? 0 : digits[ones]
  return ten === undefined || one === undefined || text === '' ? undefined : ten * 10 + one
}

type Piece = { readonly number: number; readonly text: string }

const piecesOf = (text: string): readonly Piece[] =>
  [
    ...text
      .normalize('NFKC')
      .toUpperCase()
      .matchAll(/\d+|[零〇一二两三四五六七八九十]+|[^\d零〇一二两三四五六七八九十]+/gu),
  ].map(([piece]) => {
    const number = /^\d/.test(piece) ? Number(piece) : chineseNumber(piece)
    return { number: number ?? Number.POSITIVE_INFINITY, text: number === undefined ? piece : '' }
  })

const comparePieces = (a: readonly Piece[], b: readonly Piece[]): number => {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const one = a[at]
    const other = b[at]
    if (one === undefined || other === undefined) return one === undefined ? -1 : 1
    if (one.number !== other.number) return one.number < other.number ? -1 : 1
    if (one.text !== other.text) return one.text < other.text ? -1 : 1
  }
  return 0
}

/**
 * Compares two parts of addresses as one walks: numbers as numbers, written either way.
 * @example compareParts('2栋', '十栋') // -1
 */
export const compareParts = (a: string, b: string): number => comparePieces(piecesOf(a), piecesOf(b))

/**
 * The floor as a number; basements below zero, what cannot be read on the ground.
 * @example floorNumber('B1') // -1
 * @example floorNumber('12层') // 12
 */
export const floorNumber = (floor: string | undefined): number => {
  const text = (floor ?? '').normalize('NFKC').toUpperCase()
  const digitsIn = /\d+/.exec(text)?.[0]
  const number =
    digitsIn === undefined
      ? chineseNumber(text.replace(/[^零〇一二两三四五六七八九十]/gu, ''))
      : Number(digitsIn)
  return number === undefined ? 1 : /^(B|-|负|地下)/.test(text) ? -number : number
}

/** One name for the building of a door, and of its stair. */
export const buildingKey = ({ estate, building = '' }: DoorAddress): string => `${estate}\u0000${building}`

/** Estate, building, stair, floor from below, door. */
export const compareDoors = (a: DoorAddress, b: DoorAddress): number =>
  compareParts(a.estate, b.estate) ||
  compareParts(a.building ?? '', b.building ?? '') ||
  compareParts(a.stair ?? '', b.stair ?? '') ||
  floorNumber(a.floor) - floorNumber(b.floor) ||
  compareParts(a.door, b.door)

const plain = (text: string): string =>
  piecesOf(text)
    .map((piece) => (piece.text === '' ? piece.number : piece.text))
    .join('')

/** The name of an estate in one form, without the blanks and marks that people put in. */
export const estateKey = (estate: string): string => plain(estate.replace(/[\s\-—·,，、]/gu, ''))

/** An address in one form, by which two entries of one door are found. */
export const addressKey = ({ estate, building = '', stair = '', floor = '', door }: DoorAddress): string =>
  [estate, building, stair, floor, door]
    .map((part) => plain(part.replace(/[\s\-—·,，、号栋幢座单元梯层楼房室户]/gu, '')))
    .join('|')
