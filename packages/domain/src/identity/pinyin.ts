import { pinyinBoundaries } from '#src/identity/pinyin-boundaries.ts'

const collator = new Intl.Collator('zh-u-co-pinyin')

type Boundary = { readonly syllable: string; readonly character: string }

const boundaries: readonly Boundary[] = pinyinBoundaries.map((text) => ({
  syllable: text.replace(/\P{ASCII}/gu, ''),
  character: [...text].at(-1) ?? '',
}))

/** Family names that read otherwise than the character does elsewhere, and characters that the order puts astray. */
const familyNames: Readonly<Record<string, string>> = {
  单: 'shan',
  仇: 'qiu',
  解: 'xie',
  查: 'zha',
  朴: 'piao',
  区: 'ou',
  盖: 'ge',
  乐: 'yue',
  曾: 'zeng',
  任: 'ren',
  翟: 'zhai',
  覃: 'qin',
}
const astray: Readonly<Record<string, string>> = { 罗: 'luo' }

const syllableOf = (character: string): string => {
  let low = 0
  let high = boundaries.length - 1
  let found = ''
  while (low <= high) {
    const middle = (low + high) >> 1
    const at = boundaries[middle]
    if (at !== undefined && collator.compare(at.character, character) <= 0) {
      found = at.syllable
      low = middle + 1
    } else high = middle - 1
  }
  return found
}

/**
 * A name in Latin letters without tones, a blank between syllables; what is not Chinese stays as it is.
 * @example pinyinOf('欧阳娜') // 'ou yang na'
 * @example pinyinOf('单小明') // 'shan xiao ming'
 */
export const pinyinOf = (name: string): string =>
  [...name.trim()]
    .map((character, index) => {
      if (!/\p{Script=Han}/u.test(character)) return character
      const own = index === 0 ? familyNames[character] : undefined
      return `${own ?? astray[character] ?? syllableOf(character)} `
    })
    .join('')
    .trim()
