import type { TextBox } from '../vision/text-boxes.ts'

type Size = { readonly width: number; readonly height: number }

/**
 * The front of a resident identity card (GA 448-2013): the number stands alone in the lowest line, the name in the highest at
 * the left. Nothing else of the card is read.
 */
const isWide = ({ width, height }: TextBox): boolean => width > 5 * height

/** Where the number may be, the likeliest first: wide lines in the lower part, from below. */
export const numberBoxes = (boxes: readonly TextBox[], { height }: Size): readonly TextBox[] =>
  boxes
    .filter((box) => isWide(box) && box.centre.y > height * 0.55)
    .toSorted((one, other) => other.centre.y - one.centre.y)
    .slice(0, 2)

/** Where the name may be: the highest lines of the left part, from above, then from the left. */
export const nameBoxes = (boxes: readonly TextBox[], { width, height }: Size): readonly TextBox[] => {
  const upper = boxes.filter(
    ({ centre, height: own }) => centre.y < height * 0.42 && centre.x < width * 0.6 && own > height * 0.03,
  )
  const lineOf = (box: TextBox): number => Math.round(box.centre.y / (height * 0.07))
  return upper
    .toSorted((one, other) => lineOf(one) - lineOf(other) || one.centre.x - other.centre.x)
    .slice(0, 4)
}

const label = /^姓?名/
const han = /[\p{Script=Han}·]/gu

/**
 * The name in what was read beside or with its label; empty where it is none. Names of the Han have two to four characters,
 * those of other peoples up to fifteen and dots.
 * @example nameIn('姓名王小明') // '王小明'
 */
export const nameIn = (text: string): string => {
  const name = (text.replace(label, '').match(han) ?? [])
    .join('')
    .split('·')
    .filter((part) => part !== '')
    .join('·')
  return [...name].length >= 2 && [...name].length <= 15 ? name : ''
}

/** Words of the card that are no name. */
export const isLabel = (text: string): boolean =>
  /性别|民族|出生|住址|公民|身份|号码|中华|人民|年|月/.test(text)
